package dev.moorage.nodeagent.pods;

import dev.moorage.base.ObjectKey;
import dev.moorage.base.Tasks;
import dev.moorage.host.Host;
import dev.moorage.host.HostException;
import dev.moorage.host.HostException.Errno;
import dev.moorage.host.Sandboxes.Sandbox;
import dev.moorage.host.Sandboxes.Spec;
import dev.moorage.kube.Pod;
import dev.moorage.nodeagent.pods.ContainerRecord.State;
import dev.moorage.nodeagent.pods.PodView.Ready;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;

/// The steps that start and end processes. The intent is on record before a process starts, its
/// identity right after.
final class Containers {
  /// How long the last of an ended sandbox may take to go.
  private static final Duration LAST = Duration.ofSeconds(5);

  private final PodObjects objects;
  private final ContainerRecords records;
  private final Processes processes;
  private final Host host;
  private final PodPlaces places;
  private final Tasks tasks;

  Containers(
      PodObjects objects,
      ContainerRecords records,
      Processes processes,
      Host host,
      PodPlaces places,
      Tasks tasks) {
    this.objects = objects;
    this.records = records;
    this.processes = processes;
    this.host = host;
    this.places = places;
    this.tasks = tasks;
  }

  void watch(Sandbox sandbox, ObjectKey pod, Consumer<ObjectKey> wake) {
    processes.watch(sandbox, pod, wake);
  }

  /// Starts a container.
  ///
  /// @return false when the pod must be looked at again: it is being deleted, or a mount has gone
  boolean start(Pod pod, String name, int restarts) {
    return processes.startMarked(pod.meta().uid(), () -> startNow(pod, name, restarts));
  }

  private boolean startNow(Pod pod, String name, int restarts) {
    if (!mayStart(pod)) return false;
    var container =
        pod.containers().stream().filter(c -> c.name().equals(name)).findFirst().orElseThrow();
    if (restarts == 0)
      objects.normalOnce(
          pod,
          "ImageNotPulled",
          "image \""
              + container.image()
              + "\" is recorded, not pulled: the command runs on this host's own programs");
    var record =
        new ContainerRecord(pod.key(), pod.meta().uid(), name, restarts, new State.Intended());
    records.write(record);
    host.files().makeFolder(places.logs(pod.meta().uid()), 0750);
    try {
      var sandbox = startOrFind(spec(pod, container));
      records.write(record.with(new State.Started(sandbox, tasks.now(), Instant.MAX)));
    } catch (HostException refused) {
      objects.warning(pod, "Failed", "Error: container " + name + ": " + refused.getMessage());
      throw refused;
    }
    objects.normal(pod, "Started", "Started container " + name);
    return true;
  }

  /// Live, under the pod's mark: whoever takes the mounts away looks at the mark after it saw the
  /// pod's end or the node's rest.
  private boolean mayStart(Pod pod) {
    if (processes.restsUntil().isPresent()) return false;
    var now = objects.now(pod.key());
    return now.isPresent()
        && now.get().meta().uid().equals(pod.meta().uid())
        && !now.get().meta().deleting()
        && !now.get().ended()
        && needs().ready(pod, host.mounts().table()) instanceof Ready.Yes;
  }

  private PodNeeds needs() {
    return new PodNeeds(objects, places, host.files());
  }

  private Spec spec(Pod pod, Pod.Container container) {
    var uid = pod.meta().uid();
    return new Spec(
        places.sandbox(uid, container.name()),
        container.command(),
        container.env(),
        container.workingDir(),
        needs().binds(pod, container),
        places.log(uid, container.name()));
  }

  private Sandbox startOrFind(Spec spec) {
    try {
      return processes.sandboxes().start(spec);
    } catch (HostException refused) {
      if (!refused.is(Errno.EEXIST)) throw refused;
      // It came up between the look and the start: a start of this agent before it died.
      return processes.sandboxes().running(spec.name()).stream()
          .filter(sandbox -> sandbox.name().equals(spec.name()))
          .findFirst()
          .orElseThrow(() -> refused);
    }
  }

  /// Puts a process on record that a dead agent has started.
  void adopt(Pod pod, String name, Sandbox sandbox) {
    var record =
        records
            .find(pod.meta().uid(), name)
            .orElseGet(() ->
                new ContainerRecord(pod.key(), pod.meta().uid(), name, 0, new State.Intended()));
    records.write(record.with(new State.Started(sandbox, tasks.now(), Instant.MAX)));
  }

  void recordEnd(Pod pod, String name, Sandbox sandbox) {
    if (!processes.sandboxes().ended(sandbox, LAST))
      throw new HostException(
          Errno.EBUSY, "something of sandbox " + sandbox.name() + " is still there");
    int exitCode = processes.sandboxes().exitCode(sandbox).orElse(ContainerRecord.LOST);
    var record = records.find(pod.meta().uid(), name).orElseThrow();
    boolean started = record.state() instanceof State.Started;
    var since = record.state() instanceof State.Started(_, var at, _) ? at : tasks.now();
    boolean byItself = started && !isAsked(record) && sandbox.bootId().equals(host.bootId());
    records.write(record.with(new State.Ended(exitCode, since, tasks.now(), byItself)));
  }

  private static boolean isAsked(ContainerRecord record) {
    return record.state() instanceof State.Started(_, _, var asked) && !asked.equals(Instant.MAX);
  }

  /// Forgets that a process was asked to end.
  void runOn(Pod pod, String name) {
    var record = records.find(pod.meta().uid(), name).orElseThrow();
    if (record.state() instanceof State.Started(var sandbox, var at, _))
      records.write(record.with(new State.Started(sandbox, at, Instant.MAX)));
  }

  /// TERM, then the record: a crash in between asks twice, which harms nobody, and never forgets to
  /// ask.
  void terminate(Pod pod, List<PodView.Container> containers) {
    for (var container : containers) {
      var record = records.find(pod.meta().uid(), container.name()).orElseThrow();
      if (!(record.state() instanceof State.Started(var sandbox, var at, _))) continue;
      objects.normal(pod, "Killing", "Stopping container " + container.name());
      processes.sandboxes().terminate(sandbox);
      records.write(record.with(new State.Started(sandbox, at, tasks.now())));
    }
  }

  void killContainers(List<PodView.Container> containers) {
    for (var container : containers)
      if (container.run() instanceof PodView.Run.Running(var sandbox, _, _)) kill(List.of(sandbox));
  }

  void kill(List<Sandbox> running) {
    running.forEach(processes.sandboxes()::kill);
  }
}
