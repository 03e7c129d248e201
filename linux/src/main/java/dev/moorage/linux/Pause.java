package dev.moorage.linux;

import dev.moorage.base.Group;
import java.time.Duration;

/// Waits between looks at something that the kernel does not announce: short at first, longer then,
/// and not for ever.
final class Pause {
  private static final Duration FIRST = Duration.ofMillis(1);
  private static final Duration LONGEST = Duration.ofMillis(20);

  private final Group group;
  private final long end;
  private Duration next = FIRST;

  Pause(Group group, Duration atMost) {
    this.group = group;
    this.end = group.tasks().nanos() + atMost.toNanos();
  }

  /// Waits.
  ///
  /// @return false when the time was over already
  boolean again() {
    long left = end - group.tasks().nanos();
    if (left <= 0) return false;
    var rest = Duration.ofNanos(left);
    group.sleep(next.compareTo(rest) < 0 ? next : rest);
    var longer = next.multipliedBy(2);
    next = longer.compareTo(LONGEST) < 0 ? longer : LONGEST;
    return true;
  }
}
