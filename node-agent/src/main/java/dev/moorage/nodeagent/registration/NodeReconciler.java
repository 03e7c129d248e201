package dev.moorage.nodeagent.registration;

import dev.moorage.base.Journal;
import dev.moorage.base.ObjectKey;
import dev.moorage.controller.Outcome;
import dev.moorage.controller.Reconciler;
import java.util.Map;

/// Moves the Node object one step nearer to known and ready.
final class NodeReconciler implements Reconciler {
  private final Nodes nodes;
  private final Map<String, String> labels;
  private final Journal journal;

  NodeReconciler(Nodes nodes, Map<String, String> labels, Journal journal) {
    this.nodes = nodes;
    this.labels = labels;
    this.journal = journal;
  }

  @Override
  public Outcome reconcile(ObjectKey key) {
    var step = NodeStep.next(NodeView.of(nodes.node(), labels));
    journal.decided(Registrar.ACTOR, key, step);
    switch (step) {
      case NodeStep.Nothing(var why) -> {
        return new Outcome.Settled(why);
      }
      case NodeStep.CreateNode() -> nodes.create(labels);
      case NodeStep.DescribeNode() -> nodes.describe(labels);
      case NodeStep.ReportReady() -> nodes.reportReady();
    }
    return Outcome.nextStep();
  }
}
