package dev.moorage.kubeserver.http;

import static dev.moorage.kubeserver.http.Column.text;

import dev.moorage.kube.Tree;
import java.time.Instant;
import java.util.List;

/// What kubectl prints of pods.
final class PodColumns {
  private PodColumns() {}

  private static final String NONE = "<none>";

  static final List<Column> ALL =
      List.of(
          Column.NAME,
          text("Ready", pod -> ready(pod) + "/" + pod.at("spec", "containers").items().size()),
          text("Status", PodStatusText::of),
          Column.aging("Restarts", (pod, now) -> Tree.of(restarts(pod, now))),
          Column.AGE,
          text("IP", pod -> Columns.orElse(NONE, ip(pod))).onlyWide(),
          text("Node", pod -> Columns.orElse(NONE, pod.text("spec", "nodeName"))).onlyWide(),
          text(
                  "Nominated Node",
                  pod -> Columns.orElse(NONE, pod.text("status", "nominatedNodeName")))
              .onlyWide(),
          text("Readiness Gates", PodColumns::gates).onlyWide());

  private static long ready(Tree pod) {
    return pod.at("status", "containerStatuses").items().stream()
        .filter(
            status -> status.truth(false, "ready") && !status.at("state", "running").isNothing())
        .count();
  }

  /// How often, and how long ago for the last time.
  private static String restarts(Tree pod, Instant now) {
    long count = 0;
    var last = "";
    for (Tree status : pod.at("status", "containerStatuses").items()) {
      count += status.number(0, "restartCount");
      var ended = status.text("lastState", "terminated", "finishedAt");
      if (ended.compareTo(last) > 0) last = ended;
    }
    return count == 0 || last.isEmpty()
        ? "" + count
        : count + " (" + Ages.since(last, now) + " ago)";
  }

  private static String ip(Tree pod) {
    var all = pod.at("status", "podIPs").items();
    return all.isEmpty() ? pod.text("status", "podIP") : all.getFirst().text("ip");
  }

  private static String gates(Tree pod) {
    var gates = pod.at("spec", "readinessGates").items();
    if (gates.isEmpty()) return NONE;
    long open = gates.stream().filter(gate -> isTrue(pod, gate.text("conditionType"))).count();
    return open + "/" + gates.size();
  }

  static boolean isTrue(Tree pod, String condition) {
    return pod.at("status", "conditions").items().stream()
        .anyMatch(one -> one.text("type").equals(condition) && one.text("status").equals("True"));
  }
}
