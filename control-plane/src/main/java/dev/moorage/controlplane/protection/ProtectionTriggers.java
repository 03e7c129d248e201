package dev.moorage.controlplane.protection;

import dev.moorage.base.ObjectKey;
import dev.moorage.controller.Actor;
import dev.moorage.controller.Cache;
import dev.moorage.kube.PersistentVolume;
import dev.moorage.kube.PersistentVolumeClaim;
import dev.moorage.kube.Pod;
import java.util.List;

/// Which objects wake which claims and volumes.
final class ProtectionTriggers {
  private ProtectionTriggers() {}

  static void ofClaims(Actor actor, Cache<PersistentVolumeClaim> claims, Cache<Pod> pods) {
    actor.wake(claims, claim -> List.of(claim.key()));
    actor.wake(
        pods,
        pod ->
            pod.claims().stream()
                .map(name -> new ObjectKey(pod.meta().namespace(), name))
                .toList());
  }

  static void ofVolumes(Actor actor, Cache<PersistentVolume> volumes) {
    actor.wake(volumes, volume -> List.of(volume.key()));
  }
}
