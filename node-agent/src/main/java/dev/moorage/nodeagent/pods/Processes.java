package dev.moorage.nodeagent.pods;

import dev.moorage.base.Group;
import dev.moorage.base.Journal;
import dev.moorage.base.ObjectKey;
import dev.moorage.host.HostException;
import dev.moorage.host.Sandboxes;
import dev.moorage.host.Sandboxes.Sandbox;
import dev.moorage.nodeagent.pods.Pods.Duty;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Supplier;

/// The processes of this node's pods: which run, which are just being started, and who is told of
/// their end.
final class Processes {
  private final Group group;
  private final Sandboxes sandboxes;
  private final PodPlaces places;
  private final Duration slice;
  private final Duty duty;
  private final Journal journal;

  /// Pods with a start in hand. Guarded by this.
  private final SortedSet<String> starting = new TreeSet<>();

  /// Sandboxes with a task that waits for their end, by name and init. Guarded by this.
  private final SortedSet<String> watched = new TreeSet<>();

  Processes(
      Group group,
      Sandboxes sandboxes,
      PodPlaces places,
      Duration slice,
      Duty duty,
      Journal journal) {
    this.group = group;
    this.sandboxes = sandboxes;
    this.places = places;
    this.slice = slice;
    this.duty = duty;
    this.journal = journal;
  }

  Sandboxes sandboxes() {
    return sandboxes;
  }

  /// While this node rests: when its processes are killed at the latest.
  Optional<Instant> restsUntil() {
    return duty.restsUntil();
  }

  List<Sandbox> running(String uid) {
    return sandboxes.running(places.sandboxes(uid));
  }

  /// Uids of the pods of which something runs, sorted.
  SortedSet<String> podsRunning() {
    var uids = new TreeSet<String>();
    for (var sandbox : sandboxes.running(places.sandboxes()))
      places.podOf(sandbox.name()).ifPresent(uids::add);
    return uids;
  }

  /// Whether a process of the pod runs or is just being started.
  ///
  /// Who asks knows already that the pod is deleted, ended or gone, or that the node rests. A start
  /// takes its mark first and looks at these after: so either the mark is seen here, or the start
  /// sees what the asker knows. The marks are read before the processes: a start that has just
  /// dropped its mark has its process running.
  boolean mayRun(String uid) {
    synchronized (this) {
      if (starting.contains(uid)) return true;
    }
    return !running(uid).isEmpty();
  }

  /// Uids of pods with a start in hand, sorted.
  synchronized List<String> starting() {
    return List.copyOf(starting);
  }

  /// Runs a start of a process under the pod's mark.
  <R> R startMarked(String uid, Supplier<R> start) {
    synchronized (this) {
      starting.add(uid);
    }
    try {
      return start.get();
    } finally {
      synchronized (this) {
        starting.remove(uid);
      }
    }
  }

  /// Wakes the pod once the sandbox has ended. Asking twice is fine.
  void watch(Sandbox sandbox, ObjectKey pod, Consumer<ObjectKey> wake) {
    var name = sandbox.name() + "/" + sandbox.init();
    synchronized (this) {
      if (!watched.add(name)) return;
    }
    var _ = group.start("end of " + sandbox.name(), () -> await(sandbox, pod, wake, name));
  }

  private boolean await(Sandbox sandbox, ObjectKey pod, Consumer<ObjectKey> wake, String name) {
    try {
      while (!sandboxes.ended(sandbox, slice)) {}
    } catch (HostException refused) {
      journal.note(
          new Journal.Entry(
              Journal.Entry.What.FAILED,
              Pods.ACTOR,
              "await the end",
              sandbox.name(),
              String.valueOf(refused.getMessage())));
    }
    synchronized (this) {
      watched.remove(name);
    }
    wake.accept(pod);
    return true;
  }
}
