package dev.moorage.base;

import java.time.Duration;

/// How long to wait before the next try of something that failed: doubling from `first` up to
/// `most`.
///
/// @param first wait after the first failure, positive
/// @param most the longest wait, not below `first`
public record Backoff(Duration first, Duration most) {
  /// @throws IllegalArgumentException when `first` is not positive or `most` is below it
  public Backoff {
    if (!first.isPositive())
      throw new IllegalArgumentException("first wait must be positive: " + first);
    if (most.compareTo(first) < 0)
      throw new IllegalArgumentException("longest wait is below the first: " + most);
  }

  /// The wait after so many failures in a row.
  ///
  /// @param failures 1 for the first failure; smaller counts as 1
  public Duration after(int failures) {
    int doublings = Math.clamp(failures - 1L, 0, 40);
    var wait = Duration.ofMillis(first.toMillis() << Math.min(doublings, 30));
    return wait.compareTo(most) > 0 || wait.isNegative() ? most : wait;
  }
}
