package dev.moorage.bench;

import dev.moorage.base.Group;
import dev.moorage.base.ObjectKey;
import dev.moorage.kube.Kind;
import dev.moorage.kube.Kube;
import dev.moorage.kube.KubeException;
import dev.moorage.kube.Selection;
import dev.moorage.kube.View;
import dev.moorage.kube.Watch.Change;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

/// Counts objects that are as hoped, by watching.
final class Tally<T extends View> {
  private static final Duration PAUSE = Duration.ofMillis(50);

  private final Group group;
  private final Kube kube;
  private final Kind<T> kind;
  private final Predicate<T> hope;

  Tally(Group group, Kube kube, Kind<T> kind, Predicate<T> hope) {
    this.group = group;
    this.kube = kube;
    this.kind = kind;
    this.hope = hope;
  }

  /// Waits until so many are.
  void await(int count, Duration atMost) {
    long end = group.tasks().nanos() + atMost.toNanos();
    while (true) {
      var listed = kube.list(kind, Selection.ALL);
      Set<ObjectKey> met = new TreeSet<>();
      for (T one : listed.items()) if (hope.test(one)) met.add(one.key());
      try (var watch = kube.watch(kind, Selection.ALL, listed.version())) {
        while (met.size() != count) {
          var left = Duration.ofNanos(end - group.tasks().nanos());
          if (!left.isPositive())
            throw new IllegalStateException(
                "%d objects of kind %s were as hoped after %d s, not %d"
                    .formatted(met.size(), kind.name(), atMost.toSeconds(), count));
          watch.next(left).ifPresent(change -> count(met, change));
        }
        return;
      } catch (KubeException streamEnded) {
        group.sleep(PAUSE);
      }
    }
  }

  private void count(Set<ObjectKey> met, Change<T> change) {
    switch (change) {
      case Change.Added<T>(var now) -> look(met, now);
      case Change.Modified<T>(var now) -> look(met, now);
      case Change.Deleted<T>(var last) -> met.remove(last.key());
      case Change.Bookmark<T> _ -> {}
    }
  }

  private void look(Set<ObjectKey> met, T now) {
    if (hope.test(now)) met.add(now.key());
    else met.remove(now.key());
  }
}
