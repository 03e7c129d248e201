package dev.moorage.cli.api;

import dev.moorage.cli.api.Applying.Place;
import dev.moorage.cli.api.Targets.Target;
import dev.moorage.cli.manifest.Manifest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `moor delete`: deletes objects, and waits until they are gone.
@Command(
    name = "delete",
    mixinStandardHelpOptions = true,
    description = "Deletes objects, and waits until they are gone.")
public final class DeleteCommand implements Callable<Integer> {
  private static final String AT_ONCE =
      "Warning: Immediate deletion does not wait for confirmation that the running resource has"
          + " been terminated. The resource may continue to run on the cluster indefinitely.";

  @Parameters(
      paramLabel = "KIND",
      arity = "0..*",
      description = "KIND[,KIND] NAME..., or KIND/NAME..., or KIND with -l or --all.")
  private List<String> words = new ArrayList<>();

  @Mixin private FileOption files = new FileOption();
  @Mixin private SelectOptions select = new SelectOptions();

  @Option(names = "--all", description = "All objects of the kind, in the namespace.")
  private boolean all;

  @Option(
      names = "--wait",
      paramLabel = "true|false",
      arity = "0..1",
      fallbackValue = "true",
      defaultValue = "true",
      description = "Wait until they are gone (default: ${DEFAULT-VALUE}).")
  private boolean wait = true;

  @Option(
      names = "--timeout",
      paramLabel = "TIME",
      defaultValue = "2m",
      converter = Durations.class,
      description = "How long to wait, 0 for as long as it takes (default: ${DEFAULT-VALUE}).")
  private Duration timeout = Duration.ofMinutes(2);

  @Option(
      names = "--grace-period",
      paramLabel = "SECONDS",
      defaultValue = "-1",
      description = "How long pods may take to end, -1 for their own (default: ${DEFAULT-VALUE}).")
  private long grace = -1;

  @Option(names = "--now", description = "Let pods end within a second.")
  private boolean now;

  @Option(names = "--force", description = "Do not wait for what runs to end; data may be lost.")
  private boolean force;

  @Option(names = "--ignore-not-found", description = "An object that is not there is no failure.")
  private boolean ignoreMissing;

  @Mixin private ServerOptions server = new ServerOptions();
  @Spec private CommandSpec spec = CommandSpec.create();

  /// Made by the command line.
  public DeleteCommand() {}

  @Override
  public Integer call() {
    return server.ask(spec, () -> files.isGiven() ? ofFiles() : ofWords());
  }

  // What

  private ServerOptions.Conversation ofFiles() {
    if (!words.isEmpty() || select.selects() || all)
      throw new IllegalArgumentException("either -f, or kinds and names");
    var how = how();
    var manifests = files.manifests();
    return session -> {
      var deleting = new Deleting(session, how);
      for (var manifest : manifests) delete(session, deleting, manifest);
      if (wait) deleting.await(timeout);
    };
  }

  private static void delete(Session session, Deleting deleting, Manifest manifest) {
    try {
      var place = Place.of(session, manifest);
      deleting.delete(place.kind(), place.key());
    } catch (Place.Nowhere nowhere) {
      session.failed("moor: " + manifest.place() + ": " + nowhere.getMessage());
    }
  }

  private ServerOptions.Conversation ofWords() {
    var targets = Targets.parse(words);
    targets.check(select);
    if (targets.haveNames() && all)
      throw new IllegalArgumentException("names and --all cannot be given together");
    if (!targets.haveNames() && !select.selects() && !all)
      throw new IllegalArgumentException("say which: a name, -l LABELS, or --all");
    var _ = select.selection("");
    var how = how();
    return session -> {
      var deleting = new Deleting(session, how);
      for (var target : targets.of(session.client().discovery())) delete(session, deleting, target);
      if (!targets.haveNames() && !deleting.any()) session.remark("No resources found");
      if (wait) deleting.await(timeout);
    };
  }

  private void delete(Session session, Deleting deleting, Target target) {
    var kind = target.resource().kind();
    if (target.names().isEmpty()) deleting.delete(kind, select.selection(session.namespace()));
    target.names().forEach(name -> deleting.delete(kind, session.key(kind, name)));
  }

  // How

  /// With the rules of kubectl's: grace 0 needs `--force`.
  private Deleting.How how() {
    if (now && grace != -1)
      throw new IllegalArgumentException("--now and --grace-period cannot be given together");
    if (force && grace > 0)
      throw new IllegalArgumentException("--force and a --grace-period above 0 contradict");
    if (force) spec.commandLine().getErr().println(AT_ONCE);
    return new Deleting.How(graceSeconds(), force, ignoreMissing);
  }

  private long graceSeconds() {
    if (force) return now ? 1 : 0;
    if (now || grace == 0) return 1;
    return Math.max(grace, -1);
  }
}
