package dev.moorage.cli.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import dev.moorage.base.Group;
import dev.moorage.base.Task;
import dev.moorage.base.live.LiveTasks;
import dev.moorage.csiwire.GrpcSockets;
import dev.moorage.csiwire.RawCsi;
import dev.moorage.csiwire.fuzz.Fuzz;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Generated requests over the socket, good and bad. `./dev fuzz` asks for many; a run of the tests
/// for a few, from seeds that have found something; what they found is also a row of its own beside
/// what was mended (`WireIT`, `SizeRulesTest`, `NodeVolumesTest`).
class FuzzIT {
  private static final long SEED = Long.getLong("fuzz.seed", 1);
  private static final int SIMULATED = Integer.getInteger("fuzz.requests", 9_000);
  private static final int REAL = Integer.getInteger("fuzz.real", 200);

  /// A simulation remembers all it did, so each one is given up after so many.
  private static final int AT_ONCE = 3_000;

  private static final int CALLERS = 4;

  @TempDir Path folder;
  private final Group process = new LiveTasks().group("fuzz");

  @AfterEach
  void end() {
    process.close();
  }

  @Test
  void a_simulated_loop_driver_answers_rightly_whatever_is_asked_and_leaves_nothing()
      throws Exception {
    var done = new ArrayList<Fuzz>();
    var callers = new ArrayList<Task<List<Fuzz>>>();
    int runs = Math.max(1, SIMULATED / AT_ONCE);
    for (int caller = 0; caller < CALLERS; caller++) {
      int first = caller;
      callers.add(process.start("caller " + caller, () -> simulated(first, runs)));
    }
    for (var caller : callers) done.addAll(caller.await());
    report("simulated", done);
  }

  private List<Fuzz> simulated(int first, int runs) throws Exception {
    var done = new ArrayList<Fuzz>();
    for (int run = first; run < runs; run += CALLERS) {
      var endpoint = "unix://" + folder.resolve("csi-" + run + ".sock");
      try (var own = process.group("run " + run);
          var driver = new SimulatedDriver(own);
          var _ = new GrpcSockets(own).serve(endpoint, driver);
          var csi = new RawCsi(own, endpoint)) {
        var fuzz = new Fuzz(csi, SimulatedDriver.place(), SEED + run);
        fuzz.run(AT_ONCE);
        done.add(fuzz);
      }
    }
    return done;
  }

  @Test
  void the_loop_driver_on_this_kernel_does_so_too() throws Exception {
    try (var driver = new RealLoopDriver(process)) {
      var endpoint = "unix://" + driver.socket();
      try (var _ = new GrpcSockets(process).serve(endpoint, driver);
          var csi = new RawCsi(process, endpoint)) {
        var fuzz = new Fuzz(csi, driver.place(), SEED);
        fuzz.run(REAL);
        driver.checkNothingLeft();
        report("real", List.of(fuzz));
      }
    }
  }

  /// What was asked and answered, for `./dev fuzz`.
  private static void report(String name, List<Fuzz> done) throws IOException {
    var counts = new TreeMap<String, Integer>();
    for (var fuzz : done) fuzz.counts().forEach((what, n) -> counts.merge(what, n, Integer::sum));
    var asked = done.stream().mapToInt(Fuzz::asked).sum();
    var reaching = done.stream().mapToInt(Fuzz::reaching).sum();
    assertThat(reaching).isPositive();
    var lines = new ArrayList<String>();
    lines.add(
        name
            + ": "
            + asked
            + " requests from seed "
            + SEED
            + ", "
            + reaching
            + " about something that was there");
    counts.forEach((what, n) -> lines.add("  " + what + " " + n));
    var file = Path.of("target", "fuzz", name + ".txt");
    Files.createDirectories(file.getParent());
    Files.write(file, lines);
  }
}
