package dev.moorage.cli.demo;

import dev.moorage.base.Group;
import dev.moorage.base.Stopped;
import dev.moorage.base.live.LiveEntropy;
import dev.moorage.base.live.LiveTasks;
import dev.moorage.cli.live.LiveStack;
import dev.moorage.host.Host;
import dev.moorage.linux.LinuxHost;
import dev.moorage.linux.Rights;
import dev.moorage.linux.Settings;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// The demo for real: what it needs, the folder that it plays in, and its end, however it comes.
final class LiveDemo {
  private static final int INTERRUPTED = 130;
  private static final Duration PAUSE = Duration.ofMillis(10);
  private static final int PAUSES_AT_MOST = 500;

  private final DemoSettings settings;
  private final LiveTasks tasks = new LiveTasks();
  private final Group process = tasks.group("moor");
  private final Group cleaner = tasks.group("cleaner");
  private final Host host = new LinuxHost(cleaner, Settings.DEFAULTS);
  private final Register register = new Register(host);
  private final Narrator narrator;
  private final Summary summary = new Summary();
  private Optional<RunFolder> folder = Optional.empty(); // guarded by this, as are the next two
  private Optional<List<String>> left = Optional.empty(); // what stayed, once the end has come
  private boolean interrupted;

  LiveDemo(DemoSettings settings, PrintWriter out) {
    this.settings = settings;
    this.narrator = new Narrator(out, tasks, settings.colours());
  }

  /// Plays, clears up, and tells the exit code.
  int play() {
    var rights = Rights.of(cleaner);
    if (!rights.suffice()) return refuse(rights);
    rights.less().forEach(less -> narrator.say("Note: missing is " + less));
    clearDeadRuns();
    LiveStack.checkRoom(
        host, settings.parent(), settings.poolSize(), "--pool-size or another --folder");
    Runtime.getRuntime().addShutdownHook(new Thread(this::interrupt, "end"));
    try {
      new LivePlay(process, settings, narrator, summary).playIn(begin());
    } catch (RuntimeException failed) {
      if (!isInterrupted()) throw failed;
      return INTERRUPTED;
    } finally {
      var _ = end();
    }
    return tellSummary(end().isEmpty()) ? 0 : 1;
  }

  private int refuse(Rights rights) {
    narrator.say("This machine, or this user, cannot play the demo for real:");
    rights.missing().forEach(missing -> narrator.say("  " + missing));
    narrator.say("Without them it plays in simulation: ./moor demo --simulated");
    return 1;
  }

  private void clearDeadRuns() {
    for (var parent : register.parents(settings.parent()))
      for (var dead : RunFolder.dead(host, cleaner, parent)) {
        narrator.say("An earlier run was killed; clearing what it left in " + dead.path());
        dead.clear().forEach(line -> narrator.say("  still there: " + line));
      }
    register.forgetGone();
  }

  private synchronized RunFolder begin() {
    if (left.isPresent()) throw new Stopped("the demo's begin");
    var made = RunFolder.create(host, cleaner, settings.parent(), new LiveEntropy());
    folder = Optional.of(made);
    register.add(made.name(), settings.parent());
    return made;
  }

  /// Runs when the JVM ends, which waits for nothing else.
  private synchronized void interrupt() {
    if (left.isPresent()) return; // the demo came to its own end
    interrupted = true;
    narrator.say("Interrupted; clearing up.");
    var _ = end();
  }

  private synchronized boolean isInterrupted() {
    return interrupted;
  }

  /// Whoever comes second, the demo itself or Ctrl-C, waits for the first.
  ///
  /// @return what could not be cleared
  private synchronized List<String> end() {
    if (left.isEmpty()) {
      narrator.quiet(); // what is stopped now fails, and is no news
      process.close();
      awaitKernel();
      left = Optional.of(folder.map(RunFolder::clear).orElse(List.of()));
      register.forgetGone();
      left.get().forEach(line -> narrator.say("could not be cleared: " + line));
    }
    return left.get();
  }

  /// A call that was given up may still make a mount.
  private void awaitKernel() {
    for (int i = 0; i < PAUSES_AT_MOST && !tasks.stuck().isEmpty(); i++) cleaner.sleep(PAUSE);
  }

  private boolean tellSummary(boolean cleared) {
    narrator.say("");
    summary.lines().forEach(narrator::say);
    narrator.say("");
    boolean held = narrator.broken() == 0;
    narrator.say(
        (held
                ? "All " + narrator.held() + " proofs held"
                : narrator.broken() + " proofs did NOT hold, " + narrator.held() + " held")
            + (cleared
                ? "; nothing is left on this machine."
                : "; what could NOT be cleared stands above."));
    return held && cleared;
  }
}
