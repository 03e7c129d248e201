package dev.moorage.controller;

/// Compares resource versions, which are decimal and grow with every write of the whole store.
final class Versions {
  private Versions() {}

  /// Whether one version is the other or a later one; the empty version comes before all.
  static boolean reaches(String version, String other) {
    return version.length() == other.length()
        ? version.compareTo(other) >= 0
        : version.length() > other.length();
  }

  /// The later of both.
  static String later(String one, String other) {
    return reaches(one, other) ? one : other;
  }
}
