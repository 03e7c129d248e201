package dev.moorage.base;

/// A task was asked to leave while it waited. The interrupt flag is restored; callers let this
/// pass.
public final class Stopped extends RuntimeException {
  /// @param where what the task waited for
  public Stopped(String where) {
    super("stopped while waiting: " + where);
  }
}
