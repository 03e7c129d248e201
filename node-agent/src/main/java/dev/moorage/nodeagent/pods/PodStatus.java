package dev.moorage.nodeagent.pods;

import dev.moorage.nodeagent.pods.PodView.Container;
import dev.moorage.nodeagent.pods.PodView.Fate;
import dev.moorage.nodeagent.pods.PodView.Presence;
import dev.moorage.nodeagent.pods.PodView.Run;
import java.util.List;

/// A pod's status as far as this agent answers for it, without times.
record PodStatus(String phase, List<ContainerStatus> containers) {

  /// Why a container waits whose node was stopped: it starts again with the node.
  private static final String STOPPED = "NodeStopped";

  PodStatus {
    containers = List.copyOf(containers);
  }

  /// One container's status.
  record ContainerStatus(String name, int restarts, State state) {}

  /// A container's state.
  sealed interface State {
    /// It does not run yet, or not again yet.
    record Waiting(String reason) implements State {}

    /// It runs.
    record Running() implements State {}

    /// It has ended for good.
    record Terminated(int exitCode) implements State {}
  }

  /// A pod of which nothing was started: what the API server says of a new one.
  static PodStatus fresh(List<String> containers) {
    return new PodStatus(
        "Pending",
        containers.stream().map(name -> new ContainerStatus(name, 0, creating())).toList());
  }

  private static State creating() {
    return new State.Waiting("ContainerCreating");
  }

  /// What the facts say. Source: the kubelet's `getPhase`.
  static PodStatus of(Presence.Here pod) {
    var containers =
        pod.containers().stream()
            .map(container ->
                new ContainerStatus(
                    container.name(), container.restarts(), state(container, pod.fate())))
            .toList();
    return new PodStatus(phase(containers), containers);
  }

  private static State state(Container container, Fate fate) {
    return switch (container.run()) {
      case Run.Never() -> creating();
      case Run.Unrecorded _, Run.Running _, Run.Vanished _ -> new State.Running();
      case Run.Ended(var exitCode, _, _, _, var byItself) ->
          restarts(fate, exitCode)
              ? new State.Waiting(byItself ? "CrashLoopBackOff" : STOPPED)
              : new State.Terminated(exitCode);
    };
  }

  private static String phase(List<ContainerStatus> containers) {
    if (containers.isEmpty()) return "Pending";
    if (containers.stream().allMatch(PodStatus::isTerminated))
      return containers.stream().allMatch(c -> c.state().equals(new State.Terminated(0)))
          ? "Succeeded"
          : "Failed";
    boolean creating = containers.stream().anyMatch(c -> c.state().equals(creating()));
    return creating ? "Pending" : "Running";
  }

  private static boolean isTerminated(ContainerStatus container) {
    return container.state() instanceof State.Terminated;
  }

  /// Whether a container that ended so is started again.
  static boolean restarts(Fate fate, int exitCode) {
    return switch (fate) {
      case Fate.Deleting _ -> false;
      case Fate.Lives(var policy) -> restarts(policy, exitCode);
      case Fate.Rests(var policy, _) -> restarts(policy, exitCode);
    };
  }

  private static boolean restarts(String policy, int exitCode) {
    return switch (policy) {
      case "Never" -> false;
      case "OnFailure" -> exitCode != 0;
      default -> true;
    };
  }

  /// Whether all containers run.
  boolean ready() {
    return containers.stream().allMatch(c -> c.state() instanceof State.Running);
  }

  boolean ended() {
    return phase.equals("Succeeded") || phase.equals("Failed");
  }
}
