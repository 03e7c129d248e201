package dev.moorage.bench;

import dev.moorage.base.Bytes;
import dev.moorage.base.Group;
import dev.moorage.bench.Laps.Step;
import dev.moorage.bench.Row.Aim;
import dev.moorage.bench.Row.Floor;
import dev.moorage.bench.Volumes.Sort;
import dev.moorage.csi.Csi;
import dev.moorage.csi.GetPluginInfo;
import dev.moorage.csi.NodeId;
import dev.moorage.csiwire.GrpcSockets;
import dev.moorage.host.Host;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/// Everything that is measured of the loop driver, one after the other.
final class DriverMeasuring {
  private static final Bytes SIZE = Bytes.gibi(1);
  private static final Sort THICK = new Sort("xfs", SIZE, true);
  private static final Sort THIN = new Sort("xfs", SIZE, false);
  private static final Sort SMALL = new Sort("ext4", Bytes.mebi(64), false);
  private static final NodeId NODE = new NodeId("bench");
  private static final int SOME = 8; // so many thick volumes fit into the pool
  private static final List<Integer> CALLERS = List.of(1, 2, SOME, 64);
  private static final Duration IDLE = Duration.ofSeconds(20);
  private static final double TWICE = 2;
  private static final double MOST_RESIDENT = 60;

  private final Group group;
  private final Host host;
  private final Path moor;
  private final Path folder;
  private final Consumer<String> progress;
  private final List<Row> rows = new ArrayList<>();

  /// How much of what is done.
  ///
  /// @param laps of volumes, for each number of callers
  /// @param live volumes at once
  /// @param pool its size, as the driver's flag takes it
  record Amounts(int laps, int live, String pool) {}

  /// @param moor the launcher
  /// @param folder empty, on a disk with room for the pool
  DriverMeasuring(Group group, Host host, Path moor, Path folder, Consumer<String> progress) {
    this.group = group;
    this.host = host;
    this.moor = moor;
    this.folder = folder;
    this.progress = progress;
  }

  List<Row> measure(Amounts amounts) {
    var endpoint = "unix://" + folder.resolve("loop.sock");
    try (var program = start(endpoint, amounts.pool());
        var driver = new GrpcSockets(group).open(endpoint)) {
      var _ = driver.call(new GetPluginInfo(), IDLE);
      group.sleep(IDLE);
      double empty = program.resident();
      if (amounts.live() > 0) live(program, driver, amounts.live(), empty);
      if (amounts.laps() > 0) {
        for (int callers : CALLERS) laps(driver, callers, amounts.laps());
        for (int callers : CALLERS) cutLaps(driver, callers, amounts.laps());
      }
      progress.accept("calls that do nothing");
      rows.addAll(new Wire(group, folder).measure(program, driver));
      rows.add(memory(program, "the most that was resident, MiB", program.peak(), Aim.NONE));
    }
    return rows;
  }

  private Program start(String endpoint, String pool) {
    var command =
        List.of(
            moor.toString(),
            "driver",
            "loop",
            "--endpoint",
            endpoint,
            "--node-id",
            NODE.text(),
            "--state",
            folder.resolve("state").toString(),
            "--max-volumes",
            "0",
            "--pool-size",
            pool);
    return Program.start(group, folder.resolve("driver.log"), command, "] \"Ready\"");
  }

  private void live(Program program, Csi driver, int count, double empty) {
    progress.accept("volumes at once: " + count);
    var resident = new Aim("<= 60", MOST_RESIDENT, true);
    var volumes = new ByRpc(driver, NODE, folder.resolve("live"), SMALL);
    var crowd = new Crowd(group, SOME);
    long begin = group.tasks().nanos();
    crowd.each(
        count,
        volume -> {
          volumes.create(volume);
          volumes.attach(volume);
          volumes.show(volume);
        });
    double rate = count / ((group.tasks().nanos() - begin) / 1e9);
    progress.accept("created, staged, published: %.1f/s".formatted(rate));
    double worked = program.resident();
    group.sleep(IDLE);
    double idle = program.resident();
    rows.add(memory(program, "resident without volumes, MiB", empty, Aim.NONE));
    rows.add(memory(program, "resident, " + count + " published just now, MiB", worked, resident));
    rows.add(memory(program, "   20 s later, MiB", idle, resident));
    lap(driver, 1, 1, THIN, "beside " + count, false);
    begin = group.tasks().nanos();
    crowd.each(
        count,
        volume -> {
          volumes.hide(volume);
          volumes.detach(volume);
          volumes.delete(volume);
        });
    rate = count / ((group.tasks().nanos() - begin) / 1e9);
    progress.accept("unpublished, unstaged, deleted: %.1f/s".formatted(rate));
  }

  private Row memory(Program program, String what, double mebi, Aim aim) {
    var hello = program.alike(Hello.class);
    try (var nothing = Program.start(group, folder.resolve("hello.log"), hello)) {
      double least = nothing.resident();
      var floor = new Floor("a JVM that says hello %.0f".formatted(least), least);
      return new Row(what, "%.1f".formatted(mebi), mebi, floor, aim);
    }
  }

  private void laps(Csi driver, int callers, int laps) {
    boolean thick = callers <= SOME;
    lap(driver, callers, laps, thick ? THICK : THIN, thick ? "thick" : "thin", false);
  }

  private void cutLaps(Csi driver, int callers, int laps) {
    lap(driver, callers, laps, THIN, "thin", true);
  }

  /// One lap of the driver's, one of the kernel's, and so on: what disturbs disturbs both.
  private void lap(Csi driver, int callers, int laps, Sort sort, String words, boolean cuts) {
    int volumes = Math.max(SOME, callers);
    progress.accept(
        "%d callers, %d laps of %d volumes, %s".formatted(callers, laps, volumes, words));
    var measured = new Laps(group, callers, volumes);
    var floor = new Laps(group, callers, volumes);
    var pool = folder.resolve("state/pool");
    var mounts = folder.resolve("mounts");
    for (int i = 0; i < laps; i++) {
      measured.run(new ByRpc(driver, NODE, mounts, sort), cuts);
      floor.run(new ByKernel(host, pool, mounts, sort), cuts);
    }
    var steps =
        cuts
            ? List.of(Step.CUT, Step.COPY)
            : List.of(Step.CREATE, Step.SHOW, Step.HIDE, Step.DELETE);
    for (var step : steps)
      rows.add(row(step, callers, words, measured.millis(step), floor.millis(step)));
  }

  private static Row row(Step step, int callers, String words, double millis, double floor) {
    var aim = step == Step.SHOW ? new Aim("<= x 2", TWICE * floor, true) : Aim.NONE;
    return new Row(
        "%s, 1 GiB xfs, %s, %d callers".formatted(step.words(), words, callers),
        "%.1f/s, %.1f ms a volume".formatted(perSecond(millis), millis),
        millis,
        new Floor("the kernel alone %.1f/s, %.1f ms".formatted(perSecond(floor), floor), floor),
        aim);
  }

  private static double perSecond(double millis) {
    return 1000 / millis;
  }
}
