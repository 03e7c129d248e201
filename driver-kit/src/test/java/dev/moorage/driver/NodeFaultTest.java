package dev.moorage.driver;

import static org.assertj.core.api.Assertions.assertThat;

import dev.moorage.csi.CsiCall;
import dev.moorage.csi.CsiException;
import dev.moorage.driver.NodeCrashTest.Way;
import dev.moorage.host.HostException.Errno;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Every call to the kernel fails once, for every sort of volume.
class NodeFaultTest {
  private static final int MOST_TRIES = 4;
  private static final List<String> CALLS =
      List.of(
          "look",
          "make folder",
          "remove folder",
          "names",
          "allocate",
          "remove file",
          "probe",
          "format",
          "check",
          "grow",
          "device",
          "protect",
          "loops",
          "loop attach",
          "loop detach",
          "table",
          "mount",
          "bind",
          "unmount",
          "ledger put",
          "ledger remove");

  static List<Way> ways() {
    return NodeCrashTest.ways();
  }

  @ParameterizedTest
  @MethodSource("ways")
  void a_failure_is_told_undone_and_gone_at_the_next_try(Way way) {
    int failures = 0;
    for (var name : CALLS) for (int nth = 1; struck(way, name, nth); nth++) failures++;
    assertThat(failures).as("failures").isGreaterThan(20);
  }

  private static boolean struck(Way way, String name, int nth) {
    var stand = new Stand(way.backend());
    var struck = new ArrayList<Boolean>();
    try {
      stand.tasks.run(() -> {
        stand.awaitReady();
        stand.host.faults().fail(name, "", nth, Errno.EIO);
        for (CsiCall<?> call : way.up()) insist(stand, call);
        for (CsiCall<?> call : way.down()) insist(stand, call);
        struck.add(stand.host.faults().left() == 0);
        stand.host.faults().clear();
        stand.checkNothingLeft();
      });
    } catch (AssertionError | RuntimeException wrong) {
      throw new AssertionError(way + ": " + name + " " + nth + " fails: " + wrong, wrong);
    }
    return struck.getFirst();
  }

  private static void insist(Stand stand, CsiCall<?> call) {
    for (int tries = 1; ; tries++) {
      try {
        stand.call(call);
        return;
      } catch (CsiException refused) {
        if (tries == MOST_TRIES) throw refused;
      }
    }
  }
}
