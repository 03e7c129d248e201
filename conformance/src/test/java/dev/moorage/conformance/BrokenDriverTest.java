package dev.moorage.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.moorage.base.sim.SimTasks;
import dev.moorage.csi.Csi;
import dev.moorage.csi.CsiCall;
import dev.moorage.csi.CsiException;
import dev.moorage.csi.CsiException.Code;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/// The suite finds what is broken.
class BrokenDriverTest {

  @Test
  void a_wrong_code_fails_the_check_that_asks_for_it_and_the_calls_are_told() {
    var report =
        LoopConformanceTest.play(SimTasks.plain(), "controller.validate.*", csi -> new Sloppy(csi));
    assertThat(LoopConformanceTest.lines(report.failures()))
        .anySatisfy(line ->
            assertThat(line).contains("controller.validate.unknown", "NOT_FOUND", "INTERNAL"));
    assertThat(report.failures()).allSatisfy(its -> assertThat(its.calls()).isNotEmpty());
    assertThat(report.count(Outcome.Passed.class)).isPositive();
  }

  /// A driver that calls everything an internal error.
  private record Sloppy(Csi csi) implements Csi {
    @Override
    public <R> R call(CsiCall<R> call, Duration atMost) {
      try {
        return csi.call(call, atMost);
      } catch (CsiException refused) {
        if (refused.code() != Code.NOT_FOUND) throw refused;
        throw new CsiException(Code.INTERNAL, "something is wrong", refused);
      }
    }
  }
}
