package dev.moorage.cli.up;

import dev.moorage.base.Group;
import dev.moorage.base.Stopped;
import dev.moorage.base.live.LiveEntropy;
import dev.moorage.base.live.LiveTasks;
import dev.moorage.cli.live.CommandFailed;
import dev.moorage.cli.live.LiveStack;
import dev.moorage.cli.up.RunNote.Phase;
import dev.moorage.cli.up.StateFolder.Kept;
import dev.moorage.host.Files.Lock;
import dev.moorage.host.Host;
import dev.moorage.linux.LinuxHost;
import dev.moorage.linux.Rights;
import dev.moorage.linux.Settings;
import java.io.PrintWriter;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/// A house from its start to its end, however that comes.
final class LiveUp {
  private static final int FAILED = 1;
  private static final Duration FOREVER = Duration.ofDays(36_500);

  private final UpSettings settings;
  private final StepLines lines;
  private final LiveTasks tasks = new LiveTasks();
  private final Group process = tasks.group("moor");
  private final Group outer = tasks.group("end"); // what is done when the house's tasks have ended
  private final Host host = new LinuxHost(outer, Settings.DEFAULTS);
  private Optional<Run> run = Optional.empty(); // guarded by this, as is the next one
  private boolean ended;

  /// What there is to end.
  private record Run(StateFolder folder, Lock lock, RunNote note, Optional<House> house) {
    Run with(RunNote next) {
      return new Run(folder, lock, next, house);
    }

    Run with(House started) {
      return new Run(folder, lock, note, Optional.of(started));
    }
  }

  LiveUp(UpSettings settings, PrintWriter out) {
    this.settings = settings;
    this.lines = new StepLines(out, tasks, settings.told());
  }

  /// Runs until it is told to end, or fails.
  int run() {
    refuseWithoutRights();
    Runtime.getRuntime().addShutdownHook(new Thread(this::interrupt, "end"));
    try {
      start(begin());
      process.sleep(FOREVER);
    } catch (Stopped ending) {
      var _ = end(); // waits for the one who ends
    } catch (RuntimeException failed) {
      if (end()) throw failed;
    }
    return FAILED;
  }

  private void refuseWithoutRights() {
    var rights = Rights.of(outer);
    if (!rights.suffice())
      throw new CommandFailed(
          "this machine, or this user, cannot run a house: "
              + rights.missing().stream().map(Object::toString).collect(Collectors.joining("; "))
              + ". What can be seen without: ./moor demo --simulated");
    rights.less().forEach(less -> lines.say("Note: missing is " + less));
  }

  private synchronized StateFolder begin() {
    if (ended) throw new Stopped("the house's begin");
    var folder = StateFolder.made(host, settings.state());
    var lock = folder.lock().orElseThrow(() -> StateFolder.busy(folder));
    var note = RunNote.ofThisProcess(tasks.now());
    folder.note(note);
    run = Optional.of(new Run(folder, lock, note, Optional.empty()));
    return folder;
  }

  private void start(StateFolder folder) {
    var kept = new Kept(nodeName(folder), folder.kept().map(Kept::port).orElse(0));
    folder.keep(kept);
    checkRoom(folder);
    var api = Api.start(process.group("api"), host, folder, kept, settings.port());
    var house = new House(process, host, folder, api.registry(), lines);
    change(now -> now.with(house).with(now.note().listeningAt(api.url())));
    house.start(kept.node(), settings);
    reached(Phase.READY);
    tellReady(folder, kept.node(), api.url());
  }

  private String nodeName(StateFolder folder) {
    var kept = folder.kept().map(Kept::node).filter(name -> !name.isEmpty());
    var asked = settings.node();
    if (kept.isPresent() && asked.isPresent() && !asked.equals(kept))
      throw new CommandFailed(
          "the node of "
              + folder.path()
              + " is "
              + kept.get()
              + "; --node-name counts when the state is new");
    return kept.or(() -> asked)
        .orElseGet(() ->
            NodeNames.made(
                host.files().read("/etc/hostname").orElse("node").strip(), new LiveEntropy()));
  }

  /// A pool that is there has its room already.
  private void checkRoom(StateFolder folder) {
    if (folder.hasDrivers()) return;
    settings
        .loop()
        .ifPresent(pool ->
            LiveStack.checkRoom(host, folder.path(), pool, "--pool-size or another --state"));
  }

  private void tellReady(StateFolder folder, String node, String url) {
    var started = Instant.ofEpochMilli(ManagementFactory.getRuntimeMXBean().getStartTime());
    var took = Duration.between(started, tasks.now());
    lines.say("Ready in %.2f s: API at %s, node %s".formatted(took.toMillis() / 1e3, url, node));
    settings.foreign().forEach(driver -> lines.say("  serves the driver at " + driver));
    NextSteps.after(folder.kubeconfig()).forEach(lines::say);
    lines.say("Ctrl-C ends the pods and unmounts; objects and data stay in " + folder.path());
  }

  private void reached(Phase phase) {
    change(now -> now.with(now.note().reached(phase, tasks.now())));
  }

  private synchronized void change(UnaryOperator<Run> how) {
    if (ended) throw new Stopped("the house's start");
    run = run.map(how);
    run.ifPresent(now -> now.folder().note(now.note()));
  }

  /// Runs when the JVM ends, which waits for nothing else.
  private void interrupt() {
    if (isUp()) lines.say("Stopping: ending pods, unmounting…");
    var _ = end();
  }

  private synchronized boolean isUp() {
    return !ended && run.isPresent();
  }

  /// Whoever comes second waits for the first.
  ///
  /// @return whether this call was the first
  private synchronized boolean end() {
    if (ended) return false;
    ended = true;
    run.ifPresentOrElse(this::end, process::close);
    return true;
  }

  private void end(Run last) {
    var left = new ArrayList<String>();
    orTell(left, () -> last.folder().note(last.note().reached(Phase.STOPPING, tasks.now())));
    orTell(left, () -> left.addAll(rest(last)));
    process.close();
    left.forEach(line -> lines.say("  " + line));
    if (last.house().isPresent())
      lines.say(
          left.isEmpty()
              ? "Stopped; everything is unmounted. Go on with: ./moor up"
                  + StateOption.words(last.folder().path())
              : "Stopped, but not everything could be cleared; ./moor down"
                  + StateOption.words(last.folder().path())
                  + " clears it by force.");
    last.folder().forgetNote();
    last.lock().close();
  }

  /// A full disk, say, must not keep pods from being ended.
  private static void orTell(List<String> left, Runnable step) {
    try {
      step.run();
    } catch (RuntimeException failed) {
      left.add(String.valueOf(failed.getMessage()));
    }
  }

  private static List<String> rest(Run last) {
    return last.house().map(house -> house.rest(UpSettings.REST)).orElse(List.of());
  }
}
