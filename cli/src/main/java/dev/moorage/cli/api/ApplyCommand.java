package dev.moorage.cli.api;

import dev.moorage.kubeclient.Writing;
import dev.moorage.kubeclient.Writing.Validation;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `moor apply`: brings objects to what manifests say.
@Command(
    name = "apply",
    mixinStandardHelpOptions = true,
    description = {
      "Creates the objects of manifests, or changes those that are there; may take turns with kubectl apply.",
      "Lists are merged by the keys that Kubernetes gives their items; a list without keys, or of a custom kind, is replaced as a whole."
    })
public final class ApplyCommand implements Callable<Integer> {
  /// With the words that kubectl has for them.
  private static final Map<String, Validation> VALIDATIONS =
      Map.of(
          "strict", Validation.STRICT,
          "true", Validation.STRICT,
          "warn", Validation.WARN,
          "ignore", Validation.IGNORE,
          "false", Validation.IGNORE);

  @Mixin private FileOption files = new FileOption();

  @Option(
      names = "--dry-run",
      paramLabel = "server",
      arity = "0..1",
      fallbackValue = "server",
      defaultValue = "none",
      description = "Let the server do everything but store (default: ${DEFAULT-VALUE}).")
  private String dryRun = "none";

  @Option(
      names = "--validate",
      paramLabel = "HOW",
      arity = "0..1",
      fallbackValue = "strict",
      defaultValue = "strict",
      description =
          "What happens to unknown and duplicate fields: strict, warn or ignore (default: ${DEFAULT-VALUE}).")
  private String validate = "strict";

  @Mixin private ServerOptions server = new ServerOptions();
  @Spec private CommandSpec spec = CommandSpec.create();

  /// Made by the command line.
  public ApplyCommand() {}

  @Override
  public Integer call() {
    return server.ask(spec, this::applied);
  }

  private ServerOptions.Conversation applied() {
    if (!files.isGiven())
      throw new IllegalArgumentException("say what to apply: -f FILE, -f FOLDER or -f -");
    boolean dry = dry();
    var validation = validation();
    var manifests = files.manifests();
    return session -> {
      var writing =
          new Writing(dry, validation, "moor", warning -> session.remark("Warning: " + warning));
      var applying = new Applying(session, writing);
      manifests.forEach(applying::apply);
    };
  }

  private boolean dry() {
    return switch (dryRun) {
      case "none" -> false;
      case "server" -> true;
      default ->
          throw new IllegalArgumentException(
              "--dry-run is server or none, not "
                  + dryRun
                  + "; moor asks the server, which knows best");
    };
  }

  private Validation validation() {
    var known = VALIDATIONS.get(validate);
    if (known == null)
      throw new IllegalArgumentException("--validate is strict, warn or ignore, not " + validate);
    return known;
  }
}
