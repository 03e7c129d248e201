package dev.moorage.kubeserver.registry;

import dev.moorage.base.Check;
import java.time.Duration;

/// How the registry is run.
///
/// @param history writes of each kind that watches and pages can go back, 1 or more
/// @param bookmarkEvery how long a quiet watch waits before it says how far it has come
public record Settings(int history, Duration bookmarkEvery) {
  /// 4,096 writes of each kind; a bookmark each minute.
  public static final Settings DEFAULT = new Settings(4096, Duration.ofMinutes(1));

  /// @throws IllegalStateException when a value is out of range
  public Settings {
    Check.that(history > 0, "a registry remembers at least one write");
    Check.that(bookmarkEvery.isPositive(), "bookmarks have some time between them");
  }
}
