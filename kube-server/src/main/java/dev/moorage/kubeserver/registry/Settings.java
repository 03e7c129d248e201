package dev.moorage.kubeserver.registry;

import dev.moorage.base.Check;
import java.time.Duration;

/// How the registry is run.
///
/// @param history writes of each kind that watches and pages can go back, 1 or more
/// @param bookmarkEvery how long a quiet watch waits before it says how far it has come
/// @param eventsLast how long an event stays after its last change
/// @param eventsAtMost events of one namespace, 10 or more; where they are more, the oldest go
public record Settings(int history, Duration bookmarkEvery, Duration eventsLast, int eventsAtMost) {
  private static final int FEWEST_EVENTS = 10;

  /// 1,024 writes of each kind; a bookmark each minute; events for an hour, 5,000 in a namespace.
  public static final Settings DEFAULT =
      new Settings(1024, Duration.ofMinutes(1), Duration.ofHours(1), 5000);

  /// @throws IllegalStateException when a value is out of range
  public Settings {
    Check.that(history > 0, "a registry remembers at least one write");
    Check.that(bookmarkEvery.isPositive(), "bookmarks have some time between them");
    Check.that(eventsLast.isPositive(), "events stay for some time");
    Check.that(eventsAtMost >= FEWEST_EVENTS, "a namespace has room for some events");
  }

  /// The same, with another history.
  public Settings remembering(int writes) {
    return new Settings(writes, bookmarkEvery, eventsLast, eventsAtMost);
  }

  /// The same, with events that go earlier or later.
  public Settings keepingEvents(Duration last, int atMost) {
    return new Settings(history, bookmarkEvery, last, atMost);
  }
}
