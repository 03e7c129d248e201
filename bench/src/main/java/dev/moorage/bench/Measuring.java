package dev.moorage.bench;

import dev.moorage.base.Group;
import dev.moorage.bench.Row.Aim;
import dev.moorage.bench.Row.Floor;
import dev.moorage.host.Host;
import dev.moorage.kube.Kube;
import dev.moorage.kubeclient.Access;
import dev.moorage.kubeclient.KubeClient;
import dev.moorage.kubeclient.Settings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/// Everything that is measured, one after the other.
final class Measuring {
  private static final Duration IDLE = Duration.ofSeconds(20);

  private final Group group;
  private final Host host;
  private final Path moor;
  private final Path folder;
  private final Consumer<String> progress;
  private final List<Row> rows = new ArrayList<>();

  /// How often what is done.
  record Amounts(int starts, int lives, int burst, int bursts) {}

  /// @param moor the launcher
  /// @param folder empty, on a disk with room for a pool
  Measuring(Group group, Host host, Path moor, Path folder, Consumer<String> progress) {
    this.group = group;
    this.host = host;
    this.moor = moor;
    this.folder = folder;
    this.progress = progress;
  }

  List<Row> measure(Amounts amounts) {
    if (amounts.lives > 0) starts(amounts.starts, lives(amounts.lives));
    if (amounts.bursts > 0) bursts(amounts);
    return rows;
  }

  private Program up(String state, List<String> more) {
    var command = new ArrayList<>(List.of(moor.toString(), "up", "--state", state(state)));
    command.addAll(more);
    return Program.start(group, folder.resolve(state + ".log"), command);
  }

  private String state(String name) {
    return folder.resolve(name).toString();
  }

  private Kube api(Group client, String state) {
    var config = Path.of(state(state), "kubeconfig");
    var access = new Access.Kubeconfig(List.of(config), "");
    return KubeClient.connect(client, access, Settings.DEFAULT).kube();
  }

  /// @return how to start a JVM that does nothing
  private List<String> lives(int count) {
    progress.accept("claims with a pod, one after the other: " + count);
    try (var up = up("loop", List.of("--pool-size", "2Gi"));
        var client = group.group("client")) {
      var before = up.cpu();
      var lived = new Lives(client, api(client, "loop"), host, state("loop")).live(count);
      var up50 = lived.floorUp().median();
      var down50 = lived.floorDown().median();
      rows.add(
          new Row(
              "claim and pod written -> mounted, " + count + ", ms",
              p50and95(lived.mounted()),
              Row.millis(lived.mounted().median()),
              new Floor("the kernel alone " + Row.text(up50), Row.millis(up50)),
              new Aim("p50 < 100", 100, true)));
      rows.add(
          new Row(
              "claim and pod written -> pod Running, ms",
              p50and95(lived.running()),
              Row.millis(lived.running().median()),
              new Floor("the kernel alone " + Row.text(up50), Row.millis(up50)),
              Aim.NONE));
      rows.add(
          new Row(
              "pod and claim deleted -> volume gone, ms",
              p50and95(lived.gone()),
              Row.millis(lived.gone().median()),
              new Floor("the kernel alone " + Row.text(down50), Row.millis(down50)),
              new Aim("p50 < 500", 500, true)));
      progress.accept("resident after that: %.0f MiB".formatted(up.resident()));
      progress.accept(cpu(" for each claim", up.cpu().minus(before), count));
      return up.emptyOne();
    }
  }

  private static String cpu(String what, Duration used, int count) {
    return "processor time of moor up%s: %.1f ms".formatted(what, Row.millis(used) / count);
  }

  private static String p50and95(Times times) {
    return "p50 %s  p95 %s  max %s"
        .formatted(
            Row.text(times.median()),
            Row.text(times.percentile(95)),
            Row.text(times.percentile(100)));
  }

