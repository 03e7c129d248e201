package dev.moorage.sidecars.provisioner;

import dev.moorage.base.ObjectKey;
import dev.moorage.controller.Actor;
import dev.moorage.controller.Cache;
import dev.moorage.kube.CsiNode;
import dev.moorage.kube.Kinds;
import dev.moorage.kube.Node;
import dev.moorage.kube.PersistentVolume;
import dev.moorage.kube.Selection;
import dev.moorage.kube.StorageCapacity;
import dev.moorage.kube.StorageClass;
import java.util.Collection;
import java.util.List;

/// What the capacity's actor watches, and what wakes which class: a volume that comes, grows or
/// goes changes what is left of its class.
record CapacityCaches(
    Cache<StorageClass> classes,
    Cache<StorageCapacity> capacities,
    Cache<CsiNode> csiNodes,
    Cache<Node> nodes,
    Cache<PersistentVolume> volumes) {

  static CapacityCaches watch(Actor actor, Provisioner.Settings settings, Selection ours) {
    return new CapacityCaches(
        actor.watch(Kinds.STORAGE_CLASS, Selection.ALL),
        actor.watch(Kinds.CAPACITY, ours),
        actor.watch(Kinds.CSI_NODE, ClaimCaches.nodes(settings)),
        actor.watch(Kinds.NODE, ClaimCaches.nodes(settings)),
        actor.watch(Kinds.VOLUME, Selection.ALL));
  }

  void wake(Actor actor, String driver) {
    actor.wake(classes, found -> key(found.meta().name()));
    actor.wake(capacities, capacity -> key(capacity.className()));
    actor.wake(csiNodes, _ -> classesOf(driver));
    actor.wake(nodes, _ -> classesOf(driver));
    actor.wake(
        volumes,
        volume -> volume.csi().driver().equals(driver) ? key(volume.className()) : List.of());
  }

  private static Collection<ObjectKey> key(String className) {
    return className.isEmpty() ? List.of() : List.of(ObjectKey.cluster(className));
  }

  private Collection<ObjectKey> classesOf(String driver) {
    return classes.all().stream()
        .filter(found -> found.provisioner().equals(driver))
        .map(StorageClass::key)
        .toList();
  }
}
