package dev.moorage.controlplane.attachdetach;

import dev.moorage.base.Journal;
import dev.moorage.base.ObjectKey;
import dev.moorage.controller.Outcome;
import dev.moorage.controller.Reconciler;
import java.time.Duration;

/// Moves one volume one step nearer to, or further from, one node.
final class AttachReconciler implements Reconciler {
  private final Attachments attachments;
  private final Duration forceAfter;
  private final Journal journal;

  AttachReconciler(Attachments attachments, Duration forceAfter, Journal journal) {
    this.attachments = attachments;
    this.forceAfter = forceAfter;
    this.journal = journal;
  }

  @Override
  public Outcome reconcile(ObjectKey key) {
    var view = attachments.view(key);
    var step = AttachStep.next(view, forceAfter);
    journal.decided(AttachDetach.ACTOR, key, step);
    return act(key, view, step);
  }

  private Outcome act(ObjectKey key, AttachView view, AttachStep step) {
    switch (step) {
      case AttachStep.Nothing(var why) -> {
        return new Outcome.Settled(why);
      }
      case AttachStep.WaitForForce(var after) -> {
        return new Outcome.Again(after);
      }
      case AttachStep.RefuseSecondNode() -> {
        attachments.warnOfSecondNode(key, view);
        return new Outcome.Settled("the volume is on another node");
      }
      case AttachStep.TellFailure(var error) -> {
        attachments.tellFailure(key, view, error);
        return new Outcome.Settled(error);
      }
      case AttachStep.CreateAttachment() -> attachments.create(key);
      case AttachStep.ReportAttached() -> attachments.report(key);
      case AttachStep.WithdrawReport() -> attachments.withdraw(key);
      case AttachStep.DeleteAttachment(var force) -> attachments.delete(key, force);
    }
    return Outcome.nextStep();
  }
}
