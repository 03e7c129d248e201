package dev.moorage.drivermain;

/// A flag of a driver's command line.
///
/// @param name without dashes, in kebab-case
/// @param takes what its value looks like, for the help; empty for a flag that is set or not
/// @param byDefault its value where it is not given
/// @param help one sentence
record Flag(String name, String takes, String byDefault, String help) {
  Flag {
    if (!name.matches("[a-z][a-z0-9-]*"))
      throw new IllegalArgumentException("a flag's name is like pool-size, this is not: " + name);
  }

  /// A flag that is set or not; its value is `true` or `false`.
  static Flag truth(String name, String help) {
    return new Flag(name, "", "false", help);
  }

  boolean isTruth() {
    return takes.isEmpty();
  }

  Flag withDefault(String value) {
    return new Flag(name, takes, value, help);
  }

  /// As the help shows it.
  String lines() {
    var named = (name.length() == 1 ? "  -" : "  --") + name + (isTruth() ? "" : " " + takes);
    var last = byDefault.isEmpty() || isTruth() ? "" : " (default: " + byDefault + ")";
    return named + "\n        " + help + last;
  }
}
