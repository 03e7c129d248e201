package dev.moorage.bench;

import dev.moorage.base.Group;
import dev.moorage.bench.Row.Aim;
import dev.moorage.bench.Row.Floor;
import dev.moorage.csi.Csi;
import dev.moorage.csi.Probe;
import dev.moorage.csiwire.GrpcSockets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// What a call costs that does nothing.
final class Wire {
  private static final int WARM_UP = 5_000;
  private static final int CALLS = 10_000;
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final Group group;
  private final Path folder;

  /// @param folder for sockets
  Wire(Group group, Path folder) {
    this.group = group;
    this.folder = folder;
  }

  /// @param program the driver's, whose flags the others run with
  List<Row> measure(Program program, Csi driver) {
    var ping = ping(program);
    var echo = echo(program);
    var probe = times(() -> probe(driver));
    return List.of(
        row("Probe of the driver", probe, "a gRPC echo", echo),
        row("a gRPC echo, same wire", echo, "a byte over a Unix socket", ping));
  }

  private Times ping(Program program) {
    var socket = folder.resolve("ping.sock");
    var command = program.alike(DriverBench.class, "ping", socket.toString());
    try (var _ = Program.start(group, folder.resolve("ping.log"), command);
        var ping = new Ping(socket)) {
      return times(ping::once);
    }
  }

  private Times echo(Program program) {
    var endpoint = "unix://" + folder.resolve("echo.sock");
    var command = program.alike(Bench.class, "driver", endpoint);
    try (var _ = Program.start(group, folder.resolve("echo.log"), command);
        var echo = new GrpcSockets(group).open(endpoint)) {
      return times(() -> probe(echo));
    }
  }

  private static void probe(Csi driver) {
    var _ = driver.call(new Probe(), PATIENCE);
  }

  private Times times(Runnable call) {
    for (int i = 0; i < WARM_UP; i++) call.run();
    var times = new ArrayList<Duration>();
    for (int i = 0; i < CALLS; i++) {
      long begin = group.tasks().nanos();
      call.run();
      times.add(Duration.ofNanos(group.tasks().nanos() - begin));
    }
    return new Times(times);
  }

  private static Row row(String what, Times times, String beside, Times floor) {
    return new Row(
        what + ", one caller, us",
        "p50 %.0f  p99 %.0f".formatted(micros(times.median()), micros(times.percentile(99))),
        micros(times.median()),
        new Floor("%s %.0f".formatted(beside, micros(floor.median())), micros(floor.median())),
        Aim.NONE);
  }

  private static double micros(Duration time) {
    return time.toNanos() / 1e3;
  }
}
