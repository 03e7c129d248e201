package dev.moorage.nodeagent.registration;

import dev.moorage.base.Step;

/// What is done next to make the node known.
sealed interface NodeStep extends Step {
  record Nothing(String why) implements NodeStep {}

  record CreateNode() implements NodeStep {}

  /// Labels and the annotation for the attach/detach controller.
  record DescribeNode() implements NodeStep {}

  /// Ready, with what there is to know of the machine; again as a heartbeat.
  record ReportReady() implements NodeStep {}

  /// NotReady, so that no pod is placed here.
  record ReportResting() implements NodeStep {}

  static NodeStep next(NodeView view) {
    return switch (view) {
      case NodeView.Absent(var serves) ->
          serves ? new CreateNode() : new Nothing("the node rests, and is not known");
      case NodeView.Here(var labelled, var managed, _, _) when !labelled || !managed ->
          new DescribeNode();
      case NodeView.Here(_, _, var said, var serves) when serves ->
          said.isDue() ? new ReportReady() : new Nothing("the node is known and ready");
      case NodeView.Here(_, _, var said, _) ->
          said.ready() ? new ReportResting() : new Nothing("the node rests");
    };
  }
}
