package dev.moorage.base;

/// A bounded set of platform threads for kernel calls that share one fate (one pool's disk, one
/// server's mounts).
///
/// @param name the fate, for thread names and error texts
/// @param width how many calls may run at once, 1 or more
public record Lane(String name, int width) {
  /// @throws IllegalArgumentException when the width is below 1
  public Lane {
    if (width < 1) throw new IllegalArgumentException("a lane has at least one place: " + width);
  }
}
