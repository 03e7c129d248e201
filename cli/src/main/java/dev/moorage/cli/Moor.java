package dev.moorage.cli;

import dev.moorage.base.GivenUp;
import dev.moorage.cli.api.ApplyCommand;
import dev.moorage.cli.api.DeleteCommand;
import dev.moorage.cli.api.DescribeCommand;
import dev.moorage.cli.api.GetCommand;
import dev.moorage.cli.api.WatchCommand;
import dev.moorage.cli.conformance.ConformanceCommand;
import dev.moorage.cli.demo.DemoCommand;
import dev.moorage.cli.driver.DriverCommand;
import dev.moorage.cli.driver.Drivers;
import dev.moorage.cli.live.CommandFailed;
import dev.moorage.cli.pool.PoolCommand;
import dev.moorage.cli.up.DownCommand;
import dev.moorage.cli.up.RehearseCommand;
import dev.moorage.cli.up.StatusCommand;
import dev.moorage.cli.up.UpCommand;
import dev.moorage.csi.CsiException;
import dev.moorage.host.HostException;
import dev.moorage.kube.KubeException;
import dev.moorage.kubeclient.NoAccess;
import dev.moorage.kubeserver.store.StoreException;
import dev.moorage.stack.stories.StoryFailed;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.logging.Level;
import java.util.logging.Logger;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.UnmatchedArgumentException;

/// The command `moor`.
@Command(
    name = "moor",
    description = "Takes a Kubernetes claim to a mounted directory.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    subcommands = {
      DemoCommand.class,
      UpCommand.class,
      DownCommand.class,
      StatusCommand.class,
      GetCommand.class,
      DescribeCommand.class,
      ApplyCommand.class,
      DeleteCommand.class,
      WatchCommand.class,
      DriverCommand.class,
      PoolCommand.class,
      ConformanceCommand.class,
      CommandLine.HelpCommand.class,
      RehearseCommand.class
    },
    footer = {"", "Begin with: ./moor demo"})
public final class Moor implements Runnable {
  private static final Logger LIBRARIES = Logger.getLogger("io.grpc");

  @Spec private CommandSpec spec;

  /// Made by [#commandLine].
  Moor() {
    spec = CommandSpec.create();
  }

  /// Runs a command and ends the process with its exit code.
  public static void main(String[] arguments) {
    if (arguments.length > 0 && arguments[0].equals("driver")) Drivers.main(arguments);
    LIBRARIES.setLevel(Level.OFF); // what goes wrong on a connection is its caller's to say
    var out = new PrintWriter(System.out, false, StandardCharsets.UTF_8);
    var err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
    int code = commandLine(out, err).execute(arguments);
    out.flush();
    System.exit(code);
  }

  static CommandLine commandLine(PrintWriter out, PrintWriter err) {
    return new CommandLine(new Moor())
        .setOut(out)
        .setErr(err)
        .setParameterExceptionHandler(Moor::refuse)
        .setExecutionExceptionHandler(Moor::explain);
  }

  /// Wrong use is told in one sentence; the whole help would hide it.
  private static int refuse(ParameterException wrong, String[] arguments) {
    var command = wrong.getCommandLine();
    command.getErr().println("moor: " + sentence(wrong));
    command
        .getErr()
        .println("All options: ./" + command.getCommandSpec().qualifiedName() + " --help");
    return command.getCommandSpec().exitCodeOnInvalidInput();
  }

  private static String sentence(ParameterException wrong) {
    if (!(wrong instanceof UnmatchedArgumentException unknown))
      return String.valueOf(wrong.getMessage());
    var what = unknown.isUnknownOption() ? "there is no option " : "this says nothing to me: ";
    var meant = unknown.getSuggestions();
    return what
        + String.join(" ", unknown.getUnmatched())
        + (meant.isEmpty() ? "" : "; did you mean " + String.join(" or ", meant) + "?");
  }

  /// A failure is a sentence for people; its stack trace only helps when the program itself is
  /// wrong.
  private static int explain(
      Exception failure, CommandLine command, CommandLine.ParseResult parsed) {
    if (isSentence(failure)) {
      command.getErr().println("moor: " + failure.getMessage());
    } else {
      command.getErr().println("moor: this is a mistake in moor itself; please report it:");
      failure.printStackTrace(command.getErr());
    }
    return command.getCommandSpec().exitCodeOnExecutionException();
  }

  private static boolean isSentence(Exception failure) {
    return failure instanceof CommandFailed
        || failure instanceof StoryFailed
        || failure instanceof HostException
        || failure instanceof KubeException
        || failure instanceof CsiException
        || failure instanceof NoAccess
        || failure instanceof StoreException
        || failure instanceof GivenUp;
  }

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(), "say what moor should do, for example: ./moor demo");
  }
}
