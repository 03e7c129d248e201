package dev.moorage.nodeagent.registration;

import dev.moorage.kube.Node;
import java.util.Map;
import java.util.Optional;

/// What the API says about this node.
sealed interface NodeView {
  /// There is no such Node.
  record Absent() implements NodeView {}

  /// The Node is there.
  ///
  /// @param labelled whether it carries all labels it should
  /// @param managed whether the attach/detach controller is told to look after it
  /// @param ready whether its condition Ready is True
  record Here(boolean labelled, boolean managed, boolean ready) implements NodeView {}

  /// The attach/detach controller looks after nodes that carry this annotation.
  String MANAGED = "volumes.kubernetes.io/controller-managed-attach-detach";

  static NodeView of(Optional<Node> node, Map<String, String> wantedLabels) {
    return node.<NodeView>map(here ->
            new Here(
                here.meta().labels().entrySet().containsAll(wantedLabels.entrySet()),
                here.meta().annotation(MANAGED).equals("true"),
                here.ready()))
        .orElseGet(Absent::new);
  }
}
