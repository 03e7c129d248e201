package dev.moorage.sidecars.attacher;

import dev.moorage.base.ObjectKey;
import dev.moorage.controller.Actor;
import dev.moorage.kube.VolumeAttachment;
import java.util.Collection;
import java.util.List;
import java.util.function.Predicate;

/// Which watched objects wake which attachments.
final class AttachmentTriggers {
  private AttachmentTriggers() {}

  static void set(Actor actor, AttachmentCaches caches, String driver) {
    actor.wake(
        caches.attachments(),
        attachment -> attachment.attacher().equals(driver) ? List.of(attachment.key()) : List.of());
    actor.wake(
        caches.volumes(),
        volume -> unfinished(caches, driver, it -> it.volumeName().equals(volume.meta().name())));
    actor.wake(
        caches.csiNodes(),
        node -> unfinished(caches, driver, it -> it.nodeName().equals(node.meta().name())));
  }

  /// The attachments that wait for something: an attached one has all it needs.
  private static Collection<ObjectKey> unfinished(
      AttachmentCaches caches, String driver, Predicate<VolumeAttachment> which) {
    return caches.attachments().all().stream()
        .filter(attachment -> attachment.attacher().equals(driver))
        .filter(attachment -> !attachment.attached() || attachment.meta().deleting())
        .filter(which)
        .map(VolumeAttachment::key)
        .toList();
  }
}
