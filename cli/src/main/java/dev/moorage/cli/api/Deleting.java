package dev.moorage.cli.api;

import dev.moorage.base.ObjectKey;
import dev.moorage.kube.Deletion;
import dev.moorage.kube.Kind;
import dev.moorage.kube.KubeException;
import dev.moorage.kube.KubeException.Reason;
import dev.moorage.kube.Raw;
import dev.moorage.kube.Selection;
import dev.moorage.kube.Watch;
import dev.moorage.kube.Watch.Change;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Deletes objects one by one, and then waits until all of them are gone.
final class Deleting {
  private static final Duration FOREVER = Duration.ofDays(36_500);

  private final Session session;
  private final How how;
  private final List<Doomed> doomed = new ArrayList<>();

  /// How objects are deleted.
  ///
  /// @param graceSeconds -1 for each object's own
  /// @param ignoreMissing whether an object that is not there is no problem
  record How(long graceSeconds, boolean force, boolean ignoreMissing) {}

  /// What is to be gone.
  private record Doomed(Kind<Raw> kind, ObjectKey key, String uid) {
    @Override
    public String toString() {
      return Names.of(kind) + " \"" + key.name() + "\"";
    }
  }

  Deleting(Session session, How how) {
    this.session = session;
    this.how = how;
  }

  /// All selected objects.
  void delete(Kind<Raw> kind, Selection selection) {
    session
        .client()
        .kube()
        .list(kind, selection)
        .items()
        .forEach(object -> delete(new Doomed(kind, object.key(), object.meta().uid())));
  }

  void delete(Kind<Raw> kind, ObjectKey key) {
    var found = session.client().kube().get(kind, key);
    if (found.isPresent()) delete(new Doomed(kind, key, found.get().meta().uid()));
    else if (!how.ignoreMissing()) session.failed(Sentences.notFound(kind, key.name()));
  }

  private void delete(Doomed one) {
    try {
      session
          .client()
          .kube()
          .delete(one.kind(), one.key(), new Deletion("", "", how.graceSeconds()));
      session.say(List.of(one + (how.force() ? " force deleted" : " deleted")));
      session.out().flush();
      doomed.add(one);
    } catch (KubeException refused) {
      if (!refused.isNotFound() || !how.ignoreMissing()) session.failed(refused);
    }
  }

  boolean any() {
    return !doomed.isEmpty();
  }

  // Waiting

  /// @param atMost zero: as long as it takes
  void await(Duration atMost) {
    var tasks = session.group().tasks();
    long begin = tasks.nanos();
    var all = atMost.isZero() ? FOREVER : atMost;
    for (var one : doomed) {
      var left = all.minusNanos(tasks.nanos() - begin);
      if (!isGone(one, left)) session.failed(remains(one, atMost));
    }
  }

  private boolean isGone(Doomed one, Duration atMost) {
    var tasks = session.group().tasks();
    long begin = tasks.nanos();
    var kube = session.client().kube();
    while (true) {
      var listed = kube.list(one.kind(), Selection.of(one.key()));
      if (listed.items().stream().noneMatch(now -> now.meta().uid().equals(one.uid()))) return true;
      var left = atMost.minusNanos(tasks.nanos() - begin);
      try (var watch = kube.watch(one.kind(), Selection.of(one.key()), listed.version())) {
        if (!sawDeletion(watch, left)) return false;
      } catch (KubeException cut) {
        if (cut.reason() != Reason.Expired) throw cut;
      }
    }
  }

  /// @return whether it is worth another look; false when the time is over
  private boolean sawDeletion(Watch<Raw> watch, Duration atMost) {
    var tasks = session.group().tasks();
    long begin = tasks.nanos();
    while (true) {
      var left = atMost.minusNanos(tasks.nanos() - begin);
      var change = watch.next(left.isNegative() ? Duration.ZERO : left);
      if (change.isPresent() && change.get() instanceof Change.Deleted<Raw>) return true;
      if (change.isEmpty() && !left.isPositive()) return false;
    }
  }

  private String remains(Doomed one, Duration waited) {
    Optional<Raw> now = session.client().kube().get(one.kind(), one.key());
    var holders = now.map(object -> object.meta().finalizers()).orElse(List.of());
    return "moor: "
        + one
        + " is still there after "
        + waited.toString().substring("PT".length()).toLowerCase(Locale.ROOT)
        + (holders.isEmpty() ? "" : "; held by " + String.join(", ", holders))
        + ". See ./moor describe "
        + Names.of(one.kind(), one.key().name())
        + (one.key().namespace().isEmpty() ? "" : " -n " + one.key().namespace());
  }
}
