package dev.moorage.controlplane.binder;

import dev.moorage.base.Step;
import dev.moorage.controlplane.binder.ClaimView.ClassFact;
import dev.moorage.controlplane.binder.ClaimView.VolumeFact;
import dev.moorage.kube.PersistentVolume;
import dev.moorage.kube.StorageClass;

/// What the binder does next for one claim. Binding is four guarded writes in this order:
/// [NameClaimOnVolume], [MarkVolumeBound], [NameVolumeOnClaim], [MarkClaimBound].
sealed interface ClaimStep extends Step {
  /// Nothing to do.
  record Nothing(String why) implements ClaimStep {}

  /// Gives a claim without a class the default class, even if that came later than the claim.
  record UseDefaultClass(String className) implements ClaimStep {
    @Override
    public String why() {
      return className;
    }
  }

  /// Says in the status that the claim has no volume.
  record MarkPending() implements ClaimStep {}

  /// Makes a remark on the claim, once.
  record Remark(boolean warning, String reason, String message) implements ClaimStep {
    @Override
    public String what() {
      return reason;
    }
  }

  /// Writes onto the claim whose work its volume is.
  record AskProvisioner(String provisioner) implements ClaimStep {
    @Override
    public String why() {
      return provisioner;
    }
  }

  /// First write of binding: the volume's claim reference.
  ///
  /// @param byController whether we chose the volume, not its user
  record NameClaimOnVolume(PersistentVolume volume, boolean byController) implements ClaimStep {}

  /// Second write of binding: the volume's phase.
  record MarkVolumeBound(PersistentVolume volume) implements ClaimStep {}

  /// Third write of binding: the claim's volume name.
  ///
  /// @param byController whether we chose the volume, not the claim's user
  record NameVolumeOnClaim(PersistentVolume volume, boolean byController) implements ClaimStep {}

  /// Last write of binding: the claim's phase, access modes and capacity.
  record MarkClaimBound(PersistentVolume volume) implements ClaimStep {}

  /// The claim's volume is gone or holds another claim. Final.
  record MarkLost(String reason, String message) implements ClaimStep {
    @Override
    public String why() {
      return reason;
    }
  }

  /// Decides.
  static ClaimStep next(ClaimView view) {
    if (view.bindCompleted()) return bound(view);
    if (view.claim().meta().deleting()) return new Nothing("claim is being deleted");
    return switch (view.named()) {
      case VolumeFact.None() -> withoutVolume(view);
      case VolumeFact.Missing _ -> pendingOr(view, new Nothing("the named volume does not exist"));
      case VolumeFact.There(var volume) -> withNamedVolume(view, volume);
    };
  }

  private static ClaimStep bound(ClaimView view) {
    if (view.claim().phase().equals("Lost")) return new Nothing("claim has lost its volume");
    return switch (view.named()) {
      case VolumeFact.None() ->
          new MarkLost(
              "ClaimLost",
              "Bound claim has lost reference to PersistentVolume. Data on the volume is lost!");
      case VolumeFact.Missing _ ->
          new MarkLost(
              "ClaimLost",
              "Bound claim has lost its PersistentVolume. Data on the volume is lost!");
      case VolumeFact.There(var volume)
          when !volume.claim().set() || volume.claim().uid().equals(view.claim().meta().uid()) ->
          bind(view, volume);
      case VolumeFact.There _ ->
          new MarkLost(
              "ClaimMisbound",
              "Two claims are bound to the same volume, this one is bound incorrectly");
    };
  }

  private static ClaimStep withoutVolume(ClaimView view) {
    var match = Matching.best(view.claim(), view.selector(), view.delayed(), view.volumes());
    if (match.isPresent()) return bind(view, match.get());
    if (!view.claim().classSet() && !view.defaultClass().isEmpty())
      return new UseDefaultClass(view.defaultClass());
    return switch (view.storageClass()) {
      case ClassFact.None() ->
          pendingOr(
              view,
              new Remark(
                  false,
                  "FailedBinding",
                  "no persistent volumes available for this claim and no storage class is set"));
      case ClassFact.Unknown(var name) ->
          new Remark(
              true, "ProvisioningFailed", "storageclass.storage.k8s.io \"" + name + "\" not found");
      case ClassFact.Known(var it) when it.waitsForConsumer() && selectedNode(view).isEmpty() ->
          pendingOr(
              view,
              new Remark(
                  false,
                  "WaitForFirstConsumer",
                  "waiting for first consumer to be created before binding"));
      case ClassFact.Known(var it) -> provision(view, it);
    };
  }

  private static ClaimStep provision(ClaimView view, StorageClass storageClass) {
    var provisioner = storageClass.provisioner();
    if (provisioner.startsWith("kubernetes.io/"))
      return new Remark(
          true, "ProvisioningFailed", "no volume plugin matched name: " + provisioner);
    var annotations = view.claim().meta();
    if (!annotations.annotation(Keys.PROVISIONER).equals(provisioner)
        || !annotations.annotation(Keys.PROVISIONER_BETA).equals(provisioner))
      return new AskProvisioner(provisioner);
    return new Remark(
        false,
        "ExternalProvisioning",
        "Waiting for a volume to be created either by the external provisioner '"
            + provisioner
            + "' or manually by the system administrator. If volume creation is delayed, please"
            + " verify that the provisioner is running and correctly registered.");
  }

  private static ClaimStep withNamedVolume(ClaimView view, PersistentVolume volume) {
    if (volume.claim().names(view.claim().meta())) return bind(view, volume);
    if (volume.claim().set())
      return pendingOr(
          view,
          new Remark(
              true,
              "FailedBinding",
              "volume \"" + volume.meta().name() + "\" already bound to a different claim."));
    var obstacles = Matching.obstacles(view.claim(), volume);
    if (obstacles.isEmpty()) return bind(view, volume);
    return pendingOr(
        view,
        new Remark(
            true,
            "VolumeMismatch",
            "Cannot bind to requested volume \""
                + volume.meta().name()
                + "\": "
                + String.join(", ", obstacles)));
  }

  /// Each write of binding is looked for in the objects, so that a binder that died between two of
  /// them goes on where it was.
  private static ClaimStep bind(ClaimView view, PersistentVolume volume) {
    var claim = view.claim();
    if (!volume.claim().set()) return new NameClaimOnVolume(volume, true);
    if (!volume.claim().uid().equals(claim.meta().uid()))
      return new NameClaimOnVolume(volume, false);
    if (!volume.phase().equals("Bound")) return new MarkVolumeBound(volume);
    if (!claim.volumeName().equals(volume.meta().name()) || !view.bindCompleted())
      return new NameVolumeOnClaim(volume, claim.volumeName().isEmpty());
    if (!claim.bound()) return new MarkClaimBound(volume);
    return new Nothing("claim is bound");
  }

  private static ClaimStep pendingOr(ClaimView view, ClaimStep step) {
    return view.claim().phase().equals("Pending") ? step : new MarkPending();
  }

  private static String selectedNode(ClaimView view) {
    return view.claim().meta().annotation(Keys.SELECTED_NODE);
  }
}
