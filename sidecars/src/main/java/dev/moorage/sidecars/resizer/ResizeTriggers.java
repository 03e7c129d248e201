package dev.moorage.sidecars.resizer;

import dev.moorage.base.ObjectKey;
import dev.moorage.controller.Actor;
import dev.moorage.kube.PersistentVolumeClaim;
import java.util.Collection;
import java.util.List;

/// Which watched objects wake which claims.
final class ResizeTriggers {
  private ResizeTriggers() {}

  static void set(Actor actor, ResizeCaches caches, String driver) {
    actor.wake(
        caches.claims(), claim -> claim.volumeName().isEmpty() ? List.of() : List.of(claim.key()));
    actor.wake(
        caches.volumes(),
        volume ->
            volume.csi().driver().equals(driver) && volume.claim().set()
                ? List.of(volume.claim().key())
                : List.of());
    caches.nodes().ifPresent(nodes -> actor.wake(nodes, _ -> waiting(caches)));
  }

  private static Collection<ObjectKey> waiting(ResizeCaches caches) {
    return caches.claims().all().stream()
        .filter(claim -> claim.bound() && claim.capacity().isBelow(claim.requested()))
        .map(PersistentVolumeClaim::key)
        .toList();
  }
}
