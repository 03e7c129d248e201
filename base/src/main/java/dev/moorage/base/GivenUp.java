package dev.moorage.base;

import java.time.Duration;

/// A call in a lane took longer than its deadline. It may still run in the kernel: its outcome is
/// unknown.
public final class GivenUp extends RuntimeException {
  /// @param lane the lane's name
  /// @param atMost the deadline that has passed
  public GivenUp(String lane, Duration atMost) {
    super(
        "a call in lane "
            + lane
            + " did not end within "
            + atMost.toMillis()
            + " ms; it is left behind");
  }
}
