package dev.moorage.controller;

import dev.moorage.base.Backoff;
import dev.moorage.base.Gate;
import dev.moorage.base.Group;
import dev.moorage.base.Journal;
import dev.moorage.base.Journal.Entry;
import dev.moorage.base.Stopped;
import dev.moorage.kube.Kube;
import dev.moorage.kube.KubeException;
import dev.moorage.kube.KubeException.Reason;
import dev.moorage.kube.View;
import java.time.Duration;

/// Keeps one cache like the API: list, then watch from there; list again only when the watch's
/// version has expired.
final class Reflector<T extends View> {
  private static final Backoff BACKOFF =
      new Backoff(Duration.ofMillis(200), Duration.ofSeconds(30));
  private static final Duration WAIT_FOR_CHANGE = Duration.ofMinutes(10);

  private final Group group;
  private final String actor;
  private final Kube kube;
  private final Journal journal;
  private final Cache<T> cache;
  private final Gate filled;

  /// Used by the reflector's task alone.
  private int failures;

  Reflector(Group group, String actor, Kube kube, Journal journal, Cache<T> cache) {
    this.group = group;
    this.actor = actor;
    this.kube = kube;
    this.journal = journal;
    this.cache = cache;
    this.filled = group.newGate();
  }

  /// Opens when the first list is in the cache.
  Gate filled() {
    return filled;
  }

  /// Works until its group ends.
  void run() {
    boolean listed = false;
    while (true) {
      try {
        if (!listed) list();
        listed = true;
        follow();
      } catch (Stopped stopped) {
        group.sleep(Duration.ZERO); // leaves if it is our group that ends, not the API's
        waitAfter(stopped);
      } catch (KubeException refused) {
        if (refused.reason() == Reason.Expired) listed = false;
        waitAfter(refused);
      } catch (RuntimeException broken) {
        listed = false;
        waitAfter(broken);
      }
    }
  }

  private void list() {
    cache.fill(kube.list(cache.kind(), cache.selection()));
    filled.open();
  }

  private void follow() {
    try (var watch = kube.watch(cache.kind(), cache.selection(), cache.version())) {
      while (true) {
        watch.next(WAIT_FOR_CHANGE).ifPresent(cache::apply);
        failures = 0;
      }
    }
  }

  private void waitAfter(RuntimeException failure) {
    failures++;
    journal.note(
        new Entry(
            Entry.What.FAILED,
            actor,
            "watch " + cache.kind().name(),
            cache.kind().resource(),
            String.valueOf(failure.getMessage())));
    group.sleep(BACKOFF.after(failures));
  }
}
