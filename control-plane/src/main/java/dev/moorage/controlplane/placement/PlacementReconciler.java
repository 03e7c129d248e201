package dev.moorage.controlplane.placement;

import dev.moorage.base.Journal;
import dev.moorage.base.ObjectKey;
import dev.moorage.controller.Outcome;
import dev.moorage.controller.Reconciler;

/// Moves one pod one step nearer to its node.
final class PlacementReconciler implements Reconciler {
  private final Pods pods;
  private final Placement.Settings settings;
  private final Journal journal;

  PlacementReconciler(Pods pods, Placement.Settings settings, Journal journal) {
    this.pods = pods;
    this.settings = settings;
    this.journal = journal;
  }

  @Override
  public Outcome reconcile(ObjectKey key) {
    var found = pods.find(key);
    if (found.isEmpty()) return new Outcome.Settled("pod is gone");
    var step = PlacementStep.next(found.get(), settings.schedulerName(), settings.retries());
    journal.decided(Placement.ACTOR, key, step);
    return act(found.get().pod(), step);
  }

  private Outcome act(WaitingPod pod, PlacementStep step) {
    switch (step) {
      case PlacementStep.Nothing(var why) -> {
        return new Outcome.Settled(why);
      }
      case PlacementStep.Refuse(var message) -> {
        pods.refuse(pod, message);
        return new Outcome.Settled(message);
      }
      case PlacementStep.WaitBeforeRetry(_, var after) -> {
        return new Outcome.Again(after);
      }
      case PlacementStep.SelectNode(var claim, var node) -> pods.selectNode(claim, node);
      case PlacementStep.ReserveVolume(var claim, var volume, _) -> pods.reserve(volume, claim);
      case PlacementStep.BindPod(var node) -> pods.bind(pod, node);
    }
    return Outcome.nextStep();
  }
}
