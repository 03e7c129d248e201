package dev.moorage.kubeserver.registry;

/// Versions of objects and lists: revisions in decimal.
final class Versions {
  private Versions() {}

  static long parse(String version) {
    if (version.matches("\\d{1,18}")) return Long.parseLong(version);
    throw Refusals.badRequest(
        "resourceVersion: Invalid value: \"" + version + "\": must be a whole number");
  }
}
