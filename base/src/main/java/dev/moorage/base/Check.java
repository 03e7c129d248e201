package dev.moorage.base;

/// Checks that are always on: a failed one is an error of the program, stops the step and is
/// reported by the runner.
public final class Check {
  private Check() {}

  /// Stops the step unless the condition holds.
  ///
  /// @param rule what must hold, as a sentence
  /// @throws IllegalStateException when it does not hold
  public static void that(boolean holds, String rule) {
    if (!holds) throw new IllegalStateException("broken rule: " + rule);
  }
}
