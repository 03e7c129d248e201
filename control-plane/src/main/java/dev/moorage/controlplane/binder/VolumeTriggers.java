package dev.moorage.controlplane.binder;

import dev.moorage.base.ObjectKey;
import dev.moorage.controller.Actor;
import dev.moorage.controller.Cache;
import dev.moorage.controller.Index;
import dev.moorage.kube.PersistentVolume;
import dev.moorage.kube.PersistentVolumeClaim;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;

/// Which objects wake which volumes.
final class VolumeTriggers {
  private final Cache<PersistentVolume> volumes;
  private final Index<ObjectKey, PersistentVolume> byClaim;

  VolumeTriggers(Cache<PersistentVolume> volumes) {
    this.volumes = volumes;
    this.byClaim = volumes.index(VolumeTriggers::claim);
  }

  /// The claim that a volume names, if any.
  static List<ObjectKey> claim(PersistentVolume volume) {
    return volume.claim().set() ? List.of(volume.claim().key()) : List.of();
  }

  void set(Actor actor, Cache<PersistentVolumeClaim> claims) {
    actor.wake(volumes, volume -> List.of(volume.key()));
    actor.wake(claims, this::concernedBy);
  }

  /// The volumes that name the claim, or that it names.
  Collection<ObjectKey> concernedBy(PersistentVolumeClaim claim) {
    var keys = new TreeSet<ObjectKey>();
    for (var volume : byClaim.at(claim.key())) keys.add(volume.key());
    if (!claim.volumeName().isEmpty())
      volumes.find(ObjectKey.cluster(claim.volumeName())).ifPresent(it -> keys.add(it.key()));
    return keys;
  }
}
