package dev.moorage.nodeagent.pods;

import dev.moorage.base.ObjectKey;
import dev.moorage.base.Tasks;
import dev.moorage.controller.Cache;
import dev.moorage.controller.Events;
import dev.moorage.kube.Deletion;
import dev.moorage.kube.Kinds;
import dev.moorage.kube.Kube;
import dev.moorage.kube.KubeException;
import dev.moorage.kube.Patch;
import dev.moorage.kube.PersistentVolumeClaim;
import dev.moorage.kube.Pod;
import dev.moorage.kube.Raw;
import dev.moorage.kube.Tree;
import dev.moorage.nodeagent.pods.PodStatus.ContainerStatus;
import dev.moorage.nodeagent.pods.PodStatus.State;
import dev.moorage.nodeagent.pods.PodView.Container;
import dev.moorage.nodeagent.pods.PodView.Run;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Pods in the API, through an actor's caches.
final class KubePodObjects implements PodObjects {
  private final Kube kube;
  private final Cache<Raw> pods;
  private final Cache<PersistentVolumeClaim> claims;
  private final Events events;
  private final Tasks tasks;

  KubePodObjects(
      Kube kube, Cache<Raw> pods, Cache<PersistentVolumeClaim> claims, Events events, Tasks tasks) {
    this.kube = kube;
    this.pods = pods;
    this.claims = claims;
    this.events = events;
    this.tasks = tasks;
  }

  @Override
  public Optional<Found> find(ObjectKey key) {
    return pods.find(key).map(KubePodObjects::found);
  }

  @Override
  public Optional<Found> byUid(String uid) {
    return pods.all().stream()
        .filter(pod -> pod.meta().uid().equals(uid))
        .findFirst()
        .map(KubePodObjects::found);
  }

  static Found found(Raw raw) {
    var pod = Pod.of(raw.tree());
    var statuses = raw.tree().at("status", "containerStatuses").items();
    var fresh = PodStatus.fresh(pod.containers().stream().map(Pod.Container::name).toList());
    if (statuses.isEmpty() && (pod.phase().isEmpty() || pod.phase().equals("Pending")))
      return new Found(pod, fresh);
    return new Found(
        pod,
        new PodStatus(
            pod.phase(),
            statuses.stream()
                .map(status ->
                    new ContainerStatus(
                        status.text("name"),
                        (int) status.number(0, "restartCount"),
                        state(status.at("state"))))
                .toList()));
  }

  private static State state(Tree state) {
    if (!state.at("running").isNothing()) return new State.Running();
    if (!state.at("terminated").isNothing())
      return new State.Terminated((int) state.number(0, "terminated", "exitCode"));
    return new State.Waiting(state.text("waiting", "reason"));
  }

  @Override
  public Optional<Pod> now(ObjectKey key) {
    return kube.get(Kinds.POD, key);
  }

  @Override
  public Optional<PersistentVolumeClaim> claim(ObjectKey key) {
    return claims.find(key);
  }

  @Override
  public void report(Found seen, PodStatus status, List<Container> containers) {
    var pod = seen.pod();
    var statuses = new ArrayList<Tree>();
    for (int i = 0; i < containers.size(); i++)
      statuses.add(status(status.containers().get(i), containers.get(i), pod));
    var patch =
        Patch.NONE
            .set(status.phase(), "status", "phase")
            .set(Tree.list(statuses), "status", "containerStatuses");
    patch = condition(patch, "Initialized", true);
    patch = condition(patch, "ContainersReady", status.ready());
    patch = condition(patch, "Ready", status.ready());
    patch = condition(patch, "PodScheduled", true);
    var started = containers.stream().flatMap(c -> since(c).stream()).min(Instant::compareTo);
    if (started.isPresent() && !hasStartTime(pod.key()))
      patch = patch.set(text(started.get()), "status", "startTime");
    var _ = kube.changeStatus(Kinds.POD, pod.key(), pod.meta().version(), patch);
  }

  private boolean hasStartTime(ObjectKey key) {
    return pods.find(key)
        .filter(raw -> !raw.tree().text("status", "startTime").isEmpty())
        .isPresent();
  }

  private Patch condition(Patch patch, String type, boolean holds) {
    return patch.setItem(
        "type",
        Tree.object(
            "type",
            type,
            "status",
            holds ? "True" : "False",
            "lastTransitionTime",
            text(tasks.now())),
        "status",
        "conditions");
  }

  private static Tree status(ContainerStatus status, Container container, Pod pod) {
    boolean running = status.state() instanceof State.Running;
    var image =
        pod.containers().stream()
            .filter(c -> c.name().equals(status.name()))
            .map(Pod.Container::image)
            .findFirst()
            .orElse("");
    var tree =
        Tree.object(
            "name",
            status.name(),
            "image",
            image,
            "imageID",
            "",
            "ready",
            running,
            "started",
            running,
            "restartCount",
            (long) status.restarts(),
            "state",
            state(status.state(), container.run()));
    return container.run() instanceof Run.Ended ended && status.state() instanceof State.Waiting
        ? tree.with(terminated(ended), "lastState")
        : tree;
  }

  private static Tree state(State state, Run run) {
    return switch (state) {
      case State.Waiting(var reason) -> Tree.object("waiting", Tree.object("reason", reason));
      case State.Running() ->
          Tree.object(
              "running",
              run instanceof Run.Running(_, var since, _)
                  ? Tree.object("startedAt", text(since))
                  : Tree.empty());
      case State.Terminated(var exitCode) ->
          run instanceof Run.Ended ended
              ? terminated(ended)
              : Tree.object("terminated", Tree.object("exitCode", (long) exitCode));
    };
  }

  private static Tree terminated(Run.Ended ended) {
    return Tree.object(
        "terminated",
        Tree.object(
            "exitCode",
            (long) ended.exitCode(),
            "reason",
            ended.exitCode() == 0 ? "Completed" : "Error",
            "startedAt",
            text(ended.since()),
            "finishedAt",
            text(ended.until())));
  }

  private static Optional<Instant> since(Container container) {
    return switch (container.run()) {
      case Run.Running(_, var since, _) -> Optional.of(since);
      case Run.Ended(_, var since, _, _, _) -> Optional.of(since);
      case Run.Vanished(_, var since) -> Optional.of(since);
      case Run.Never(), Run.Unrecorded _ -> Optional.empty();
    };
  }

  private static String text(Instant instant) {
    return instant.truncatedTo(ChronoUnit.SECONDS).toString();
  }

  @Override
  public void remove(Pod pod) {
    try {
      kube.delete(Kinds.POD, pod.key(), Deletion.now(pod.meta().uid()));
    } catch (KubeException refused) {
      // Gone, or another pod has the name by now: an earlier try had done it.
      if (!refused.isNotFound() && !refused.isConflict()) throw refused;
    }
  }

  @Override
  public void normal(Pod pod, String reason, String message) {
    events.normal(Kinds.POD, pod, reason, message);
  }

  @Override
  public void warning(Pod pod, String reason, String message) {
    events.warning(Kinds.POD, pod, reason, message);
  }

  @Override
  public void normalOnce(Pod pod, String reason, String message) {
    events.normalOnce(Kinds.POD, pod, reason, message);
  }

  @Override
  public void warningOnce(Pod pod, String reason, String message) {
    events.warningOnce(Kinds.POD, pod, reason, message);
  }
}
