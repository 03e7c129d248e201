package dev.moorage.driver;

import static org.assertj.core.api.Assertions.assertThat;

import dev.moorage.base.Task;
import dev.moorage.base.sim.SimTasks;
import dev.moorage.csi.CapacityRange;
import dev.moorage.csi.ContentSource;
import dev.moorage.csi.CsiCall;
import dev.moorage.csi.CsiException;
import dev.moorage.csi.CsiException.Code;
import dev.moorage.csi.DeleteVolumeGroupSnapshot;
import dev.moorage.csi.Secrets;
import dev.moorage.csi.SnapshotId;
import dev.moorage.csi.VolumeId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Many callers at once, each call by two of them, in orders drawn from seeds.
class KitConcurrencyTest {
  private static final int SEEDS = 60;
  private static final List<String> LIVES = List.of("a", "b");

  @Test
  void callers_that_repeat_each_other_get_one_answer_and_leave_nothing() {
    for (int seed = 1; seed <= SEEDS; seed++) {
      var bench = new KitBench(SimTasks.seeded(seed));
      bench.run(run -> {
        run.call(KitBench.volume("shared"));
        var running = new ArrayList<Task<List<Object>>>();
        for (var life : LIVES)
          for (var caller : List.of("one", "two"))
            running.add(run.tasks.home().start(life + caller, () -> all(run, up(life))));
        for (int i = 0; i < running.size(); i += 2)
          assertThat(running.get(i).await()).isEqualTo(running.get(i + 1).await());
        var ending = new ArrayList<Task<List<Object>>>();
        for (var life : LIVES)
          for (var caller : List.of("one", "two"))
            ending.add(run.tasks.home().start(life + caller, () -> all(run, down(life))));
        ending.forEach(Task::await);
        run.call(KitBench.deleteVolume("shared"));
        assertThat(run.files()).isEmpty();
        assertThat(run.backend.holders()).isEmpty();
        run.kill();
        assertThat(run.ledger()).isEmpty();
      });
    }
  }

  private static List<CsiCall<?>> up(String life) {
    var snapshot = new ContentSource.Snapshot(new SnapshotId("snap_" + life));
    var volume = new ContentSource.Volume(new VolumeId("shared"));
    return List.of(
        KitBench.volume(life),
        KitBench.snapshot(life, "shared"),
        KitBench.volume(life + "-restored", snapshot, CapacityRange.ANY),
        KitBench.volume(life + "-clone", volume, CapacityRange.ANY),
        KitBench.group(life, "shared", life));
  }

  private static List<CsiCall<?>> down(String life) {
    var group = SnapshotIds.group(life);
    var members =
        List.of(
            SnapshotIds.member(group, new VolumeId("shared")),
            SnapshotIds.member(group, new VolumeId(life)));
    return List.of(
        KitBench.deleteVolume(life),
        new DeleteVolumeGroupSnapshot(group, members, Secrets.NONE),
        KitBench.deleteSnapshot("snap_" + life),
        KitBench.deleteVolume(life + "-restored"),
        KitBench.deleteVolume(life + "-clone"));
  }

  private static List<Object> all(KitBench bench, List<CsiCall<?>> calls) {
    var answers = new ArrayList<>();
    for (CsiCall<?> call : calls) answers.add(patiently(bench, call));
    return answers;
  }

  private static Object patiently(KitBench bench, CsiCall<?> call) {
    while (true) {
      try {
        return bench.call(call);
      } catch (CsiException refused) {
        assertThat(refused.code()).as(refused.getMessage()).isEqualTo(Code.ABORTED);
        bench.tasks.home().sleep(Duration.ofMillis(10));
      }
    }
  }
}
