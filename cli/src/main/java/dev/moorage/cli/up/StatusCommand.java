package dev.moorage.cli.up;

import dev.moorage.base.Group;
import dev.moorage.base.live.LiveTasks;
import dev.moorage.cli.up.RunNote.Phase;
import dev.moorage.host.Host;
import dev.moorage.kube.KubeException;
import dev.moorage.kubeclient.Access;
import dev.moorage.kubeclient.KubeClient;
import dev.moorage.linux.LinuxHost;
import dev.moorage.linux.Settings;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// `moor status`: what runs, and what is not as it should be.
@Command(
    name = "status",
    mixinStandardHelpOptions = true,
    description = {
      "Says whether a house runs, what is in it, and which claims and pods wait, each with the last event about it.",
      "Exit code: 0 when it is ready, 3 when nothing runs, 1 when it does not answer."
    })
public final class StatusCommand implements Callable<Integer> {
  private static final int NOTHING_RUNS = 3;
  private static final int NO_ANSWER = 1;

  @Mixin private StateOption state = new StateOption();
  @Spec private CommandSpec spec = CommandSpec.create();

  private final LiveTasks tasks = new LiveTasks();
  private final Group group = tasks.group("status");
  private final Host host = new LinuxHost(group, Settings.DEFAULTS);

  /// Made by the command line.
  public StatusCommand() {}

  @Override
  public Integer call() {
    var folder = StateFolder.existing(host, state.folder());
    if (folder.isEmpty()) {
      say(
          "There is no house in "
              + state.folder()
              + "; start one with ./moor up"
              + StateOption.words(state.folder()));
      return NOTHING_RUNS;
    }
    // A process that was killed may stay in the process table for a while; its lock does not.
    if (host.processes().holderOf(folder.get().lockFile().toString()).isEmpty())
      return tellRemains(folder.get());
    return tellRun(
        folder.get(), folder.get().note().orElseThrow(() -> StateFolder.busy(folder.get())));
  }

  private void say(String line) {
    PrintWriter out = spec.commandLine().getOut();
    out.println(line);
    out.flush();
  }

  private int tellRemains(StateFolder folder) {
    var words = StateOption.words(folder.path());
    say("Nothing runs in " + folder.path() + "; start it with ./moor up" + words);
    var left = folder.remains(group).lines();
    if (!left.isEmpty()) {
      say("A killed run left (./moor up takes it over, ./moor down" + words + " clears it):");
      left.forEach(line -> say("  " + line));
    }
    return NOTHING_RUNS;
  }

  private int tellRun(StateFolder folder, RunNote note) {
    say(
        "moor up is process %d in %s, %s for %s; API at %s"
            .formatted(
                note.pid(),
                folder.path(),
                note.phase().name().toLowerCase(Locale.ROOT),
                age(Duration.between(note.since(), tasks.now())),
                note.url().isEmpty() ? "no port yet" : note.url()));
    if (note.phase() != Phase.READY) return NO_ANSWER;
    try {
      var access = new Access.Kubeconfig(List.of(folder.kubeconfig()), "");
      var settings = dev.moorage.kubeclient.Settings.DEFAULT;
      new Overview(KubeClient.connect(group, access, settings).kube()).lines().forEach(this::say);
      return 0;
    } catch (KubeException noAnswer) {
      say("It does not answer: " + noAnswer.getMessage());
      return NO_ANSWER;
    }
  }

  private static String age(Duration duration) {
    if (duration.toHours() > 0)
      return duration.toHours() + " h " + duration.toMinutesPart() + " min";
    return duration.toMinutes() > 0
        ? duration.toMinutes() + " min " + duration.toSecondsPart() + " s"
        : duration.toSeconds() + " s";
  }
}
