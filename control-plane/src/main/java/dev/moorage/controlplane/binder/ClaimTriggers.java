package dev.moorage.controlplane.binder;

import dev.moorage.base.ObjectKey;
import dev.moorage.controller.Actor;
import dev.moorage.controller.Cache;
import dev.moorage.kube.PersistentVolume;
import dev.moorage.kube.PersistentVolumeClaim;
import dev.moorage.kube.StorageClass;
import java.util.Collection;
import java.util.List;
import java.util.function.Predicate;

/// Which objects wake which claims.
final class ClaimTriggers {
  private final Cache<PersistentVolumeClaim> claims;

  ClaimTriggers(Cache<PersistentVolumeClaim> claims) {
    this.claims = claims;
  }

  void set(Actor actor, Cache<PersistentVolume> volumes, Cache<StorageClass> classes) {
    actor.wake(claims, claim -> List.of(claim.key()));
    actor.wake(volumes, this::concernedBy);
    actor.wake(classes, this::concernedBy);
  }

  /// The claim that the volume names, those that name it, and those that could take it.
  Collection<ObjectKey> concernedBy(PersistentVolume volume) {
    if (volume.claim().set() && claims.find(volume.claim().key()).isPresent())
      return keys(claim -> claim.key().equals(volume.claim().key()) || names(claim, volume));
    return keys(claim ->
        names(claim, volume)
            || (claim.volumeName().isEmpty() && claim.className().equals(volume.className())));
  }

  /// The claims without a volume which are of this class, or which it could become the default of.
  Collection<ObjectKey> concernedBy(StorageClass storageClass) {
    return keys(claim ->
        claim.volumeName().isEmpty()
            && (!claim.classSet() || claim.className().equals(storageClass.meta().name())));
  }

  private static boolean names(PersistentVolumeClaim claim, PersistentVolume volume) {
    return claim.volumeName().equals(volume.meta().name());
  }

  private Collection<ObjectKey> keys(Predicate<PersistentVolumeClaim> concerned) {
    return claims.all().stream().filter(concerned).map(PersistentVolumeClaim::key).toList();
  }
}
