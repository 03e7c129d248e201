package dev.moorage.cli.demo;

import dev.moorage.base.Bytes;
import dev.moorage.cli.live.Size;
import java.io.Console;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// `moor demo`: plays the three stories.
@Command(
    name = "demo",
    mixinStandardHelpOptions = true,
    description = {
      "Plays three stories on a throw-away folder, with real sockets, mounts and a pod process: a claim becomes a mounted directory, it"
          + " grows, it goes away. Each step is told as it happens, and proved.",
      "Needs the right to mount (root) and loop devices; without them: --simulated."
    })
public final class DemoCommand implements Callable<Integer> {

  @Option(
      names = "--simulated",
      description =
          "Play in simulated time and on a simulated host; needs no rights. --folder, --more and --pool-size do not matter then.")
  private boolean simulated;

  @Option(
      names = "--pool-size",
      paramLabel = "SIZE",
      defaultValue = "2Gi",
      converter = Size.class,
      description =
          "Size of the driver's pool, allocated in full (default: ${DEFAULT-VALUE}; at least 1536Mi).")
  private Bytes poolSize = Bytes.gibi(2);

  @Option(
      names = "--more",
      paramLabel = "N",
      defaultValue = "10",
      description =
          "How many more claims to take from claim to mount, one after the other (default: ${DEFAULT-VALUE}).")
  private int more;

  @Option(
      names = "--folder",
      paramLabel = "DIR",
      defaultValue = "/var/tmp",
      description = "Where the throw-away folder is made (default: ${DEFAULT-VALUE}).")
  private Path folder = Path.of("/var/tmp");

  @Option(names = "--no-colour", description = "Plain text, as when the output is no terminal.")
  private boolean plain;

  @Spec private CommandSpec spec = CommandSpec.create();

  /// Made by the command line.
  DemoCommand() {}

  @Override
  public Integer call() {
    var settings = settings();
    var out = spec.commandLine().getOut();
    return simulated ? new SimulatedDemo(settings, out).play() : new LiveDemo(settings, out).play();
  }

  private DemoSettings settings() {
    try {
      return new DemoSettings(poolSize, more, parent(), colours());
    } catch (IllegalArgumentException wrong) {
      throw wrong(wrong.getMessage());
    }
  }

  /// Without links, as the kernel's mount table will tell it.
  private Path parent() {
    if (simulated) return folder;
    try {
      var real = folder.toRealPath();
      if (Files.isDirectory(real)) return real;
    } catch (IOException missing) {
      throw wrong("--folder is not there: " + folder);
    }
    throw wrong("--folder is no folder: " + folder);
  }

  private ParameterException wrong(@Nullable String message) {
    return new ParameterException(spec.commandLine(), message);
  }

  private boolean colours() {
    var terminal = Optional.ofNullable(System.console()).filter(Console::isTerminal);
    return !plain && terminal.isPresent() && System.getenv("NO_COLOR") == null;
  }
}
