package dev.moorage.controlplane.binder;

import dev.moorage.base.ObjectKey;
import dev.moorage.controller.Actor;
import dev.moorage.controller.Cache;
import dev.moorage.kube.PersistentVolume;
import dev.moorage.kube.PersistentVolumeClaim;
import java.util.Collection;
import java.util.List;

/// Which objects wake which volumes.
final class VolumeTriggers {
  private final Cache<PersistentVolume> volumes;

  VolumeTriggers(Cache<PersistentVolume> volumes) {
    this.volumes = volumes;
  }

  void set(Actor actor, Cache<PersistentVolumeClaim> claims) {
    actor.wake(volumes, volume -> List.of(volume.key()));
    actor.wake(claims, this::concernedBy);
  }

  /// The volumes that name the claim, or that it names.
  Collection<ObjectKey> concernedBy(PersistentVolumeClaim claim) {
    return volumes.all().stream()
        .filter(volume ->
            volume.meta().name().equals(claim.volumeName())
                || (volume.claim().set() && volume.claim().key().equals(claim.key())))
        .map(PersistentVolume::key)
        .toList();
  }
}
