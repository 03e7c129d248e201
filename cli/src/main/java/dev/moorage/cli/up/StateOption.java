package dev.moorage.cli.up;

import java.nio.file.Path;
import picocli.CommandLine.Option;

/// The option that says which house is meant.
public final class StateOption {
  @Option(
      names = "--state",
      paramLabel = "DIR",
      defaultValue = StateFolder.DEFAULT,
      description = "The house's folder: objects, volumes, keys (default: ${DEFAULT-VALUE}).")
  private Path state = Path.of(StateFolder.DEFAULT);

  /// Made by the command line.
  public StateOption() {}

  /// The folder.
  public Path folder() {
    return state.toAbsolutePath().normalize();
  }

  /// The file that names the house's server, whether it is there or not.
  public Path kubeconfig() {
    return folder().resolve("kubeconfig");
  }

  /// What to type to mean the house in a folder: nothing for the usual one.
  static String words(Path folder) {
    return folder.equals(Path.of(StateFolder.DEFAULT)) ? "" : " --state " + folder;
  }
}
