package dev.moorage.nodeagent.registration;

import dev.moorage.kube.Node;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/// What the API says about this node.
sealed interface NodeView {
  /// There is no such Node.
  ///
  /// @param serves whether this node serves; else it rests
  record Absent(boolean serves) implements NodeView {}

  /// The Node is there.
  ///
  /// @param labelled whether it carries all labels it should
  /// @param managed whether the attach/detach controller is told to look after it
  /// @param serves whether this node serves; else it rests
  record Here(boolean labelled, boolean managed, Said said, boolean serves) implements NodeView {}

  /// What the Node's status says.
  ///
  /// @param ready whether its condition Ready is True
  /// @param described whether it tells this machine, as it is since this boot
  /// @param ago how long the last heartbeat is past; [#HEARTBEAT] where there was none
  record Said(boolean ready, boolean described, Duration ago) {
    boolean isDue() {
      return !ready || !described || ago.compareTo(HEARTBEAT) >= 0;
    }
  }

  /// How often a node that does not change tells that it is there. Source: the kubelet's
  /// `nodeStatusReportFrequency`.
  Duration HEARTBEAT = Duration.ofMinutes(5);

  /// When the next heartbeat is due; empty where none is.
  default Optional<Duration> nextHeartbeat() {
    return this instanceof Here(_, _, var said, var serves) && serves
        ? Optional.of(HEARTBEAT.minus(said.ago()))
        : Optional.empty();
  }

  /// The attach/detach controller looks after nodes that carry this annotation.
  String MANAGED = "volumes.kubernetes.io/controller-managed-attach-detach";

  static NodeView of(
      Optional<Node> node, Said said, Map<String, String> wantedLabels, boolean serves) {
    return node.<NodeView>map(here ->
            new Here(
                here.meta().labels().entrySet().containsAll(wantedLabels.entrySet()),
                here.meta().annotation(MANAGED).equals("true"),
                said,
                serves))
        .orElseGet(() -> new Absent(serves));
  }
}
