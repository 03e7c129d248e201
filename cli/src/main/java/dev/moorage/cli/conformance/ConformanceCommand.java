package dev.moorage.cli.conformance;

import dev.moorage.base.Bytes;
import dev.moorage.base.live.LiveEntropy;
import dev.moorage.cli.api.Durations;
import dev.moorage.cli.live.Size;
import dev.moorage.conformance.Conformance;
import dev.moorage.conformance.Options;
import dev.moorage.csi.Secrets;
import java.io.Console;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `moor conformance`: checks a driver.
@Command(
    name = "conformance",
    mixinStandardHelpOptions = true,
    description = {
      "Checks whether a CSI driver, in any language, keeps the rules: the specification's and those of Kubernetes.",
      "Start the driver first, with nothing in it that matters; run this on its node, with the right to read and write what it mounts.",
      "Exit code: 0 when every rule that was checked holds, 1 when one does not, 2 for wrong use or where no driver answers."
    })
public final class ConformanceCommand implements Callable<Integer> {
  private static final long MOST_SEEDS = 1_000_000;

  @Parameters(
      arity = "0..1",
      paramLabel = "ENDPOINT",
      description = "The driver's socket: unix:///path.sock")
  private @Nullable String endpoint;

  @Option(names = "--list", description = "Only list the checks, with their rules and sources.")
  private boolean list;

  @Option(
      names = "--only",
      paramLabel = "GLOB",
      defaultValue = "",
      description = "Only the checks of these ids, for example controller.create.* (default: all).")
  private String only = "";

  @Option(
      names = "--skip",
      paramLabel = "ID=REASON",
      description =
          "Leave a check out; the reason stands in the report. May be given again (default: none).")
  private Map<String, String> skip = Map.of();

  @Option(
      names = "--secrets",
      paramLabel = "FILE",
      description =
          "YAML with the secrets of each call, as csi-sanity reads it: CreateVolumeSecret: {key: value} (default: no secrets).")
  private @Nullable Path secrets;

  @Option(
      names = "--parameters",
      paramLabel = "KEY=VALUE",
      description = "A parameter of the StorageClass. May be given again (default: none).")
  private Map<String, String> parameters = Map.of();

  @Option(
      names = "--mutable-parameters",
      paramLabel = "KEY=VALUE",
      description = "A parameter of the VolumeAttributesClass. May be given again (default: none).")
  private Map<String, String> mutable = Map.of();

  @Option(
      names = "--snapshot-parameters",
      paramLabel = "KEY=VALUE",
      description = "A parameter of the VolumeSnapshotClass. May be given again (default: none).")
  private Map<String, String> snapshots = Map.of();

  @Option(
      names = "--fs-type",
      paramLabel = "TYPE",
      defaultValue = "",
      description = "The filesystem to ask for (default: the driver's own).")
  private String fsType = "";

  @Option(
      names = "--size",
      paramLabel = "SIZE",
      defaultValue = "1Gi",
      converter = Size.class,
      description =
          "Size of an ordinary volume (default: ${DEFAULT-VALUE}); up to eight are there at once.")
  private Bytes size = Bytes.gibi(1);

  @Option(
      names = "--max-size",
      paramLabel = "SIZE",
      defaultValue = "64Ti",
      converter = Size.class,
      description = "Leave out checks that ask for more (default: ${DEFAULT-VALUE}).")
  private Bytes largest = Bytes.gibi(64 << 10);

  @Option(
      names = "--attach-limit",
      paramLabel = "N",
      defaultValue = "0",
      description =
          "Try the node's limit of volumes where it is at most so many (default: do not try).")
  private int attachLimit;

  @Option(
      names = "--restart-command",
      paramLabel = "CMD",
      description =
          "Kills the driver (kill -9) and starts it again in the background; without it, checks of restarts are not run (default: none).")
  private @Nullable String restart;

  @Option(
      names = "--staging-dir",
      paramLabel = "DIR",
      defaultValue = "/var/tmp",
      description =
          "Where a folder for staging and target paths is made, and removed (default: ${DEFAULT-VALUE}).")
  private Path folder = Path.of("/var/tmp");

  @Option(
      names = "--timeout",
      paramLabel = "TIME",
      defaultValue = "30s",
      converter = Durations.class,
      description = "Deadline of each call (default: ${DEFAULT-VALUE}).")
  private Duration timeout = Duration.ofSeconds(30);

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "Where names begin; the same seed gives the same names (default: a new one).")
  private @Nullable Long seed;

  @Option(
      names = "--junit",
      paramLabel = "FILE",
      description = "Write the report as JUnit XML (default: nowhere).")
  private @Nullable Path junit;

  @Option(
      names = "--html",
      paramLabel = "FILE",
      description =
          "Write the report as a page, with the calls of each failure (default: nowhere).")
  private @Nullable Path html;

  @Spec private CommandSpec spec = CommandSpec.create();

  /// Made by the command line.
  public ConformanceCommand() {}

  @Override
  public Integer call() {
    var out = spec.commandLine().getOut();
    if (list) {
      for (var check : Conformance.checks())
        out.println(check.id() + ": " + check.says() + " [" + check.source() + "]");
      return 0;
    }
    if (endpoint == null)
      throw wrong("say which driver, for example: ./moor conformance unix:///path.sock");
    refuseUnknownSkips();
    var files = new LiveConformance.Reports(Optional.ofNullable(junit), Optional.ofNullable(html));
    var live =
        new LiveConformance(new Progress(out, isTerminal()), files, spec.commandLine().getErr());
    try {
      return live.check(endpoint, folder, Optional.ofNullable(restart), this::options);
    } catch (IllegalArgumentException wrong) {
      throw wrong(wrong.getMessage());
    }
  }

  private void refuseUnknownSkips() {
    var ids = Conformance.checks().stream().map(its -> its.id()).toList();
    for (var id : new TreeMap<>(skip).keySet())
      if (!ids.contains(id)) throw wrong("--skip: there is no check " + id + "; see --list");
  }

  private Options options(String runFolder) {
    return new Options(
        new Options.Wanted(fsType, parameters, mutable, snapshots, size),
        secrets == null ? Map.<String, Secrets>of() : SecretsFile.read(secrets),
        new Options.Choice(skip, only),
        runFolder,
        seed == null ? (long) (new LiveEntropy().fraction() * MOST_SEEDS) : seed,
        new Options.Limits(timeout, attachLimit, largest));
  }

  private ParameterException wrong(@Nullable String message) {
    return new ParameterException(spec.commandLine(), message);
  }

  private static boolean isTerminal() {
    return Optional.ofNullable(System.console()).filter(Console::isTerminal).isPresent();
  }
}
