package dev.moorage.base.sim;

/// One outside effect that a simulation has seen.
///
/// @param number 1 for the first of the run
/// @param group whose task called, with its outer groups: `node-a/driver`
/// @param what what was done, e.g. `mount`
/// @param on the object it acted on
public record Effect(int number, String group, String what, String on) {

  @Override
  public String toString() {
    return number + " " + group + ": " + what + " " + on;
  }
}
