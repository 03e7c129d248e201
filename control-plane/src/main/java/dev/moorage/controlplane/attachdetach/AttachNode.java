package dev.moorage.controlplane.attachdetach;

import dev.moorage.kube.Kind;
import dev.moorage.kube.Kinds;
import dev.moorage.kube.Meta;
import dev.moorage.kube.Node;
import dev.moorage.kube.Tree;
import dev.moorage.kube.View;
import java.time.Instant;
import java.util.Optional;

/// A node with what only attach and detach ask of it.
///
/// @param changed text of the time since which its Ready condition is as it is; empty where it has
///   none
record AttachNode(Node node, String changed) implements View {

  /// Nodes, read so.
  static final Kind<AttachNode> KIND =
      new Kind<>("", "v1", Kinds.NODE.name(), Kinds.NODE.plural(), false, AttachNode::of);

  private static final String MANAGED = "volumes.kubernetes.io/controller-managed-attach-detach";
  private static final String OUT_OF_SERVICE = "node.kubernetes.io/out-of-service";

  private static AttachNode of(Tree tree) {
    return new AttachNode(
        Node.of(tree),
        tree.at("status", "conditions").items().stream()
            .filter(condition -> condition.text("type").equals("Ready"))
            .map(condition -> condition.text("lastTransitionTime"))
            .findFirst()
            .orElse(""));
  }

  @Override
  public Meta meta() {
    return node.meta();
  }

  /// Whether the node leaves attaching to us.
  boolean managed() {
    return meta().annotation(MANAGED).equals("true");
  }

  boolean outOfService() {
    return node.taints().contains(OUT_OF_SERVICE);
  }

  /// Since when it has not been Ready; its creation where it never said anything.
  Optional<Instant> notReadySince() {
    if (node.ready()) return Optional.empty();
    return changed.isEmpty() ? meta().created() : Optional.of(Instant.parse(changed));
  }
}
