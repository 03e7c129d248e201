package dev.moorage.controlplane.protection;

import dev.moorage.base.Journal;
import dev.moorage.base.ObjectKey;
import dev.moorage.controller.Outcome;
import dev.moorage.controller.Reconciler;

/// Guards one claim or volume, or lets it go.
final class ProtectionReconciler implements Reconciler {
  private final Guarded objects;
  private final Journal journal;

  ProtectionReconciler(Guarded objects, Journal journal) {
    this.objects = objects;
    this.journal = journal;
  }

  @Override
  public Outcome reconcile(ObjectKey key) {
    var found = objects.find(key);
    if (found.isEmpty()) return new Outcome.Settled("is gone");
    var step = ProtectionStep.next(found.get());
    journal.decided(Protection.ACTOR, key, step);
    switch (step) {
      case ProtectionStep.Nothing(var why) -> {
        return new Outcome.Settled(why);
      }
      case ProtectionStep.AddFinalizer() -> objects.addFinalizer(found.get().meta());
      case ProtectionStep.RemoveFinalizer() -> objects.removeFinalizer(found.get().meta());
    }
    return Outcome.nextStep();
  }
}
