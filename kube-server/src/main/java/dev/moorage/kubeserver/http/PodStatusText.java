package dev.moorage.kubeserver.http;

import dev.moorage.kube.Tree;
import java.util.List;

/// How a pod fares, in one word.
///
/// Follows `printPod` of Kubernetes: the phase, unless a reason, an init container, a container or
/// the deletion says it better.
final class PodStatusText {
  private PodStatusText() {}

  static String of(Tree pod) {
    var phase = pod.text("status", "phase");
    var text = Columns.orElse(phase, pod.text("status", "reason"));
    var init = initialization(pod);
    text = init.isEmpty() ? containers(pod, text) : init;
    boolean deleting = !pod.at("metadata", "deletionTimestamp").isNothing();
    if (!deleting) return text;
    if (pod.text("status", "reason").equals("NodeLost")) return "Unknown";
    return List.of("Succeeded", "Failed").contains(phase) ? text : "Terminating";
  }

  /// What the first unfinished init container does; empty when all are through.
  private static String initialization(Tree pod) {
    var statuses = pod.at("status", "initContainerStatuses").items();
    int wanted = pod.at("spec", "initContainers").items().size();
    for (int i = 0; i < statuses.size(); i++) {
      var state = statuses.get(i).at("state");
      var ended = state.at("terminated");
      boolean through = !ended.isNothing() && ended.number(-1, "exitCode") == 0;
      if (through) continue;
      if (!ended.isNothing()) return "Init:" + ended(ended);
      var waiting = state.text("waiting", "reason");
      boolean says = !waiting.isEmpty() && !waiting.equals("PodInitializing");
      return "Init:" + (says ? waiting : i + "/" + wanted);
    }
    return "";
  }

  /// The last container that has something to say, as in `printPod`, is the first one.
  private static String containers(Tree pod, String phase) {
    var text = phase;
    boolean running = false;
    for (Tree status : pod.at("status", "containerStatuses").items().reversed()) {
      var state = status.at("state");
      if (!state.text("waiting", "reason").isEmpty()) text = state.text("waiting", "reason");
      else if (!state.at("terminated").isNothing()) text = ended(state.at("terminated"));
      else running |= status.truth(false, "ready") && !state.at("running").isNothing();
    }
    if (!text.equals("Completed") || !running) return text;
    return PodColumns.isTrue(pod, "Ready") ? "Running" : "NotReady";
  }

  private static String ended(Tree terminated) {
    var reason = terminated.text("reason");
    if (!reason.isEmpty()) return reason;
    long signal = terminated.number(0, "signal");
    return signal != 0 ? "Signal:" + signal : "ExitCode:" + terminated.number(0, "exitCode");
  }
}
