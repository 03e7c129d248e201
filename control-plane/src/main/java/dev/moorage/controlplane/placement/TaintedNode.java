package dev.moorage.controlplane.placement;

import dev.moorage.kube.Kind;
import dev.moorage.kube.Kinds;
import dev.moorage.kube.Meta;
import dev.moorage.kube.Node;
import dev.moorage.kube.Tree;
import dev.moorage.kube.View;
import java.util.List;

/// A node with its whole taints.
record TaintedNode(Node node, List<Taint> taints) implements View {

  /// Nodes, read so.
  static final Kind<TaintedNode> KIND =
      new Kind<>("", "v1", Kinds.NODE.name(), Kinds.NODE.plural(), false, TaintedNode::of);

  private static TaintedNode of(Tree tree) {
    return new TaintedNode(
        Node.of(tree),
        tree.at("spec", "taints").items().stream()
            .map(taint -> new Taint(taint.text("key"), taint.text("value"), taint.text("effect")))
            .toList());
  }

  @Override
  public Meta meta() {
    return node.meta();
  }
}
