package dev.moorage.cli.up;

import dev.moorage.base.Group;
import dev.moorage.base.live.LiveTasks;
import dev.moorage.cli.live.CommandFailed;
import dev.moorage.host.Files.Lock;
import dev.moorage.host.Host;
import dev.moorage.linux.LinuxHost;
import dev.moorage.linux.Settings;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `moor down`: ends a house, or clears what a killed one left.
@Command(
    name = "down",
    mixinStandardHelpOptions = true,
    description = {
      "Ends what moor up started: pods are ended, volumes unmounted. Objects and data stay for the next start, unless --purge.",
      "When moor up was killed, this clears what it left running and mounted."
    })
public final class DownCommand implements Callable<Integer> {
  private static final Duration PAUSE = Duration.ofMillis(20);
  private static final Duration PATIENCE = UpSettings.REST.plusSeconds(30);

  @Mixin private StateOption state = new StateOption();

  @Option(
      names = "--purge",
      description = "Then remove the whole state folder: objects, volumes and their data.")
  private boolean purge;

  @Spec private CommandSpec spec = CommandSpec.create();

  private final LiveTasks tasks = new LiveTasks();
  private final Group group = tasks.group("down");
  private final Host host = new LinuxHost(group, Settings.DEFAULTS);

  /// Made by the command line.
  public DownCommand() {}

  @Override
  public Integer call() {
    var folder = StateFolder.existing(host, state.folder());
    if (folder.isEmpty()) {
      out().println("There is no house in " + state.folder());
      return 0;
    }
    try (var _ = taken(folder.get())) {
      clear(folder.get());
      if (purge) purge(folder.get());
    }
    return 0;
  }

  private PrintWriter out() {
    return spec.commandLine().getOut();
  }

  /// The folder's lock, when who runs there has ended.
  private Lock taken(StateFolder folder) {
    var free = folder.lock();
    if (free.isPresent()) return free.get();
    var runner =
        folder
            .note()
            .flatMap(RunNote::process)
            .orElseThrow(() ->
                new CommandFailed(
                    folder.path() + " is in use by another command; try again when it has ended"));
    out().println("Ending process " + runner.pid() + ": its pods end, its volumes are unmounted…");
    out().flush();
    if (!runner.destroy())
      throw new CommandFailed(
          "process " + runner.pid() + " cannot be told to end; are you its user?");
    return awaitLock(folder, runner);
  }

  private Lock awaitLock(StateFolder folder, ProcessHandle runner) {
    long end = tasks.nanos() + PATIENCE.toNanos();
    for (Optional<Lock> lock = folder.lock(); ; lock = folder.lock()) {
      if (lock.isPresent()) return lock.get();
      if (tasks.nanos() > end)
        throw new CommandFailed(
            "process "
                + runner.pid()
                + " has not ended after "
                + PATIENCE.toSeconds()
                + " s. To end it by force: kill -9 "
                + runner.pid()
                + ", then ./moor down again");
      group.sleep(PAUSE);
    }
  }

  private void clear(StateFolder folder) {
    var remains = folder.remains(group);
    var found = remains.lines();
    if (!found.isEmpty())
      out().println("Clearing what a killed run left: " + found.size() + " things");
    var left = remains.clear();
    if (!left.isEmpty())
      throw new CommandFailed("could not be cleared:\n  " + String.join("\n  ", left));
    folder.forgetNote();
    out()
        .println(
            purge
                ? "Nothing of it runs or is mounted."
                : "Nothing of it runs or is mounted; objects and data are in " + folder.path());
  }

  private void purge(StateFolder folder) {
    var refused = folder.remains(group).removeFolder(folder.lockFile());
    if (refused.isPresent())
      throw new CommandFailed(folder.path() + " could not be removed: " + refused.get());
    out().println("Removed " + folder.path());
  }
}
