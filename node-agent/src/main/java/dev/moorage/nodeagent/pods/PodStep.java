package dev.moorage.nodeagent.pods;

import dev.moorage.base.Step;
import dev.moorage.host.Sandboxes.Sandbox;
import dev.moorage.nodeagent.pods.PodView.Container;
import dev.moorage.nodeagent.pods.PodView.Fate;
import dev.moorage.nodeagent.pods.PodView.Presence;
import dev.moorage.nodeagent.pods.PodView.Ready;
import dev.moorage.nodeagent.pods.PodView.Remains;
import dev.moorage.nodeagent.pods.PodView.Run;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// What is done next for one pod.
sealed interface PodStep extends Step {
  record Nothing(String why) implements PodStep {}

  /// Look again after a while at the latest.
  record Wait(String why, Duration atMost) implements PodStep {}

  /// The pod as it is written cannot run here: its owner is told, it stays Pending.
  record Refuse(String why) implements PodStep {}

  record StartContainer(String container, int restarts) implements PodStep {
    @Override
    public String why() {
      return container;
    }
  }

  /// Puts a process on record whose start died half-way.
  record AdoptContainer(String container, Sandbox sandbox) implements PodStep {
    @Override
    public String why() {
      return container;
    }
  }

  record RecordEnd(String container, Sandbox sandbox) implements PodStep {
    @Override
    public String why() {
      return container;
    }
  }

  /// A process that was asked to end for a rest of the node, which is over, runs on: it is asked
  /// anew when the pod is to end.
  record RunOn(String container) implements PodStep {
    @Override
    public String why() {
      return container;
    }
  }

  record ReportStatus(PodStatus status) implements PodStep {
    @Override
    public String why() {
      return status.phase();
    }
  }

  /// TERM to the containers' own processes.
  record Terminate(List<Container> containers) implements PodStep {}

  /// KILL, after the grace.
  record Kill(List<Container> containers) implements PodStep {}

  /// Logs and empty folders.
  record ClearFolders() implements PodStep {}

  /// The Pod object goes: nothing of it is left on this node.
  record RemovePod() implements PodStep {}

  /// Processes of a pod that the API no longer knows.
  record KillRemains(Remains remains) implements PodStep {}

  /// Folders and records of a pod that the API no longer knows.
  record ClearRemains(Remains remains) implements PodStep {}

  /// How often a pod is looked at that waits for others; they usually tell.
  Duration LOOK = Duration.ofSeconds(10);

  /// For processes of a pod that ended without being deleted.
  Duration GRACE = Duration.ofSeconds(30);

  static PodStep next(PodView view) {
    for (var remains : view.remains()) {
      if (!remains.running().isEmpty()) return new KillRemains(remains);
      if (!remains.volumes() && remains.rest()) return new ClearRemains(remains);
    }
    return switch (view.pod()) {
      case Presence.Gone() ->
          view.remains().isEmpty()
              ? new Nothing("the pod is gone, and nothing of it is left here")
              : new Wait("volumes of a gone pod are taken away first", LOOK);
      case Presence.Here pod -> recordFirst(pod).orElseGet(() -> onward(pod));
    };
  }

  private static Optional<PodStep> recordFirst(Presence.Here pod) {
    return pod.containers().stream()
        .flatMap(container ->
            switch (container.run()) {
              case Run.Unrecorded(var sandbox) ->
                  Optional.<PodStep>of(new AdoptContainer(container.name(), sandbox)).stream();
              case Run.Vanished(var sandbox, _) ->
                  Optional.<PodStep>of(new RecordEnd(container.name(), sandbox)).stream();
              case Run.Never _, Run.Running _, Run.Ended _ -> Optional.<PodStep>empty().stream();
            })
        .findFirst();
  }

  private static PodStep onward(Presence.Here pod) {
    return switch (pod.fate()) {
      case Fate.Lives _ -> live(pod);
      case Fate.Deleting(var grace) -> end(pod, grace);
      case Fate.Rests(_, var grace) -> rest(pod, grace);
    };
  }

