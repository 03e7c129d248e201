package dev.moorage.conformance;

/// Kills the driver and starts it again.
public interface Restart {
  /// Returns once the driver was killed and is starting; it need not serve yet.
  void killAndStart();
}
