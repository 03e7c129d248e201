package dev.moorage.base;

/// A dead group's task met a door. Only `base` catches this; clean-up code that still unwinds
/// changes nothing.
public final class Killed extends Error {
  /// @param group the dead group's name
  public Killed(String group) {
    super("group " + group + " is dead", null, false, false);
  }
}
