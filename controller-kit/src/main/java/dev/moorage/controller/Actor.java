package dev.moorage.controller;

import dev.moorage.base.Backoff;
import dev.moorage.base.Check;
import dev.moorage.base.Gate;
import dev.moorage.base.Group;
import dev.moorage.base.Journal;
import dev.moorage.base.ObjectKey;
import dev.moorage.kube.Kind;
import dev.moorage.kube.Kube;
import dev.moorage.kube.Selection;
import dev.moorage.kube.View;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;

/// One actor: its caches, its queue of keys, its workers.
///
/// A key is handed out again only after the caches have seen every write of that key's last
/// reconcile, in each kind that the actor watches (2 s at most, then the caches read live).
public final class Actor {
  private static final Duration LONG = Duration.ofHours(1);

  /// How an actor runs.
  ///
  /// @param workers keys worked on at once, 1 or more
  /// @param backoff waits between tries of a failing key
  /// @param resync how often every cached key is looked at again; zero for never
  public record Settings(int workers, Backoff backoff, Duration resync) {
    /// One worker, 500 ms doubling to 2 min 2 s, no resync.
    public static final Settings DEFAULT =
        new Settings(
            1, new Backoff(Duration.ofMillis(500), Duration.ofSeconds(122)), Duration.ZERO);

    /// @throws IllegalArgumentException when there is no worker
    public Settings {
      if (workers < 1) throw new IllegalArgumentException("an actor has a worker: " + workers);
    }
  }

  private final Group group;
  private final Settings settings;
  private final List<Cache<?>> caches = new ArrayList<>();
  private final List<Runnable> reminders = new ArrayList<>();
  private final Watching watching;
  private final WorkQueue queue;
  private final Kube remembering;
  private final Events events;
  private boolean started;
  private boolean shared;
  private int workers; // guarded by this

  /// Makes an actor that watches nothing yet.
  ///
  /// @param name the room's word for journals and events, e.g. `resizer`
  public Actor(Group group, String name, Kube kube, Journal journal, Settings settings) {
    Check.that(!name.isEmpty(), "an actor has a name");
    this.group = group;
    this.settings = settings;
    this.watching = new Watching(name, kube, journal, caches, ScopedValue.newInstance());
    this.queue = new WorkQueue(group, settings.backoff());
    this.remembering = new RememberingKube(kube, watching.hand());
    this.events = new Events(remembering, group.tasks(), name, journal);
  }

  /// Starts to watch a kind; only before [#start].
  public <T extends View> Cache<T> watch(Kind<T> kind, Selection selection) {
    Check.that(!started, "kinds are watched before the start");
    var cache = new Cache<>(kind, selection);
    caches.add(cache);
    return cache;
  }

  /// Wakes keys whenever an object of a watched kind comes, changes (old and new state are both
  /// asked) or goes. Only before [#start].
  public <T extends View> void wake(Cache<T> cache, Function<T, Collection<ObjectKey>> keys) {
    Check.that(!started, "triggers are set before the start");
    cache.onDifference(
        (state, version) -> keys.apply(state).forEach(key -> queue.wake(key, version)));
    reminders.add(() -> cache.tellAll((state, _) -> keys.apply(state).forEach(queue::remind)));
  }

  /// Gives each owner of keys workers of its own, as many as are needed: whoever keeps its callers
  /// waiting keeps no other owner's keys. Only before [#start].
  ///
  /// @param most keys of one owner worked on at once
  /// @param owner a key's owner, asked whenever the key is woken, from any task; empty while it is
  ///   not known
  public void share(int most, Function<ObjectKey, String> owner) {
    Check.that(!started, "keys are shared out before the start");
    queue.share(new WorkQueue.Owners(owner, most));
    shared = true;
  }

  /// Wakes one key now.
  public void wake(ObjectKey key) {
    queue.wake(key, "");
  }

  /// The API for this actor's live reads and its writes; it remembers the writes of the key in
  /// hand.
  public Kube kube() {
    return remembering;
  }

  /// This actor's event recorder.
  public Events events() {
    return events;
  }

  /// Fills the caches, then starts the workers; returns at once.
  public void start(Reconciler reconciler) {
    Check.that(!started, "an actor starts once");
    started = true;
    group.start(
        watching.actor(),
        () -> {
          fillCaches();
          startWorkers(reconciler);
          return watching.actor();
        });
  }

  private void fillCaches() {
    var filling = new ArrayList<Gate>();
    for (Cache<?> cache : caches) filling.add(reflect(cache).filled());
    for (Gate filled : filling) while (!filled.await(LONG)) {}
  }

  private <T extends View> Reflector<T> reflect(Cache<T> cache) {
    var reflector =
        new Reflector<>(group, watching.actor(), watching.kube(), watching.journal(), cache);
    begin(watching.actor() + "/watch-" + cache.kind().plural(), reflector::run);
    return reflector;
  }

  private void startWorkers(Reconciler reconciler) {
    for (int i = 1; i <= settings.workers(); i++) startWorker(reconciler);
    if (settings.resync().isPositive()) begin(watching.actor() + "/resync", this::resync);
  }

  private void startWorker(Reconciler reconciler) {
    int number;
    synchronized (this) {
      number = ++workers;
    }
    Runnable taken = shared ? () -> startAnotherIfAllAreBusy(reconciler) : () -> {};
    begin(
        watching.actor() + "/worker-" + number,
        new Worker(group, watching, queue, reconciler, taken)::run);
  }

  /// The queue hands out so many keys per owner; there is always one more worker than keys in hand.
  private void startAnotherIfAllAreBusy(Reconciler reconciler) {
    int inHand = queue.inHand();
    boolean allAreBusy;
    synchronized (this) {
      allAreBusy = inHand >= workers;
    }
    if (allAreBusy) startWorker(reconciler);
  }

  private void resync() {
    while (true) {
      group.sleep(settings.resync());
      reminders.forEach(Runnable::run);
    }
  }

  private void begin(String name, Runnable body) {
    group.start(
        name,
        () -> {
          body.run();
          return name;
        });
  }
}
