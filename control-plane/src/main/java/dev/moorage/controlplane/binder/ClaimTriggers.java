package dev.moorage.controlplane.binder;

import dev.moorage.base.ObjectKey;
import dev.moorage.controller.Actor;
import dev.moorage.controller.Cache;
import dev.moorage.controller.Index;
import dev.moorage.kube.PersistentVolume;
import dev.moorage.kube.PersistentVolumeClaim;
import dev.moorage.kube.StorageClass;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;

/// Which objects wake which claims.
final class ClaimTriggers {
  private final Cache<PersistentVolumeClaim> claims;
  private final Index<String, PersistentVolumeClaim> byVolume;
  private final Index<String, PersistentVolumeClaim> unboundByClass;

  ClaimTriggers(Cache<PersistentVolumeClaim> claims) {
    this.claims = claims;
    this.byVolume = claims.index(claim -> List.of(claim.volumeName()));
    this.unboundByClass =
        claims.index(
            claim -> claim.volumeName().isEmpty() ? List.of(claim.className()) : List.of());
  }

  void set(Actor actor, Cache<PersistentVolume> volumes, Cache<StorageClass> classes) {
    actor.wake(claims, claim -> List.of(claim.key()));
    actor.wake(volumes, this::concernedBy);
    actor.wake(classes, this::concernedBy);
  }

  /// The claim that the volume names, those that name it, and those that could take it.
  Collection<ObjectKey> concernedBy(PersistentVolume volume) {
    var keys = new TreeSet<ObjectKey>();
    for (var claim : byVolume.at(volume.meta().name())) keys.add(claim.key());
    if (volume.claim().set() && claims.find(volume.claim().key()).isPresent())
      keys.add(volume.claim().key());
    else for (var claim : unboundByClass.at(volume.className())) keys.add(claim.key());
    return keys;
  }

  /// The claims without a volume which are of this class, or which it could become the default of.
  Collection<ObjectKey> concernedBy(StorageClass storageClass) {
    var name = storageClass.meta().name();
    return byVolume.at("").stream()
        .filter(claim -> !claim.classSet() || claim.className().equals(name))
        .map(PersistentVolumeClaim::key)
        .toList();
  }
}
