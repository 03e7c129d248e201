package dev.moorage.sidecars.attacher;

import dev.moorage.base.ObjectKey;
import dev.moorage.controller.Actor;
import dev.moorage.controller.Cache;
import dev.moorage.kube.CsiNode;
import dev.moorage.kube.Kinds;
import dev.moorage.kube.PersistentVolume;
import dev.moorage.kube.Selection;
import dev.moorage.kube.VolumeAttachment;

/// What the attachments' actor watches.
record AttachmentCaches(
    Cache<VolumeAttachment> attachments, Cache<PersistentVolume> volumes, Cache<CsiNode> csiNodes) {

  static AttachmentCaches watch(Actor actor, Attacher.Settings settings) {
    var nodes =
        settings.nodeName().isEmpty()
            ? Selection.ALL
            : Selection.of(ObjectKey.cluster(settings.nodeName()));
    return new AttachmentCaches(
        actor.watch(Kinds.ATTACHMENT, Selection.ALL),
        actor.watch(Kinds.VOLUME, Selection.ALL),
        actor.watch(Kinds.CSI_NODE, nodes));
  }
}
