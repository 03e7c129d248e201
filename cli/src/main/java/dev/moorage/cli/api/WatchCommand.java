package dev.moorage.cli.api;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `moor watch`: shows objects and every change of them.
@Command(
    name = "watch",
    mixinStandardHelpOptions = true,
    description = {
      "Shows objects of one kind and every change of them until Ctrl-C, as get -w.",
      "Goes on by itself when the server was away, and shows what changed meanwhile."
    })
public final class WatchCommand implements Callable<Integer> {
  @Parameters(paramLabel = "KIND", arity = "0..*", description = "KIND [NAME], or KIND/NAME.")
  private List<String> words = new ArrayList<>();

  @Mixin private ShowOptions show = new ShowOptions();
  @Mixin private SelectOptions select = new SelectOptions();
  @Mixin private ServerOptions server = new ServerOptions();
  @Spec private CommandSpec spec = CommandSpec.create();

  /// Made by the command line.
  public WatchCommand() {}

  @Override
  public Integer call() {
    return server.ask(spec, () -> GetCommand.get(words, true, select, show));
  }
}
