package dev.moorage.controlplane.placement;

import dev.moorage.controller.Actor;
import dev.moorage.controller.Cache;
import dev.moorage.kube.CsiDriver;
import dev.moorage.kube.CsiNode;
import dev.moorage.kube.Kinds;
import dev.moorage.kube.PersistentVolume;
import dev.moorage.kube.PersistentVolumeClaim;
import dev.moorage.kube.Selection;
import dev.moorage.kube.StorageCapacity;
import dev.moorage.kube.StorageClass;
import dev.moorage.kube.VolumeAttachment;

/// All that placement watches.
record PlacementCaches(
    Cache<WaitingPod> pods,
    Cache<TaintedNode> nodes,
    Cache<PersistentVolumeClaim> claims,
    Cache<PersistentVolume> volumes,
    Cache<StorageClass> classes,
    OfDrivers drivers) {

  /// What the drivers tell of themselves.
  record OfDrivers(
      Cache<CsiDriver> all,
      Cache<CsiNode> onNodes,
      Cache<StorageCapacity> capacities,
      Cache<VolumeAttachment> attachments) {}

  static PlacementCaches of(Actor actor) {
    return new PlacementCaches(
        actor.watch(WaitingPod.KIND, Selection.ALL),
        actor.watch(TaintedNode.KIND, Selection.ALL),
        actor.watch(Kinds.CLAIM, Selection.ALL),
        actor.watch(Kinds.VOLUME, Selection.ALL),
        actor.watch(Kinds.STORAGE_CLASS, Selection.ALL),
        new OfDrivers(
            actor.watch(Kinds.CSI_DRIVER, Selection.ALL),
            actor.watch(Kinds.CSI_NODE, Selection.ALL),
            actor.watch(Kinds.CAPACITY, Selection.ALL),
            actor.watch(Kinds.ATTACHMENT, Selection.ALL)));
  }
}
