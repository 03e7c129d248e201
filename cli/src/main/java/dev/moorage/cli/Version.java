package dev.moorage.cli;

import picocli.CommandLine.IVersionProvider;

/// The version that `moor --version` prints: the jar's own.
final class Version implements IVersionProvider {
  /// The version of this build.
  static String text() {
    var version = Version.class.getPackage().getImplementationVersion();
    return version == null ? "unpackaged" : version;
  }

  @Override
  public String[] getVersion() {
    return new String[] {"moor " + text()};
  }
}
