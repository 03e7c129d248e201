package dev.moorage.cli.api;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `moor describe`: tells all about objects.
@Command(
    name = "describe",
    mixinStandardHelpOptions = true,
    description = "Tells all about objects, what they are related to, and the events about them.")
public final class DescribeCommand implements Callable<Integer> {
  @Parameters(
      paramLabel = "KIND",
      arity = "0..*",
      description = "KIND[,KIND] [NAME...], or KIND/NAME...")
  private List<String> words = new ArrayList<>();

  @Mixin private SelectOptions select = new SelectOptions();
  @Mixin private ServerOptions server = new ServerOptions();
  @Spec private CommandSpec spec = CommandSpec.create();

  /// Made by the command line.
  public DescribeCommand() {}

  @Override
  public Integer call() {
    return server.ask(spec, this::described);
  }

  private ServerOptions.Conversation described() {
    var targets = Targets.parse(words);
    targets.check(select);
    var _ = select.selection("");
    return session -> {
      var describing = new Describing(session);
      for (var target : targets.of(session.client().discovery()))
        describing.describe(target, select.selection(session.namespace()));
      if (!describing.any() && session.exitCode() == 0) session.remark("No resources found");
    };
  }
}
