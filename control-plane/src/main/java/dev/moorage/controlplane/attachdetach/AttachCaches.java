package dev.moorage.controlplane.attachdetach;

import dev.moorage.base.ObjectKey;
import dev.moorage.controller.Actor;
import dev.moorage.controller.Cache;
import dev.moorage.kube.CsiDriver;
import dev.moorage.kube.Kinds;
import dev.moorage.kube.PersistentVolume;
import dev.moorage.kube.PersistentVolumeClaim;
import dev.moorage.kube.Pod;
import dev.moorage.kube.Selection;
import dev.moorage.kube.VolumeAttachment;
import java.util.List;
import java.util.Optional;

/// All that attach and detach watch, and how its objects hang together.
record AttachCaches(
    Cache<Pod> pods,
    Cache<PersistentVolumeClaim> claims,
    Cache<PersistentVolume> volumes,
    Cache<AttachNode> nodes,
    Cache<CsiDriver> drivers,
    Cache<VolumeAttachment> attachments) {

  static AttachCaches of(Actor actor) {
    return new AttachCaches(
        actor.watch(Kinds.POD, Selection.ALL),
        actor.watch(Kinds.CLAIM, Selection.ALL),
        actor.watch(Kinds.VOLUME, Selection.ALL),
        actor.watch(AttachNode.KIND, Selection.ALL),
        actor.watch(Kinds.CSI_DRIVER, Selection.ALL),
        actor.watch(Kinds.ATTACHMENT, Selection.ALL));
  }

  /// The names of the volumes that the pod's claims are bound to, both sides agreeing.
  List<String> volumesOf(Pod pod) {
    return pod.claims().stream()
        .flatMap(name -> claims.find(new ObjectKey(pod.meta().namespace(), name)).stream())
        .filter(claim -> !claim.volumeName().isEmpty())
        .flatMap(claim -> volumeOf(claim).stream())
        .map(volume -> volume.meta().name())
        .toList();
  }

  private Optional<PersistentVolume> volumeOf(PersistentVolumeClaim claim) {
    return volumes
        .find(ObjectKey.cluster(claim.volumeName()))
        .filter(volume -> volume.claim().uid().equals(claim.meta().uid()));
  }

  /// Pods on nodes that want the volume. A pod that is being deleted counts until it has ended or
  /// its object is gone: its volumes are mounted until then.
  List<Pod> podsWanting(String volume) {
    return pods.all().stream()
        .filter(pod -> !pod.nodeName().isEmpty() && !pod.ended())
        .filter(pod -> volumesOf(pod).contains(volume))
        .toList();
  }

  /// Whether volumes of the driver are attached at all.
  boolean attaches(String driver) {
    return !driver.isEmpty()
        && drivers.find(ObjectKey.cluster(driver)).map(CsiDriver::attachRequired).orElse(true);
  }
}
