package dev.moorage.controlplane.binder;

import dev.moorage.base.ObjectKey;
import dev.moorage.controller.Cache;
import dev.moorage.controller.Events;
import dev.moorage.controlplane.binder.VolumeView.ClaimFact;
import dev.moorage.kube.Kinds;
import dev.moorage.kube.Kube;
import dev.moorage.kube.Patch;
import dev.moorage.kube.PersistentVolume;
import dev.moorage.kube.PersistentVolumeClaim;
import java.util.Optional;

/// [Volumes] over the API.
final class KubeVolumes implements Volumes {
  private final Cache<PersistentVolume> volumes;
  private final Cache<PersistentVolumeClaim> claims;
  private final Kube kube;
  private final Events events;

  KubeVolumes(
      Cache<PersistentVolume> volumes,
      Cache<PersistentVolumeClaim> claims,
      Kube kube,
      Events events) {
    this.volumes = volumes;
    this.claims = claims;
    this.kube = kube;
    this.events = events;
  }

  @Override
  public Optional<VolumeView> find(ObjectKey key) {
    return volumes.find(key).map(volume -> new VolumeView(volume, claimOf(volume)));
  }

  private ClaimFact claimOf(PersistentVolume volume) {
    var reference = volume.claim();
    if (!reference.set() || reference.uid().isEmpty()) return new ClaimFact.NotBoundYet();
    return claims
        .find(reference.key())
        .filter(claim -> isMeant(volume, claim))
        .or(() -> lookAgain(volume))
        .<ClaimFact>map(claim -> new ClaimFact.There(claim.volumeName(), claim.block()))
        .orElseGet(ClaimFact.Gone::new);
  }

  /// A cache that has not yet seen a claim must not release its volume.
  private Optional<PersistentVolumeClaim> lookAgain(PersistentVolume volume) {
    if (volume.phase().equals("Released") || volume.phase().equals("Failed"))
      return Optional.empty();
    return kube.get(Kinds.CLAIM, volume.claim().key()).filter(claim -> isMeant(volume, claim));
  }

  private static boolean isMeant(PersistentVolume volume, PersistentVolumeClaim claim) {
    return volume.claim().uid().equals(claim.meta().uid());
  }

  @Override
  public void markPhase(PersistentVolume volume, String phase) {
    kube.changeStatus(
        Kinds.VOLUME,
        volume.key(),
        volume.meta().version(),
        Patch.NONE.set(phase, "status", "phase"));
  }

  @Override
  public void unbind(PersistentVolume volume, boolean whole) {
    var patch =
        whole
            ? Patch.NONE.remove("spec", "claimRef").unannotate(Keys.BOUND_BY_CONTROLLER)
            : Patch.NONE.remove("spec", "claimRef", "uid");
    kube.change(Kinds.VOLUME, volume.key(), volume.meta().version(), patch);
  }

  @Override
  public void warnOfMode(PersistentVolume volume) {
    events.warningOnce(
        Kinds.VOLUME,
        volume,
        "VolumeMismatch",
        "Cannot bind PersistentVolume to requested PersistentVolumeClaim \""
            + volume.claim().name()
            + "\" due to incompatible volumeMode.");
  }
}
