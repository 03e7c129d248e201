package dev.moorage.sidecars.provisioner;

import dev.moorage.base.ObjectKey;
import dev.moorage.controller.Actor;
import dev.moorage.kube.PersistentVolume;
import java.util.Collection;
import java.util.List;

/// Which watched objects wake which volumes.
final class VolumeTriggers {
  private VolumeTriggers() {}

  static void set(Actor actor, VolumeCaches caches, String driver) {
    actor.wake(
        caches.volumes(),
        volume -> volume.csi().driver().equals(driver) ? List.of(volume.key()) : List.of());
    actor.wake(
        caches.attachments(),
        attachment ->
            attachment.attacher().equals(driver) && !attachment.volumeName().isEmpty()
                ? List.of(ObjectKey.cluster(attachment.volumeName()))
                : List.of());
    actor.wake(caches.nodes(), _ -> released(caches, driver));
  }

  private static Collection<ObjectKey> released(VolumeCaches caches, String driver) {
    return caches.volumes().all().stream()
        .filter(volume -> volume.csi().driver().equals(driver))
        .filter(volume -> volume.phase().equals("Released"))
        .map(PersistentVolume::key)
        .toList();
  }
}
