package dev.moorage.drivers.loop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.moorage.base.Bytes;
import dev.moorage.base.Task;
import dev.moorage.base.sim.SimTasks;
import dev.moorage.csi.CapacityRange;
import dev.moorage.csi.CsiCall;
import dev.moorage.csi.CsiException;
import dev.moorage.csi.CsiException.Code;
import dev.moorage.csi.GetCapacity;
import dev.moorage.csi.Topology;
import dev.moorage.host.sim.SimHost;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// Many callers at once, in orders drawn from seeds.
class LoopDriverConcurrencyTest {
  private static final int SEEDS = 40;

  @Test
  void lives_side_by_side_and_callers_that_repeat_themselves_leave_nothing() {
    for (int seed = 1; seed <= SEEDS; seed++) {
      var tasks = SimTasks.seeded(seed);
      var host = new SimHost(tasks, Life.NODE, SimHost.Settings.usual());
      var lives =
          List.of(new Life("pvc-1", "xfs"), new Life("pvc-2", "xfs"), new Life("pvc-3", "xfs"));
      lives.forEach(life -> SimNode.makeFolders(host, life));
      tasks.run(() -> {
        var node = new SimNode(tasks, host, Bytes.gibi(4));
        node.start();
        node.awaitReady();
        var running = new ArrayList<Task<Boolean>>();
        for (var life : lives)
          for (var caller : List.of("one", "two"))
            running.add(
                tasks.home().start(life.name() + " " + caller, () -> up(tasks, node, life)));
        for (var task : running) assertThat(task.await()).isTrue();
        for (var life : lives) for (CsiCall<?> call : life.down()) node.insist(call);
        for (var life : lives) node.checkNothingLeft(life);
        node.end();
      });
      SimNode.checkOnlyThePoolIsLeft(host);
    }
  }

  private static boolean up(SimTasks tasks, SimNode node, Life life) {
    for (CsiCall<?> call : life.up()) patiently(tasks, node, call);
    return true;
  }

  private static void patiently(SimTasks tasks, SimNode node, CsiCall<?> call) {
    while (true) {
      try {
        node.tryOnce(call);
        return;
      } catch (CsiException refused) {
        assertThat(refused.code()).as(refused.getMessage()).isEqualTo(Code.ABORTED);
        tasks.home().sleep(Duration.ofMillis(10));
      }
    }
  }

  @Test
  void two_decisions_never_share_the_last_space() {
    for (int seed = 1; seed <= SEEDS; seed++) {
      var tasks = SimTasks.seeded(seed);
      var host = new SimHost(tasks, Life.NODE, SimHost.Settings.usual());
      int made =
          tasks.call(() -> {
            var node = new SimNode(tasks, host, Bytes.gibi(2));
            node.start();
            node.awaitReady();
            var running = new ArrayList<Task<Boolean>>();
            for (int i = 1; i <= 5; i++) {
              var life = new Life("pvc-" + i, "xfs");
              running.add(tasks.home().start(life.name(), () -> makes(node, life)));
            }
            int well = 0;
            for (var task : running) if (task.await()) well++;
            var left = node.insist(new GetCapacity(List.of(), Map.of(), Topology.NONE)).available();
            assertThat(left).isLessThan(Bytes.mebi(600));
            return well;
          });
      assertThat(made).as("seed %d", seed).isEqualTo(3);
    }
  }

  private static boolean makes(SimNode node, Life life) {
    try {
      return node.tryOnce(life.create(CapacityRange.atLeast(Bytes.mebi(600)), Map.of()));
    } catch (CsiException refused) {
      assertThat(refused.code()).isEqualTo(Code.RESOURCE_EXHAUSTED);
      return false;
    }
  }
}
