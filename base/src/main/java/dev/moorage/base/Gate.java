package dev.moorage.base;

import java.time.Duration;

/// A place to wait until another task opens it. A gate opens once and stays open; whoever needs
/// another wait makes a new gate.
public interface Gate {

  /// Waits until the gate is open.
  ///
  /// @param atMost how long; zero or less only looks
  /// @return whether the gate is open
  /// @throws Stopped when the waiting task is interrupted or its group closes
  boolean await(Duration atMost);

  /// Opens the gate for all who wait and all who come. May be called by any task or thread, and
  /// more than once.
  void open();
}
