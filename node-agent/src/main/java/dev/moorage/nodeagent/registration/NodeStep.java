package dev.moorage.nodeagent.registration;

import dev.moorage.base.Step;

/// What is done next to make the node known.
sealed interface NodeStep extends Step {
  record Nothing(String why) implements NodeStep {}

  record CreateNode() implements NodeStep {}

  /// Labels and the annotation for the attach/detach controller.
  record DescribeNode() implements NodeStep {}

  record ReportReady() implements NodeStep {}

  static NodeStep next(NodeView view) {
    return switch (view) {
      case NodeView.Absent() -> new CreateNode();
      case NodeView.Here(var labelled, var managed, _) when !labelled || !managed ->
          new DescribeNode();
      case NodeView.Here(_, _, var ready) when !ready -> new ReportReady();
      case NodeView.Here _ -> new Nothing("the node is known and ready");
    };
  }
}
