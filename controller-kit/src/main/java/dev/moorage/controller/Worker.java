package dev.moorage.controller;

import dev.moorage.base.Backoff;
import dev.moorage.base.Group;
import dev.moorage.base.Journal.Entry;
import dev.moorage.base.ObjectKey;
import dev.moorage.base.Stopped;
import dev.moorage.kube.KubeException;
import java.time.Duration;

/// Takes one key after the other, has it reconciled, waits until the caches have seen what it
/// wrote, and gives it back.
final class Worker {
  private static final Duration FOR_CACHES = Duration.ofSeconds(2);
  private static final Backoff LIVE_READS =
      new Backoff(Duration.ofMillis(500), Duration.ofSeconds(30));

  /// How a reconcile ended.
  private sealed interface End {
    record Came(Outcome outcome) implements End {}

    record Conflicted() implements End {}

    record Failed() implements End {}
  }

  private final Group group;
  private final Watching watching;
  private final WorkQueue queue;
  private final Reconciler reconciler;
  private final Runnable taken;

  /// @param taken is told of each key that was taken
  Worker(Group group, Watching watching, WorkQueue queue, Reconciler reconciler, Runnable taken) {
    this.group = group;
    this.watching = watching;
    this.queue = queue;
    this.reconciler = reconciler;
    this.taken = taken;
  }

  /// Works until its group ends.
  void run() {
    while (true) {
      var key = queue.take();
      taken.run();
      work(key);
    }
  }

  private void work(ObjectKey key) {
    var hand = new Hand();
    var end = reconcile(key, hand);
    for (Write write : hand.writes())
      for (Cache<?> cache : watching.cachesOf(write)) catchUp(cache, write);
    switch (end) {
      case End.Came(Outcome.Settled _) -> queue.settled(key);
      case End.Came(Outcome.Again(var after)) -> queue.again(key, after, hand.versions());
      case End.Conflicted() -> queue.conflicted(key, hand.versions());
      case End.Failed() -> queue.failed(key, hand.versions());
    }
  }

  private End reconcile(ObjectKey key, Hand hand) {
    try {
      return new End.Came(
          ScopedValue.where(watching.hand(), hand).call(() -> reconciler.reconcile(key)));
    } catch (Stopped stopped) {
      group.sleep(Duration.ZERO); // leaves if it is our group that ends, not the one we called
      return failed("reconcile", key, stopped);
    } catch (KubeException refused) {
      if (refused.isConflict()) return new End.Conflicted();
      return failed("reconcile", key, refused);
    } catch (RuntimeException broken) {
      return failed("reconcile", key, broken);
    }
  }

  private End failed(String action, ObjectKey key, RuntimeException failure) {
    var message = failure.getMessage();
    var why = message == null ? failure.getClass().getSimpleName() : message;
    watching
        .journal()
        .note(new Entry(Entry.What.FAILED, watching.actor(), action, key.toString(), why));
    return new End.Failed();
  }

  private void catchUp(Cache<?> cache, Write write) {
    var tasks = group.tasks();
    long end = tasks.nanos() + FOR_CACHES.toNanos();
    while (!cache.contains(write)) {
      var gate = group.newGate();
      cache.openAtNext(gate);
      var left = Duration.ofNanos(end - tasks.nanos());
      boolean lost = write instanceof Write.Unsure;
      if (lost || !(cache.contains(write) || gate.await(left))) {
        readLive(cache, write);
        return;
      }
    }
  }

  /// The key stays in hand until the API has answered: handing it out with an old cache could
  /// repeat what was done.
  private void readLive(Cache<?> cache, Write write) {
    for (int tries = 1; true; tries++) {
      try {
        cache.readLive(watching.kube(), write.key());
        return;
      } catch (KubeException refused) {
        failed("read " + cache.kind().name(), write.key(), refused);
        group.sleep(LIVE_READS.after(tries));
        if (cache.contains(write)) return;
      }
    }
  }
}