  private static PodStep live(Presence.Here pod) {
    if (pod.reported().ended()) return ended(pod, GRACE);
    var asked = running(pod).stream().filter(container -> run(container).isAsked()).findFirst();
    if (asked.isPresent()) return new RunOn(asked.get().name());
    var due = pod.containers().stream().filter(container -> due(container, pod.fate())).findFirst();
    if (due.isPresent() && pod.ready() instanceof Ready.Yes)
      return new StartContainer(due.get().name(), startsBefore(due.get()));
    var status = PodStatus.of(pod);
    if (!status.equals(pod.reported())) return new ReportStatus(status);
    if (due.isPresent())
      return switch (pod.ready()) {
        case Ready.Yes() ->
            throw new IllegalStateException("broken rule: due and ready is started");
        case Ready.NotYet(var why) -> new Wait(why, LOOK);
        case Ready.Never(var why) -> new Refuse(why);
      };
    return resting(pod)
        .<PodStep>map(rest -> new Wait("restarts after a rest", rest))
        .orElseGet(() -> new Nothing(status.ended() ? "the pod has ended" : "the pod runs"));
  }

  /// Whoever wrote that the pod has ended (an eviction, a clean-up): what still runs ends too.
  private static PodStep ended(Presence.Here pod, Duration grace) {
    var running = running(pod);
    return running.isEmpty() ? new Nothing("the pod has ended") : endProcesses(running, grace);
  }

  /// Nothing of the pod in the API goes: it is still this node's.
  private static PodStep rest(Presence.Here pod, Duration grace) {
    if (pod.reported().ended()) return ended(pod, grace);
    var running = running(pod);
    if (!running.isEmpty()) return endProcesses(running, grace);
    var status = PodStatus.of(pod);
    return status.equals(pod.reported()) ? new Nothing("the node rests") : new ReportStatus(status);
  }

  private static List<Container> running(Presence.Here pod) {
    return pod.containers().stream().filter(c -> c.run() instanceof Run.Running).toList();
  }

  private static boolean due(Container container, Fate fate) {
    return switch (container.run()) {
      case Run.Never() -> true;
      case Run.Ended(var exitCode, _, _, var rest, _) ->
          PodStatus.restarts(fate, exitCode) && rest.isZero();
      case Run.Unrecorded _, Run.Running _, Run.Vanished _ -> false;
    };
  }

  private static int startsBefore(Container container) {
    return container.run() instanceof Run.Ended ? container.restarts() + 1 : container.restarts();
  }

  private static Optional<Duration> resting(Presence.Here pod) {
    return pod.containers().stream()
        .flatMap(container ->
            container.run() instanceof Run.Ended(var exitCode, _, _, var rest, _)
                    && PodStatus.restarts(pod.fate(), exitCode)
                ? Optional.of(rest).stream()
                : Optional.<Duration>empty().stream())
        .min(Duration::compareTo);
  }

  private static PodStep end(Presence.Here pod, Duration grace) {
    var running = running(pod);
    if (!running.isEmpty()) return endProcesses(running, grace);
    var status = PodStatus.of(pod);
    boolean ran = pod.containers().stream().anyMatch(c -> c.run() instanceof Run.Ended);
    if (ran && !status.equals(pod.reported())) return new ReportStatus(status);
    if (pod.left().volumes()) return new Wait("its volumes are taken away first", LOOK);
    return pod.left().folder() ? new ClearFolders() : new RemovePod();
  }

  private static PodStep endProcesses(List<Container> running, Duration grace) {
    var unasked = running.stream().filter(c -> !run(c).isAsked()).toList();
    if (grace.isZero()) return new Kill(running);
    if (!unasked.isEmpty()) return new Terminate(unasked);
    var late = running.stream().filter(c -> run(c).asked().compareTo(grace) >= 0).toList();
    if (!late.isEmpty()) return new Kill(late);
    var longest = running.stream().map(c -> run(c).asked()).max(Duration::compareTo).orElseThrow();
    return new Wait("its processes have been asked to end", grace.minus(longest));
  }

  private static Run.Running run(Container container) {
    return (Run.Running) container.run();
  }
}