  private void starts(int count, List<String> empty) {
    if (count == 0) return;
    progress.accept("starts on that state: " + count);
    var starts = new ArrayList<Duration>();
    var floor = new ArrayList<Duration>();
    var cpu = Duration.ZERO;
    for (int i = 0; i < count; i++) {
      try (var nothing = Program.start(group, folder.resolve("hello.log"), empty)) {
        floor.add(nothing.toReady());
      }
      try (var up = up("loop", List.of())) {
        starts.add(up.toReady());
        cpu = cpu.plus(up.cpu());
      }
    }
    progress.accept(cpu(" for each start", cpu, count));
    var times = new Times(starts);
    var least = new Times(floor).median();
    rows.add(
        new Row(
            "start -> ready, existing state, " + count + ", ms",
            "min %s  p50 %s  max %s"
                .formatted(
                    Row.text(times.percentile(0)),
                    Row.text(times.median()),
                    Row.text(times.percentile(100))),
            Row.millis(times.median()),
            new Floor("a JVM that says hello " + Row.text(least), Row.millis(least)),
            new Aim("< 1500", 1500, true)));
  }

  private void bursts(Amounts amounts) {
    progress.accept("bursts of " + amounts.burst + " claims at once: " + amounts.bursts);
    var endpoint = "unix://" + folder.resolve("instant.sock");
    try (var _ = Program.start(group, folder.resolve("driver.log"), driver(endpoint));
        var up = up("instant", List.of("--no-loop", "--driver", endpoint));
        var client = group.group("client")) {
      double fresh = up.resident();
      var burst = new Burst(client, api(client, "instant"));
      burst.install();
      for (int i = 1; i <= amounts.bursts; i++) {
        var before = up.cpu();
        addBurst(i, amounts.burst, burst);
        progress.accept(cpu(" for each claim", up.cpu().minus(before), amounts.burst));
      }
      double after = up.resident();
      group.sleep(IDLE);
      double idle = up.resident();
      addMemory(up, fresh, after, idle);
    }
  }

  private static List<String> driver(String endpoint) {
    var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    return List.of(
        java,
        "-XX:+UseSerialGC",
        "-Xmx256m",
        "-cp",
        System.getProperty("java.class.path"),
        Bench.class.getName(),
        "driver",
        endpoint);
  }

  private void addBurst(int number, int count, Burst burst) {
    var took = burst.burst(count);
    double rate = perSecond(count, took.bound());
    double writes = perSecond(count, took.writes());
    rows.add(
        new Row(
            "%d claims at once, burst %d, bound/s".formatted(count, number),
            "%.0f/s, written %s ms, bound %s ms"
                .formatted(rate, Row.text(took.written()), Row.text(took.bound())),
            rate,
            new Floor("config maps alone %.0f/s".formatted(writes), writes),
            new Aim("> 200", 200, false)));
    double goneRate = perSecond(count, took.gone());
    rows.add(
        new Row(
            "   their deletion -> all volumes gone, /s",
            "%.0f/s, %s ms".formatted(goneRate, Row.text(took.gone())),
            goneRate,
            new Floor("config maps alone %.0f/s".formatted(writes), writes),
            Aim.NONE));
  }

  private static double perSecond(int count, Duration took) {
    return count / (took.toNanos() / 1e9);
  }

  private void addMemory(Program up, double fresh, double after, double idle) {
    try (var nothing = Program.start(group, folder.resolve("hello.log"), up.emptyOne())) {
      double least = nothing.resident();
      var floor = new Floor("a JVM that says hello %.0f".formatted(least), least);
      var aim = new Aim("< 200", 200, true);
      rows.add(memory("resident when ready, MiB", fresh, floor, aim));
      rows.add(memory("resident after the bursts, MiB", after, floor, aim));
      rows.add(memory("resident 20 s later, MiB", idle, floor, aim));
      rows.add(memory("the most that was resident, MiB", up.peak(), floor, aim));
    }
  }

  private static Row memory(String what, double mebi, Floor floor, Aim aim) {
    return new Row(what, "%.0f".formatted(mebi), mebi, floor, aim);
  }
}
