package dev.moorage.nodeagent.pods;

import dev.moorage.base.Group;
import dev.moorage.base.Journal;
import dev.moorage.base.ObjectKey;
import dev.moorage.controller.Actor;
import dev.moorage.controller.Cache;
import dev.moorage.host.Host;
import dev.moorage.host.HostException;
import dev.moorage.host.Ledger;
import dev.moorage.kube.Kinds;
import dev.moorage.kube.Kube;
import dev.moorage.kube.Raw;
import dev.moorage.kube.RecordedKube;
import dev.moorage.kube.Selection;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/// The door of pods.
public final class Pods {
  static final String ACTOR = "pods";

  private static final Duration OPEN_AGAIN = Duration.ofSeconds(1);

  private final Actor actor;
  private final Cache<Raw> cache;
  private final KubePodObjects objects;
  private final Processes processes;
  private final Host host;
  private final Settings settings;

  /// How pods run.
  ///
  /// @param root the kubelet's root directory, without a slash at its end
  /// @param workers pods worked on at once, 1 or more
  /// @param look how often a running process is asked whether it still runs, if nothing tells
  /// @param sweep how often this host is searched for what no pod owns any more
  public record Settings(String nodeName, String root, int workers, Duration look, Duration sweep) {
    PodPlaces places() {
      return new PodPlaces(root, nodeName);
    }

    /// What the names of all sandboxes of this agent begin with.
    public String sandboxPrefix() {
      return places().sandboxes();
    }
  }

  /// Whether this node serves.
  @FunctionalInterface
  public interface Duty {
    /// When the processes of a node that rests are killed at the latest; empty while it serves. A
    /// node that rests does not serve again before its agent is started anew.
    Optional<Instant> restsUntil();
  }

  private Pods(Group group, Kube kube, Host host, Settings settings, Duty duty, Journal journal) {
    this.host = host;
    this.settings = settings;
    var backoff = Actor.Settings.DEFAULT.backoff();
    actor =
        new Actor(
            group,
            ACTOR,
            new RecordedKube(kube, ACTOR, journal),
            journal,
            new Actor.Settings(settings.workers(), backoff, Duration.ZERO));
    var here = new Selection.Field("spec.nodeName", settings.nodeName(), true);
    cache = actor.watch(Kinds.POD.raw(), new Selection("", List.of(), List.of(here)));
    var claims = actor.watch(Kinds.CLAIM, Selection.ALL);
    var triggers = new PodTriggers(cache);
    actor.wake(cache, triggers::pod);
    actor.wake(claims, triggers::claim);
    objects = new KubePodObjects(actor.kube(), cache, claims, actor.events(), group.tasks());
    processes =
        new Processes(group, host.sandboxes(), settings.places(), settings.look(), duty, journal);
  }

  /// Starts to run this node's pods; returns at once.
  ///
  /// @param group closing it ends the work; the pods' processes live on, and the next start adopts
  ///   them
  public static Pods start(
      Group group, Kube kube, Host host, Settings settings, Duty duty, Journal journal) {
    var pods = new Pods(group, kube, host, settings, duty, journal);
    var _ = group.start("pods on this host", () -> pods.run(group, journal));
    return pods;
  }

  /// Whether a process of the pod runs here or is just being started. Who asks has seen before that
  /// the pod is deleted, has ended, or is gone.
  public boolean mayRun(String podUid) {
    return processes.mayRun(podUid);
  }

  /// Looks at a pod again: something about its volumes changed on this host.
  public void look(String podUid) {
    var key =
        cache.all().stream()
            .filter(pod -> pod.meta().uid().equals(podUid))
            .map(Raw::key)
            .findFirst();
    actor.wake(key.orElseGet(() -> ObjectKey.cluster(podUid)));
  }

  /// Looks at every pod of this node again: its duty changed.
  public void lookAtAll() {
    cache.all().forEach(pod -> actor.wake(pod.key()));
  }

  /// Processes of this node's pods that run or are just being started, one line each.
  public List<String> running() {
    var lines = new ArrayList<String>();
    for (String uid : processes.starting()) lines.add(name(uid) + " is just being started");
    for (String uid : processes.podsRunning())
      for (var sandbox : processes.running(uid))
        lines.add(name(uid) + " still runs as process " + sandbox.pid());
    return lines;
  }

  private String name(String uid) {
    return "pod "
        + objects.byUid(uid).map(found -> found.pod().key().toString()).orElse("with uid " + uid);
  }

  /// Whether no pod's status says that a process of it runs.
  public boolean toldThatNoneRuns() {
    return cache.all().stream()
        .flatMap(pod -> KubePodObjects.found(pod).reported().containers().stream())
        .noneMatch(container -> container.state() instanceof PodStatus.State.Running);
  }

  private boolean run(Group group, Journal journal) {
    try (var ledger = open(group, journal)) {
      var records = new ContainerRecords(ledger);
      actor.start(reconciler(group, records, journal));
      while (true) {
        sweep(records, journal);
        group.sleep(settings.sweep());
      }
    }
  }

  /// An agent that has just died may still hold the ledger: tried until it is free.
  private Ledger open(Group group, Journal journal) {
    while (true) {
      try {
        host.files().makeFolder(settings.places().ledgerFolder(), 0750);
        return host.ledgers().open(settings.places().ledger());
      } catch (HostException refused) {
        note(journal, "open", settings.places().ledger(), refused);
        group.sleep(OPEN_AGAIN);
      }
    }
  }

  private PodReconciler reconciler(Group group, ContainerRecords records, Journal journal) {
    var places = settings.places();
    return new PodReconciler(
        new PodObserver(objects, records, processes, host, places, group.tasks()),
        objects,
        new Containers(objects, records, processes, host, places, group.tasks()),
        new PodFolders(host.files(), records, places),
        actor::wake,
        journal);
  }

  /// Finds what pods have left that the API no longer knows: their uids become keys.
  private void sweep(ContainerRecords records, Journal journal) {
    try {
      var uids = new TreeSet<>(host.files().names(settings.places().pods()));
      uids.addAll(records.uids());
      uids.addAll(processes.podsRunning());
      for (String uid : uids) if (objects.byUid(uid).isEmpty()) actor.wake(ObjectKey.cluster(uid));
    } catch (HostException refused) {
      note(journal, "sweep", settings.root(), refused);
    }
  }

  private static void note(Journal journal, String what, String on, HostException refused) {
    var why = String.valueOf(refused.getMessage());
    journal.note(new Journal.Entry(Journal.Entry.What.FAILED, ACTOR, what, on, why));
  }
}
