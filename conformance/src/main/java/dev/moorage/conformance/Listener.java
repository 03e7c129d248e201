package dev.moorage.conformance;

/// Is told what happens, as it happens.
public interface Listener {
  /// Nobody listens.
  static Listener none() {
    return new Listener() {};
  }

  /// A check begins.
  ///
  /// @param number from 1
  /// @param of how many there are
  default void begins(About about, int number, int of) {}

  /// Whether to go on. Once false, the check at work cleans up and no other is run.
  default boolean goesOn() {
    return true;
  }

  /// A check is done.
  default void ended(Result result) {}
}
