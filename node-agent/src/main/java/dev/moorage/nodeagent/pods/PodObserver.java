package dev.moorage.nodeagent.pods;

import dev.moorage.base.Backoff;
import dev.moorage.base.ObjectKey;
import dev.moorage.base.Tasks;
import dev.moorage.host.Host;
import dev.moorage.host.Mounts.Mount;
import dev.moorage.host.Sandboxes.Sandbox;
import dev.moorage.kube.Pod;
import dev.moorage.nodeagent.pods.PodObjects.Found;
import dev.moorage.nodeagent.pods.PodView.Container;
import dev.moorage.nodeagent.pods.PodView.Fate;
import dev.moorage.nodeagent.pods.PodView.Left;
import dev.moorage.nodeagent.pods.PodView.Presence;
import dev.moorage.nodeagent.pods.PodView.Remains;
import dev.moorage.nodeagent.pods.PodView.Run;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Gathers the facts of one pod: from the API, from the records, from this host.
final class PodObserver {
  /// Rests between restarts, and how long a run must last to start anew. Source: the kubelet's
  /// crash loop back-off.
  private static final Backoff RESTS = new Backoff(Duration.ofSeconds(10), Duration.ofMinutes(5));

  private static final Duration LONG_RUN = Duration.ofMinutes(10);

  private final PodObjects objects;
  private final ContainerRecords records;
  private final Processes processes;
  private final Host host;
  private final PodPlaces places;
  private final Tasks tasks;

  PodObserver(
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

  /// The facts of a key: a pod's, or (without a namespace) of what has this uid on this host.
  PodView observe(ObjectKey key, Optional<Found> found) {
    var mounts = host.mounts().table();
    return new PodView(
        remains(key, found, mounts),
        found.<Presence>map(pod -> here(pod, mounts)).orElseGet(Presence.Gone::new));
  }

  private List<Remains> remains(ObjectKey key, Optional<Found> found, List<Mount> mounts) {
    var uids = key.namespace().isEmpty() ? List.of(key.name()) : records.uids(key);
    var current = found.map(pod -> pod.pod().meta().uid()).orElse("");
    var all = new ArrayList<Remains>();
    for (String uid : uids) {
      if (uid.equals(current) || objects.byUid(uid).isPresent()) continue;
      var left = left(uid, mounts);
      var remains =
          new Remains(
              uid, processes.running(uid), left.volumes(), left.folder() || records.knows(uid));
      if (!remains.nothing()) all.add(remains);
    }
    return all;
  }

  private Presence.Here here(Found found, List<Mount> mounts) {
    var pod = found.pod();
    var uid = pod.meta().uid();
    var running = processes.running(uid);
    return new Presence.Here(
        uid,
        fate(pod),
        new PodNeeds(objects, places, host.files()).ready(pod, mounts),
        pod.containers().stream().map(c -> container(uid, c.name(), running)).toList(),
        found.reported(),
        left(uid, mounts));
  }

  private Fate fate(Pod pod) {
    var lastKill = processes.restsUntil();
    if (pod.meta().deleting())
      return new Fate.Deleting(grace(pod.deletionGraceSeconds(), lastKill));
    return lastKill.isPresent()
        ? new Fate.Rests(pod.restartPolicy(), grace(pod.graceSeconds(), lastKill))
        : new Fate.Lives(pod.restartPolicy());
  }

  private Duration grace(long seconds, Optional<Instant> lastKill) {
    boolean over = lastKill.filter(at -> !tasks.now().isBefore(at)).isPresent();
    return over ? Duration.ZERO : Duration.ofSeconds(Math.max(0, seconds));
  }

  private Container container(String uid, String name, List<Sandbox> running) {
    var sandbox =
        running.stream().filter(s -> s.name().equals(places.sandbox(uid, name))).findFirst();
    var record = records.find(uid, name);
    int restarts = record.map(ContainerRecord::restarts).orElse(0);
    var run =
        record
            .map(known -> run(known, sandbox))
            .orElseGet(() -> sandbox.<Run>map(Run.Unrecorded::new).orElseGet(Run.Never::new));
    return new Container(name, restarts, run);
  }

  private Run run(ContainerRecord record, Optional<Sandbox> sandbox) {
    var now = tasks.now();
    return switch (record.state()) {
      // The agent died between its intent and the record: the process may have come up.
      case ContainerRecord.State.Intended() ->
          sandbox.<Run>map(Run.Unrecorded::new).orElseGet(Run.Never::new);
      case ContainerRecord.State.Started(var started, var at, var asked) ->
          sandbox
              .<Run>map(there -> new Run.Running(there, at, since(asked, now)))
              .orElseGet(() -> new Run.Vanished(started, at));
      case ContainerRecord.State.Ended(var exitCode, var from, var until, var byItself) -> {
        var rest = byItself ? rest(record.restarts(), from, until, now) : Duration.ZERO;
        yield new Run.Ended(exitCode, from, until, rest, byItself);
      }
    };
  }

  private static Duration since(Instant asked, Instant now) {
    if (asked.equals(Instant.MAX)) return Duration.ofSeconds(-1);
    var since = Duration.between(asked, now);
    return since.isNegative() ? Duration.ZERO : since; // the clock was set back
  }

  private static Duration rest(int restarts, Instant from, Instant until, Instant now) {
    boolean longRun = Duration.between(from, until).compareTo(LONG_RUN) >= 0;
    if (restarts == 0 || longRun) return Duration.ZERO;
    var rest = RESTS.after(restarts).minus(Duration.between(until, now));
    return rest.isPositive() ? rest : Duration.ZERO;
  }

  private Left left(String uid, List<Mount> mounts) {
    var folder = places.pod(uid);
    boolean volumes =
        !host.files().names(places.csiVolumes(uid)).isEmpty()
            || mounts.stream().anyMatch(mount -> mount.target().startsWith(folder + "/"));
    return new Left(volumes, host.files().look(folder).isPresent());
  }
}
