package dev.moorage.kubeserver.registry;

import dev.moorage.kube.Kind;
import dev.moorage.kube.Kinds;
import dev.moorage.kube.Tree;
import java.util.HashSet;
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
  public Tree prepareCreate(Tree object, Occasion occasion) {
    return withAllocatable(object);
  }

  @Override
  public Tree prepareStatus(Tree now, Tree before, Occasion occasion) {
    return withAllocatable(now);
  }

  /// All of a node can be given away unless it says less.
  private static Tree withAllocatable(Tree node) {
    var capacity = node.at("status", "capacity");
    return capacity.isNothing() || !node.at("status", "allocatable").isNothing()
        ? node
        : node.with(capacity, "status", "allocatable");
  }

  @Override
  public void validate(Tree node, Problems problems) {
    List<Tree> taints = node.at("spec", "taints").items();
    var seen = new HashSet<String>();
    for (int i = 0; i < taints.size(); i++) {
      var field = "metadata.taints[" + i + "]"; // so says a real server
      var taint = taints.get(i);
      taint(field, taint, problems);
      if (!seen.add(taint.text("key") + ":" + taint.text("effect")))
        problems.duplicate(field, taint, "taints must be unique by key and effect pair");
    }
  }

  private static void taint(String field, Tree taint, Problems problems) {
    var key = taint.text("key");
    var value = taint.text("value");
    problems.misnamed(field + ".key", key, Names.qualified(key));
    problems.misnamed(field + ".value", value, Names.labelValue(value));
    if (taint.text("effect").isEmpty()) problems.required(field + ".effect", "");
    else
      problems.supported(
          field + ".effect", taint.text("effect"), "NoSchedule", "PreferNoSchedule", "NoExecute");
  }

  @Override
  public Map<String, Function<Tree, String>> selectable() {
    return Map.of(
        "spec.unschedulable", node -> Boolean.toString(node.truth(false, "spec", "unschedulable")));
  }
}
