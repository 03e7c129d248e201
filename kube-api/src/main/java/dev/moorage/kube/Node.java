package dev.moorage.kube;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A node.
///
/// @param ready whether the condition Ready is True
/// @param volumesInUse unique volume names (`kubernetes.io/csi/<driver>^<handle>`)
/// @param volumesAttached unique volume name to device path
/// @param taints keys of all taints
/// @param noScheduleTaints keys of the taints with effect NoSchedule or NoExecute
public record Node(
    Meta meta,
    boolean unschedulable,
    boolean ready,
    List<String> volumesInUse,
    Map<String, String> volumesAttached,
    List<String> taints,
    List<String> noScheduleTaints)
    implements View {

  /// Reads a node.
  public static Node of(Tree tree) {
    var attached = new LinkedHashMap<String, String>();
    for (Tree volume : tree.at("status", "volumesAttached").items())
      attached.put(volume.text("name"), volume.text("devicePath"));
    var taints = tree.at("spec", "taints").items();
    return new Node(
        Meta.of(tree),
        tree.truth(false, "spec", "unschedulable"),
        tree.at("status", "conditions").items().stream()
            .anyMatch(condition ->
                condition.text("type").equals("Ready") && condition.text("status").equals("True")),
        tree.textList("status", "volumesInUse"),
        attached,
        taints.stream().map(taint -> taint.text("key")).toList(),
        taints.stream()
            .filter(taint -> taint.text("effect").startsWith("No"))
            .map(taint -> taint.text("key"))
            .toList());
  }
}
