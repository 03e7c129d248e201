package dev.moorage.cli.up;

import dev.moorage.base.Group;
import dev.moorage.base.live.LiveTasks;
import dev.moorage.cli.live.CommandFailed;
import dev.moorage.cli.live.LiveStack;
import dev.moorage.cli.up.RunNote.Phase;
import dev.moorage.host.Host;
import dev.moorage.linux.LinuxHost;
import dev.moorage.linux.Settings;
import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Starts a house in a process of its own, and waits until it is ready.
final class Detached {
  private static final Duration PAUSE = Duration.ofMillis(20);
  private static final Duration PATIENCE = LiveStack.START.plusSeconds(30);
  private static final int LAST_LINES = 10;
  private static final long LOG_AT_MOST = 10 << 20;

  private final Path state;
  private final PrintWriter out;
  private final LiveTasks tasks = new LiveTasks();
  private final Group group = tasks.group("detach");
  private final Host host = new LinuxHost(group, Settings.DEFAULTS);
  private volatile boolean awaited = true;

  Detached(Path state, PrintWriter out) {
    this.state = state;
    this.out = out;
  }

  /// Starts it, and returns when it is ready.
  ///
  /// @param words the whole command line, `up` and `--detach` included
  /// @return the exit code
  int start(List<String> words) {
    var folder = StateFolder.made(host, state);
    folder.lock().orElseThrow(() -> StateFolder.busy(folder)).close();
    try {
      var child = spawn(folder, words);
      Runtime.getRuntime().addShutdownHook(new Thread(() -> endAwaited(child), "end"));
      try {
        awaitReady(folder, child);
      } finally {
        awaited = false;
      }
      tell(folder, child);
      return 0;
    } catch (IOException failed) {
      throw new CommandFailed("a process of its own cannot be started: " + failed.getMessage());
    }
  }

  /// In a session of its own, so that no terminal's signals reach it.
  private static Process spawn(StateFolder folder, List<String> words) throws IOException {
    var command = new ArrayList<>(List.of("setsid"));
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add("dev.moorage.cli.Moor");
    command.addAll(foreground(folder.path(), words));
    return new ProcessBuilder(command)
        .directory(new File("/"))
        .redirectInput(new File("/dev/null"))
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(freshLog(folder)))
        .start();
  }

  /// The same words for a process that stays: it starts in another folder, so the state's is told
  /// whole.
  static List<String> foreground(Path state, List<String> words) {
    var all = new ArrayList<String>();
    for (int i = 0; i < words.size(); i++) {
      var word = words.get(i);
      if (word.equals("--state")) i++;
      else if (!word.equals("--detach") && !word.startsWith("--state=")) all.add(word);
    }
    all.addAll(List.of("--state", state.toString()));
    return all;
  }

  /// A log that has grown long is put aside once.
  private static File freshLog(StateFolder folder) throws IOException {
    var log = folder.log();
    if (Files.exists(log) && Files.size(log) > LOG_AT_MOST)
      Files.move(
          log, log.resolveSibling(log.getFileName() + ".1"), StandardCopyOption.REPLACE_EXISTING);
    return log.toFile();
  }

  private void awaitReady(StateFolder folder, Process child) throws IOException {
    long end = tasks.nanos() + PATIENCE.toNanos();
    while (note(folder, child).filter(note -> note.phase() == Phase.READY).isEmpty()) {
      if (!child.isAlive())
        throw new CommandFailed("it did not start; it said:\n" + lastLines(folder));
      if (tasks.nanos() > end)
        throw new CommandFailed(
            "it is not ready after "
                + PATIENCE.toSeconds()
                + " s and goes on trying; what it said last:\n"
                + lastLines(folder));
      group.sleep(PAUSE);
    }
  }

  private static Optional<RunNote> note(StateFolder folder, Process child) {
    return folder.note().filter(note -> note.pid() == child.pid());
  }

  private static String lastLines(StateFolder folder) throws IOException {
    var lines = Files.readAllLines(folder.log());
    return String.join("\n", lines.subList(Math.max(0, lines.size() - LAST_LINES), lines.size()));
  }

  private void tell(StateFolder folder, Process child) {
    var url = note(folder, child).map(RunNote::url).orElse("");
    out.println("Ready: API at " + url + ", process " + child.pid() + ", log in " + folder.log());
    NextSteps.after(folder.kubeconfig()).forEach(out::println);
    out.println(
        "It goes on in the background until: ./moor down" + StateOption.words(folder.path()));
    out.flush();
  }

  /// Whoever interrupts the wait wants no house.
  private void endAwaited(Process child) {
    if (awaited) child.destroy();
  }
}
