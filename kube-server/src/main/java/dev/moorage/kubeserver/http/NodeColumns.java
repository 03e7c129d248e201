package dev.moorage.kubeserver.http;

import static dev.moorage.kubeserver.http.Column.text;

import dev.moorage.kube.Tree;
import java.util.ArrayList;
import java.util.List;

/// What kubectl prints of nodes.
final class NodeColumns {
  private NodeColumns() {}

  private static final String ROLE = "node-role.kubernetes.io/";

  static final List<Column> ALL =
      List.of(
          Column.NAME,
          text("Status", NodeColumns::status),
          text("Roles", NodeColumns::roles),
          Column.AGE,
          text("Version", node -> info(node, "kubeletVersion")),
          text("Internal-IP", node -> address(node, "InternalIP")).onlyWide(),
          text("External-IP", node -> address(node, "ExternalIP")).onlyWide(),
          text("OS-Image", node -> Columns.orElse("<unknown>", info(node, "osImage"))).onlyWide(),
          text("Kernel-Version", NodeColumns::kernel).onlyWide(),
          text(
                  "Container-Runtime",
                  node -> Columns.orElse("<unknown>", info(node, "containerRuntimeVersion")))
              .onlyWide());

  private static String info(Tree node, String field) {
    return node.text("status", "nodeInfo", field);
  }

  private static String kernel(Tree node) {
    var version = Columns.orElse("<unknown>", info(node, "kernelVersion"));
    var architecture = info(node, "architecture");
    return architecture.isEmpty() ? version : version + " (" + architecture + ")";
  }

  private static String status(Tree node) {
    var parts = new ArrayList<String>();
    for (Tree condition : node.at("status", "conditions").items())
      if (condition.text("type").equals("Ready"))
        parts.add(condition.text("status").equals("True") ? "Ready" : "NotReady");
    if (parts.isEmpty()) parts.add("Unknown");
    if (node.truth(false, "spec", "unschedulable")) parts.add("SchedulingDisabled");
    return String.join(",", parts);
  }

  private static String roles(Tree node) {
    var labels = node.textMap("metadata", "labels").keySet().stream();
    var roles =
        labels
            .filter(label -> label.startsWith(ROLE) && label.length() > ROLE.length())
            .map(label -> label.substring(ROLE.length()))
            .sorted()
            .toList();
    return Columns.orElse("<none>", String.join(",", roles));
  }

  private static String address(Tree node, String type) {
    for (Tree address : node.at("status", "addresses").items())
      if (address.text("type").equals(type)) return address.text("address");
    return "<none>";
  }
}
