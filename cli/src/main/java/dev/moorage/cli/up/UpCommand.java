package dev.moorage.cli.up;

import dev.moorage.base.Bytes;
import dev.moorage.cli.live.Size;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// `moor up`: starts a house and keeps it running.
@Command(
    name = "up",
    mixinStandardHelpOptions = true,
    description = {
      "Starts a Kubernetes of one machine, as far as storage needs it: an API for kubectl on the loopback, the control plane, the CSI sidecars, a node"
          + " that runs pods as processes of this machine, and our loop driver, a driver of yours, or both.",
      "Runs until Ctrl-C: then pods are ended and volumes unmounted; objects and data stay in the state folder for the next start."
    })
public final class UpCommand implements Callable<Integer> {
  @Mixin private StateOption state = new StateOption();

  @Option(
      names = "--detach",
      description = "Go on in the background once everything is ready; moor down ends it.")
  private boolean detach;

  @Option(
      names = "--driver",
      paramLabel = "unix:///PATH",
      description =
          "A running CSI driver's socket, in any language; may be given several times. It may come later, go away and come back (default: none).")
  private List<String> drivers = new ArrayList<>();

  @Option(names = "--no-loop", description = "Start without our loop driver.")
  private boolean noLoop;

  @Option(
      names = "--pool-size",
      paramLabel = "SIZE",
      defaultValue = "4Gi",
      converter = Size.class,
      description =
          "Size of the loop driver's pool when it is made, allocated in full (default: ${DEFAULT-VALUE}; at least 512Mi).")
  private Bytes poolSize = Bytes.gibi(4);

  @Option(
      names = "--port",
      paramLabel = "N",
      description =
          "The API's port on the loopback; 0 for any free one (default: the one it had last).")
  private @Nullable Integer port;

  @Option(
      names = "--node-name",
      paramLabel = "NAME",
      description =
          "Name of the machine's Node when the state is new (default: made of the host's name).")
  private @Nullable String node;

  @Option(
      names = {"-q", "--quiet"},
      description = "Say nothing about single steps.")
  private boolean quiet;

  @Option(
      names = {"-v", "--verbose"},
      description = "Say what each part decides, too.")
  private boolean verbose;

  @Spec private CommandSpec spec = CommandSpec.create();

  /// Made by the command line.
  public UpCommand() {}

  @Override
  public Integer call() {
    var settings = settings();
    var out = spec.commandLine().getOut();
    if (!detach) return new LiveUp(settings, out).run();
    return new Detached(settings.state(), out)
        .start(spec.root().commandLine().getParseResult().originalArgs());
  }

  private UpSettings settings() {
    try {
      return new UpSettings(
          state.folder(),
          drivers.stream().map(UpCommand::endpoint).distinct().toList(),
          noLoop ? Optional.empty() : Optional.of(poolSize),
          port == null ? OptionalInt.empty() : OptionalInt.of(checkedPort(port)),
          Optional.ofNullable(node).map(UpCommand::checkedNode),
          told());
    } catch (IllegalArgumentException wrong) {
      throw new ParameterException(spec.commandLine(), wrong.getMessage());
    }
  }

  private StepLines.Told told() {
    if (quiet) return StepLines.Told.NOTHING;
    return verbose ? StepLines.Told.ALL : StepLines.Told.STEPS;
  }

  private static String endpoint(String text) {
    var path = text.startsWith("unix:") ? text.replaceFirst("^unix:(//)?", "") : text;
    if (!path.startsWith("/"))
      throw new IllegalArgumentException(
          "--driver " + text + " is no Unix socket's address; it looks like unix:///path/csi.sock");
    return "unix://" + Path.of(path).normalize();
  }

  private static int checkedPort(int port) {
    if (port < 0 || port > 65_535)
      throw new IllegalArgumentException("--port is a number from 0 to 65535, not " + port);
    return port;
  }

  private static String checkedNode(String name) {
    if (!NodeNames.isName(name))
      throw new IllegalArgumentException(
          "--node-name "
              + name
              + " is no node's name: small letters, digits and '-', at most "
              + NodeNames.LONGEST);
    return name;
  }
}
