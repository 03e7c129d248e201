package dev.moorage.cli.api;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `moor get`: shows objects.
@Command(
    name = "get",
    mixinStandardHelpOptions = true,
    description =
        "Shows objects as kubectl get does: ./moor get pods,pvc; ./moor get pvc data -o yaml.")
public final class GetCommand implements Callable<Integer> {
  @Parameters(
      paramLabel = "KIND",
      arity = "0..*",
      description = "KIND[,KIND] [NAME...], or KIND/NAME..., or all.")
  private List<String> words = new ArrayList<>();

  @Option(
      names = {"-w", "--watch"},
      description = "Then show every change, until Ctrl-C.")
  private boolean watch;

  @Mixin private ShowOptions show = new ShowOptions();
  @Mixin private SelectOptions select = new SelectOptions();
  @Mixin private ServerOptions server = new ServerOptions();
  @Spec private CommandSpec spec = CommandSpec.create();

  /// Made by the command line.
  public GetCommand() {}

  @Override
  public Integer call() {
    return server.ask(spec, () -> get(words, watch, select, show));
  }

  /// @throws IllegalArgumentException when the words are no way to name objects
  static ServerOptions.Conversation get(
      List<String> words, boolean watch, SelectOptions select, ShowOptions show) {
    var targets = Targets.parse(words);
    targets.check(select);
    var _ = select.selection("");
    if (watch) targets.checkSingle();
    return session -> {
      var found = targets.of(session.client().discovery());
      if (!watch) new Getting(session, found, select, show).run();
      else if (found.size() == 1) new Watching(session, found.getFirst(), select, show).run();
      else session.failed("moor: " + words.getFirst() + " is several kinds; watch one of them");
    };
  }
}
