package dev.moorage.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.moorage.base.Bytes;
import dev.moorage.base.sim.SimTasks;
import dev.moorage.csi.Csi;
import dev.moorage.host.sim.SimHost;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/// The whole suite on the loop driver, in simulation.
class LoopConformanceTest {
  private static final String FOLDER = "/var/lib/checks";

  @Test
  void the_loop_driver_keeps_every_rule() {
    var report = play(SimTasks.plain(), "", UnaryOperator.identity());
    assertThat(report.results()).hasSizeGreaterThan(200);
    assertThat(lines(report.failures())).isEmpty();
    assertThat(report.count(Outcome.Passed.class)).isGreaterThan(100);
  }

  static List<String> lines(List<Result> results) {
    return results.stream().map(its -> its.about().id() + " " + its.outcome()).toList();
  }

  static Report play(SimTasks tasks, String only, UnaryOperator<Csi> between) {
    var host = new SimHost(tasks, "node-a", SimHost.Settings.usual());
    var report = new AtomicReference<Report>();
    host.files().makeFolder(FOLDER, 0750);
    host.filesystems().sync("/var/lib");
    tasks.run(() -> {
      var driver = new SimDriver(tasks, host).ready();
      var around = new Surroundings(host, Optional.empty(), Optional.of(driver));
      var checked = between.apply(driver);
      report.set(Conformance.run(tasks.home(), checked, around, options(only), Listener.none()));
      assertThat(host.files().names(FOLDER)).isEmpty();
    });
    return report.get();
  }

  private static Options options(String only) {
    return new Options(
        new Options.Wanted("", Map.of("label", "checks"), Map.of(), Map.of(), Bytes.mebi(400)),
        Map.of(),
        new Options.Choice(Map.of(), only),
        FOLDER,
        7,
        new Options.Limits(Duration.ofSeconds(30), 16, Bytes.gibi(1 << 10)));
  }
}
