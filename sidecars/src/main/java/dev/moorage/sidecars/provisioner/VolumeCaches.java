package dev.moorage.sidecars.provisioner;

import dev.moorage.base.ObjectKey;
import dev.moorage.controller.Actor;
import dev.moorage.controller.Cache;
import dev.moorage.kube.Kinds;
import dev.moorage.kube.Node;
import dev.moorage.kube.PersistentVolume;
import dev.moorage.kube.Selection;
import dev.moorage.kube.VolumeAttachment;
import java.util.List;

/// What the volumes' actor watches.
record VolumeCaches(
    Cache<PersistentVolume> volumes, Cache<VolumeAttachment> attachments, Cache<Node> nodes) {

  static VolumeCaches watch(Actor actor, Provisioner.Settings settings) {
    return new VolumeCaches(
        actor.watch(Kinds.VOLUME, Selection.ALL),
        actor.watch(Kinds.ATTACHMENT, Selection.ALL),
        actor.watch(Kinds.NODE, ClaimCaches.nodes(settings)));
  }

  List<String> attachedTo(PersistentVolume volume) {
    return attachments.all().stream()
        .filter(attachment -> attachment.volumeName().equals(volume.meta().name()))
        .map(VolumeAttachment::nodeName)
        .toList();
  }

  VolumeView.Reach reach(PersistentVolume volume, String nodeName) {
    if (nodeName.isEmpty()) return VolumeView.Reach.HERE;
    if (volume.affinity().isEmpty()) return VolumeView.Reach.UNSAID;
    return nodes
            .find(ObjectKey.cluster(nodeName))
            .filter(node -> volume.reachableFrom(node.meta().labels()))
            .isPresent()
        ? VolumeView.Reach.HERE
        : VolumeView.Reach.ELSEWHERE;
  }
}
