package dev.moorage.stack.stories;

import dev.moorage.base.Group;
import dev.moorage.base.ObjectKey;
import dev.moorage.kube.Event;
import dev.moorage.kube.Kind;
import dev.moorage.kube.Kinds;
import dev.moorage.kube.Kube;
import dev.moorage.kube.KubeException;
import dev.moorage.kube.Selection;
import dev.moorage.kube.View;
import dev.moorage.kube.Watch.Change;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Predicate;

/// Waits for what a story hopes for, by watching; when it does not come, says what the events say.
public final class Waiting {
  private static final Duration PAUSE = Duration.ofMillis(100);

  private final Kube kube;
  private final Group group;
  private final Duration atMost;

  /// Waits for nothing yet.
  ///
  /// @param group whose task waits
  /// @param atMost how long each hope may take
  public Waiting(Kube kube, Group group, Duration atMost) {
    this.kube = kube;
    this.group = group;
    this.atMost = atMost;
  }

  /// Waits until an object is as hoped.
  ///
  /// @throws StoryFailed when it is not in time
  public <T extends View> T until(Kind<T> kind, ObjectKey key, String hope, Predicate<T> test) {
    return watch(kind, key, hope, found -> found.filter(test).isPresent()).orElseThrow();
  }

  /// Waits until an object is gone.
  ///
  /// @throws StoryFailed when it is not in time
  public void gone(Kind<?> kind, ObjectKey key) {
    var _ = watch(kind, key, "is gone", Optional::isEmpty);
  }

  private <T extends View> Optional<T> watch(
      Kind<T> kind, ObjectKey key, String hope, Predicate<Optional<T>> test) {
    long end = group.tasks().nanos() + atMost.toNanos();
    while (true) {
      var listed = kube.list(kind, Selection.of(key));
      Optional<T> now = listed.items().stream().findFirst();
      if (test.test(now)) return now;
      try (var watch = kube.watch(kind, Selection.of(key), listed.version())) {
        while (!test.test(now)) {
          var change = watch.next(left(end, kind, key, hope));
          if (change.isPresent()) now = after(change.get(), now);
        }
        return now;
      } catch (KubeException streamEnded) { // the server starts again, or has forgotten our version
        var _ = left(end, kind, key, hope);
        group.sleep(PAUSE);
      }
    }
  }

  private Duration left(long end, Kind<?> kind, ObjectKey key, String hope) {
    var left = Duration.ofNanos(end - group.tasks().nanos());
    if (!left.isPositive()) throw new StoryFailed(missed(kind, key, hope));
    return left;
  }

  private static <T> Optional<T> after(Change<T> change, Optional<T> before) {
    return switch (change) {
      case Change.Added<T>(var added) -> Optional.of(added);
      case Change.Modified<T>(var modified) -> Optional.of(modified);
      case Change.Deleted<T> _ -> Optional.empty();
      case Change.Bookmark<T> _ -> before;
    };
  }

  private String missed(Kind<?> kind, ObjectKey key, String hope) {
    var text = new StringBuilder();
    text.append(kind.name()).append(' ').append(key).append(" should be so that it ").append(hope);
    text.append(", but was not within ").append(atMost.toSeconds()).append(" s. Events:");
    for (Event event : kube.list(Kinds.EVENT, Selection.ALL).items())
      text.append("\n  ")
          .append(event.aboutKind())
          .append(' ')
          .append(event.aboutName())
          .append(": ")
          .append(event.reason())
          .append(": ")
          .append(event.message());
    return text.toString();
  }
}
