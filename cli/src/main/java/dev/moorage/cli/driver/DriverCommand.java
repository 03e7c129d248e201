package dev.moorage.cli.driver;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// `moor driver`, as the list of commands shows it. The command itself never comes here: it is run
/// by [Drivers], without the library that makes this list.
@Command(
    name = "driver",
    description =
        "Serves one of our CSI drivers as a process of its own; moor driver --help tells which.")
public final class DriverCommand implements Runnable {
  @Spec private CommandSpec spec = CommandSpec.create();

  /// Made by the command line.
  public DriverCommand() {}

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(), "say which driver, for example: ./moor driver loop --help");
  }
}
