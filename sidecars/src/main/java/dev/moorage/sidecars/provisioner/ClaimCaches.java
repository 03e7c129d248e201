package dev.moorage.sidecars.provisioner;

import dev.moorage.base.ObjectKey;
import dev.moorage.controller.Actor;
import dev.moorage.controller.Cache;
import dev.moorage.controller.Index;
import dev.moorage.kube.CsiNode;
import dev.moorage.kube.Kinds;
import dev.moorage.kube.Node;
import dev.moorage.kube.PersistentVolume;
import dev.moorage.kube.PersistentVolumeClaim;
import dev.moorage.kube.Selection;
import dev.moorage.kube.StorageClass;
import dev.moorage.sidecars.provisioner.TopologyChoice.Places;
import java.util.List;

/// What the claims' actor watches. On one node it knows of no other.
///
/// @param byHandle volumes by the driver's id
record ClaimCaches(
    Cache<PersistentVolumeClaim> claims,
    Cache<StorageClass> classes,
    Cache<PersistentVolume> volumes,
    Index<String, PersistentVolume> byHandle,
    Cache<CsiNode> csiNodes,
    Cache<Node> nodes) {

  static ClaimCaches watch(Actor actor, Provisioner.Settings settings) {
    var claims = actor.watch(Kinds.CLAIM, Selection.ALL);
    var classes = actor.watch(Kinds.STORAGE_CLASS, Selection.ALL);
    var volumes = actor.watch(Kinds.VOLUME, Selection.ALL);
    return new ClaimCaches(
        claims,
        classes,
        volumes,
        volumes.index(volume -> List.of(volume.csi().handle())),
        actor.watch(Kinds.CSI_NODE, nodes(settings)),
        actor.watch(Kinds.NODE, nodes(settings)));
  }

  /// Which nodes an instance looks at.
  static Selection nodes(Provisioner.Settings settings) {
    return settings.nodeName().isEmpty()
        ? Selection.ALL
        : Selection.of(ObjectKey.cluster(settings.nodeName()));
  }

  Places places() {
    return new Places(csiNodes.all(), nodes.all());
  }
}
