package dev.moorage.drivers.loop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.moorage.base.Bytes;
import dev.moorage.base.sim.Crash;
import dev.moorage.base.sim.Moment;
import dev.moorage.base.sim.SimTasks;
import dev.moorage.csi.CsiCall;
import dev.moorage.csi.NodeExpandVolume;
import dev.moorage.host.sim.SimHost;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The driver dies before and after every outside effect of a volume's life, of its own start and
/// of its own end.
class LoopDriverCrashTest {
  private static final Bytes POOL = Bytes.gibi(2);

  /// The number of no effect: nothing dies.
  private static final int NEVER = 0;

  private static final int AT_LEAST = 100;

  @ParameterizedTest
  @ValueSource(strings = {"xfs", "ext4"})
  void a_retry_gets_the_same_answer_and_nothing_is_left_over(String fsType) {
    var answers = new Insistent(life(fsType), NEVER, Moment.BEFORE).play().answers;
    everywhere(
        fsType,
        (effect, moment) -> {
          var run = new Insistent(life(fsType), effect, moment).play();
          assertThat(run.answers).isEqualTo(answers);
          return run;
        });
  }

  @ParameterizedTest
  @ValueSource(strings = {"xfs", "ext4"})
  void a_caller_that_gives_up_and_undoes_leaves_nothing_over(String fsType) {
    everywhere(fsType, (effect, moment) -> new GivesUp(life(fsType), effect, moment).play());
  }

  @ParameterizedTest
  @ValueSource(strings = {"xfs", "ext4"})
  void a_power_cut_loses_no_volume_that_was_answered(String fsType) {
    everywhere(fsType, (effect, moment) -> new PowerCut(life(fsType), effect, moment).play());
  }

  /// What half a format leaves looks like somebody's data.
  @ParameterizedTest
  @ValueSource(ints = {0, 1})
  void a_format_that_dies_half_way_is_made_again(int loop) {
    var run = new Insistent(life("xfs"), NEVER, Moment.BEFORE);
    var device = "/dev/loop" + loop;
    run.tasks.onEffect((effect, moment) -> {
      boolean first = effect.what().equals("format") && effect.on().equals(device);
      if (!first || moment != Moment.BEFORE || run.node.starts() > 1) return;
      run.host.filesystems().format(device, "ext4", List.of());
      run.node.kill();
    });
    run.play();
    assertThat(run.starts()).isEqualTo(2);
  }

  private interface OneRun {
    Run play(int effect, Moment moment);
  }

  private static void everywhere(String fsType, OneRun one) {
    int effects = one.play(NEVER, Moment.BEFORE).effects();
    int points = 0;
    for (int effect = 1; effect <= effects; effect++)
      for (var moment : Moment.values()) {
        var where = fsType + ": crash " + moment + " effect " + effect;
        points++;
        try {
          assertThat(one.play(effect, moment).starts()).as("starts").isEqualTo(2);
        } catch (AssertionError | RuntimeException wrong) {
          throw new AssertionError(where + " (crash point " + points + "): " + wrong, wrong);
        }
      }
    assertThat(points)
        .as("%s: %d crash points tried, all well, but fewer than before", fsType, points)
        .isGreaterThanOrEqualTo(AT_LEAST);
  }

  private static Life life(String fsType) {
    return new Life("pvc-1", fsType);
  }

  /// On this kernel a mounted ext4 does not grow.
  private static List<CsiCall<?>> up(Life life) {
    var calls = new ArrayList<>(life.up());
    if (life.fsType().equals("ext4")) calls.removeIf(call -> call instanceof NodeExpandVolume);
    return calls;
  }

  /// One life with one crash.
  private abstract static class Run {
    final Life life;
    final SimTasks tasks = SimTasks.plain();
    final SimHost host = new SimHost(tasks, Life.NODE, SimHost.Settings.usual());
    final List<Object> answers = new ArrayList<>();
    final SimNode node;

    Run(Life life, int effect, Moment moment) {
      this.life = life;
      this.node = new SimNode(tasks, host, POOL);
      tasks.onEffect(new Crash(effect, moment, () -> die(node)));
    }

    void die(SimNode node) {
      node.kill();
    }

    abstract void live(SimNode node);

    Run play() {
      SimNode.makeFolders(host, life);
      tasks.run(() -> {
        node.start();
        live(node);
        node.checkNothingLeft(life);
        node.end();
      });
      SimNode.checkOnlyThePoolIsLeft(host);
      return this;
    }

    int effects() {
      return tasks.trace().size();
    }

    int starts() {
      return node.starts();
    }
  }

  /// A call whose driver died is made again.
  private static final class Insistent extends Run {
    Insistent(Life life, int effect, Moment moment) {
      super(life, effect, moment);
    }

    @Override
    void live(SimNode node) {
      for (CsiCall<?> call : up(life)) answers.add(node.insist(call));
      for (CsiCall<?> call : life.down()) answers.add(node.insist(call));
    }
  }

  /// After the crash, no call of the way up is made again.
  private static final class GivesUp extends Run {
    GivesUp(Life life, int effect, Moment moment) {
      super(life, effect, moment);
    }

    @Override
    void live(SimNode node) {
      node.awaitReady();
      for (CsiCall<?> call : up(life)) if (!node.tryOnce(call)) break;
      for (CsiCall<?> call : life.down()) node.insist(call);
    }
  }

  /// The node goes with the driver; its kubelet begins again with what it was about.
  private static final class PowerCut extends Run {
    PowerCut(Life life, int effect, Moment moment) {
      super(life, effect, moment);
    }

    @Override
    void die(SimNode node) {
      node.kill();
      host.powerCut();
    }

    @Override
    void live(SimNode node) {
      all(node, up(life));
      all(node, life.down());
    }

    private void all(SimNode node, List<CsiCall<?>> calls) {
      for (int i = 0; i < calls.size(); i++) {
        node.awaitReady();
        if (!node.tryOnce(calls.get(i))) i = -1;
      }
    }
  }
}
