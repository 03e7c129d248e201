package dev.moorage.kubeserver.registry;

import dev.moorage.kube.Kind;
import dev.moorage.kube.Kinds;
import dev.moorage.kube.Tree;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/// Nodes. Their agents send a status along with the create, and it is kept.
final class NodeRules implements Rules {
  @Override
  public Kind<?> kind() {
    return Kinds.NODE;
  }

  @Override
  public boolean hasStatus() {
    return true;
  }

  @Override
  public void validate(Tree node, Problems problems) {
    List<Tree> taints = node.at("spec", "taints").items();
    for (int i = 0; i < taints.size(); i++) {
      var field = "spec.taints[" + i + "]";
      problems.requiredUnless(!taints.get(i).text("key").isEmpty(), field + ".key");
      problems.supported(
          field + ".effect",
          taints.get(i).text("effect"),
          "NoSchedule",
          "PreferNoSchedule",
          "NoExecute");
    }
  }

  @Override
  public Map<String, Function<Tree, String>> selectable() {
    return Map.of(
        "spec.unschedulable", node -> Boolean.toString(node.truth(false, "spec", "unschedulable")));
  }
}
