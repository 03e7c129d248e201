package dev.moorage.nodeagent.registration;

import dev.moorage.base.Journal;
import dev.moorage.base.ObjectKey;
import dev.moorage.controller.Outcome;
import dev.moorage.controller.Reconciler;
import java.util.Map;
import java.util.function.BooleanSupplier;

/// Moves the Node object one step nearer to known and ready, or to resting.
final class NodeReconciler implements Reconciler {
  private final Nodes nodes;
  private final Map<String, String> labels;
  private final BooleanSupplier serves;
  private final Journal journal;

  NodeReconciler(Nodes nodes, Map<String, String> labels, BooleanSupplier serves, Journal journal) {
    this.nodes = nodes;
    this.labels = labels;
    this.serves = serves;
    this.journal = journal;
  }

  @Override
  public Outcome reconcile(ObjectKey key) {
    var view = NodeView.of(nodes.node(), nodes.said(), labels, serves.getAsBoolean());
    var step = NodeStep.next(view);
    journal.decided(Registrar.ACTOR, key, step);
    switch (step) {
      case NodeStep.Nothing(var why) -> {
        return view.nextHeartbeat()
            .<Outcome>map(Outcome.Again::new)
            .orElseGet(() -> new Outcome.Settled(why));
      }
      case NodeStep.CreateNode() -> nodes.create(labels);
      case NodeStep.DescribeNode() -> nodes.describe(labels);
      case NodeStep.ReportReady() -> nodes.reportReady();
      case NodeStep.ReportResting() -> nodes.reportResting();
    }
    return Outcome.nextStep();
  }
}
