package dev.moorage.controlplane.binder;

import dev.moorage.base.Journal;
import dev.moorage.base.ObjectKey;
import dev.moorage.controller.Outcome;
import dev.moorage.controller.Reconciler;
import dev.moorage.kube.PersistentVolumeClaim;

/// Moves one claim one step nearer to its volume.
final class ClaimReconciler implements Reconciler {
  private final Claims claims;
  private final Journal journal;

  ClaimReconciler(Claims claims, Journal journal) {
    this.claims = claims;
    this.journal = journal;
  }

  @Override
  public Outcome reconcile(ObjectKey key) {
    var found = claims.find(key);
    if (found.isEmpty()) return new Outcome.Settled("claim is gone");
    var step = ClaimStep.next(found.get());
    journal.decided(Binder.ACTOR, key, step);
    return act(found.get().claim(), step);
  }

  private Outcome act(PersistentVolumeClaim claim, ClaimStep step) {
    switch (step) {
      case ClaimStep.Nothing(var why) -> {
        return new Outcome.Settled(why);
      }
      case ClaimStep.Remark(var warning, var reason, var message) -> {
        claims.remark(claim, warning, reason, message);
        return new Outcome.Settled(reason);
      }
      case ClaimStep.UseDefaultClass(var name) -> claims.useClass(claim, name);
      case ClaimStep.MarkPending() -> claims.markPending(claim);
      case ClaimStep.AskProvisioner(var provisioner) -> claims.askProvisioner(claim, provisioner);
      case ClaimStep.NameClaimOnVolume(var volume, var ours) ->
          claims.nameClaimOn(volume, claim, ours);
      case ClaimStep.MarkVolumeBound(var volume) -> claims.markBound(volume);
      case ClaimStep.NameVolumeOnClaim(var volume, var ours) ->
          claims.nameVolumeOn(claim, volume, ours);
      case ClaimStep.MarkClaimBound(var volume) -> claims.markBound(claim, volume);
      case ClaimStep.MarkLost(var reason, var message) -> {
        // The event first: after a crash the phase is still to be written and brings us back here.
        claims.remark(claim, true, reason, message);
        claims.markLost(claim);
      }
    }
    return Outcome.nextStep();
  }
}
