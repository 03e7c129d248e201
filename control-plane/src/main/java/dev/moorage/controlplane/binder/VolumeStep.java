package dev.moorage.controlplane.binder;

import dev.moorage.base.Step;
import dev.moorage.controlplane.binder.VolumeView.ClaimFact;
import dev.moorage.kube.PersistentVolume;

/// What the binder does next for one volume.
sealed interface VolumeStep extends Step {
  /// Nothing to do.
  record Nothing(String why) implements VolumeStep {}

  /// Says in the status how the volume stands.
  ///
  /// @param phase `Available`, `Bound` or `Released`
  record MarkPhase(String phase) implements VolumeStep {
    @Override
    public String what() {
      return "Mark" + phase;
    }
  }

  /// Takes the claim reference away from a volume whose claim has another volume.
  ///
  /// @param whole whether the whole reference was ours; else only its uid is taken out
  record Unbind(boolean whole) implements VolumeStep {}

  /// Warns that claim and volume are of different modes.
  record WarnOfMode() implements VolumeStep {}

  /// Decides.
  static VolumeStep next(VolumeView view) {
    var volume = view.volume();
    return switch (view.claim()) {
      case ClaimFact.NotBoundYet() -> phase(volume, "Available", "volume waits for a claim");
      case ClaimFact.Gone() -> released(volume);
      case ClaimFact.There(var name, var block) when name.isEmpty() ->
          block == volume.block() ? new Nothing("the claim has the next move") : new WarnOfMode();
      case ClaimFact.There(var name, _) when name.equals(volume.meta().name()) ->
          phase(volume, "Bound", "volume is bound");
      case ClaimFact.There _ when isMadeForClaim(volume) -> released(volume);
      case ClaimFact.There _ -> new Unbind(isOurs(volume));
    };
  }

  private static VolumeStep released(PersistentVolume volume) {
    return volume.phase().equals("Failed")
        ? new Nothing("volume has failed")
        : phase(volume, "Released", "volume is released; policy " + volume.reclaimPolicy());
  }

  private static VolumeStep phase(PersistentVolume volume, String phase, String already) {
    return volume.phase().equals(phase) ? new Nothing(already) : new MarkPhase(phase);
  }

  private static boolean isMadeForClaim(PersistentVolume volume) {
    return !volume.meta().annotation(Keys.PROVISIONED_BY).isEmpty()
        && volume.reclaimPolicy().equals("Delete");
  }

  private static boolean isOurs(PersistentVolume volume) {
    return volume.meta().annotations().containsKey(Keys.BOUND_BY_CONTROLLER);
  }
}
