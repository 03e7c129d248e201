package dev.moorage.cli;

import dev.moorage.cli.driver.Drivers;
import picocli.CommandLine.IVersionProvider;

/// The version that `moor --version` prints.
final class Version implements IVersionProvider {
  @Override
  public String[] getVersion() {
    return new String[] {"moor " + Drivers.version()};
  }
}
