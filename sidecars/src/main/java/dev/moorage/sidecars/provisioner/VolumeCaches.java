package dev.moorage.sidecars.provisioner;

import dev.moorage.base.ObjectKey;
import dev.moorage.controller.Actor;
import dev.moorage.controller.Cache;
import dev.moorage.controller.Index;
import dev.moorage.kube.Kinds;
import dev.moorage.kube.Node;
import dev.moorage.kube.PersistentVolume;
import dev.moorage.kube.Selection;
import dev.moorage.kube.VolumeAttachment;
import java.util.List;

/// What the volumes' actor watches.
///
/// @param byVolume attachments by their volume's name
record VolumeCaches(
    Cache<PersistentVolume> volumes,
    Cache<VolumeAttachment> attachments,
    Index<String, VolumeAttachment> byVolume,
    Cache<Node> nodes) {

  static VolumeCaches watch(Actor actor, Provisioner.Settings settings) {
    var volumes = actor.watch(Kinds.VOLUME, Selection.ALL);
    var attachments = actor.watch(Kinds.ATTACHMENT, Selection.ALL);
    return new VolumeCaches(
        volumes,
        attachments,
        attachments.index(attachment -> List.of(attachment.volumeName())),
        actor.watch(Kinds.NODE, ClaimCaches.nodes(settings)));
  }

  List<String> attachedTo(PersistentVolume volume) {
    return byVolume.at(volume.meta().name()).stream().map(VolumeAttachment::nodeName).toList();
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
