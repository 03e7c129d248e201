package dev.moorage.base.live;

import dev.moorage.base.Stopped;
import java.time.Duration;

/// What the live bodies share.
final class Live {
  private Live() {}

  /// A duration in nanoseconds, 292 years at most.
  static long nanos(Duration duration) {
    try {
      return duration.toNanos();
    } catch (ArithmeticException tooLong) {
      return duration.isNegative() ? 0 : Long.MAX_VALUE;
    }
  }

  /// A body's failure as its awaiter sees it: thrown here when unchecked, returned wrapped
  /// otherwise.
  static RuntimeException unchecked(Throwable failure, String where) {
    return switch (failure) {
      case RuntimeException e -> throw e;
      case Error e -> throw e;
      case InterruptedException _ -> new Stopped(where);
      default -> new IllegalStateException(where + " failed: " + failure.getMessage(), failure);
    };
  }
}
