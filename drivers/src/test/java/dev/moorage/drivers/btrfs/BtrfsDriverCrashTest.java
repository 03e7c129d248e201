package dev.moorage.drivers.btrfs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.moorage.base.sim.Crash;
import dev.moorage.base.sim.Moment;
import dev.moorage.csi.CsiCall;
import dev.moorage.csi.Snapshot;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// The driver dies before and after every outside effect of a volume's life and of its own start.
class BtrfsDriverCrashTest {
  /// The number of no effect: nothing dies.
  private static final int NEVER = 0;

  private static final int AT_LEAST = 140;

  @Test
  void a_retry_gets_the_same_answer_and_nothing_is_left_over() {
    var answers = insistent(new SimNode(), NEVER, Moment.BEFORE);
    everywhere(
        (node, effect, moment) -> assertThat(insistent(node, effect, moment)).isEqualTo(answers));
  }

  @Test
  void a_caller_that_gives_up_and_undoes_leaves_nothing_over() {
    everywhere((node, effect, moment) -> {
      node.tasks.onEffect(new Crash(effect, moment, node::kill));
      node.play(() -> {
        for (var call : SimNode.LIFE.up()) if (!node.tryOnce(call)) break;
        for (var call : SimNode.LIFE.down()) node.insist(call);
        node.checkNothingLeft();
      });
    });
  }

  @Test
  void a_power_cut_loses_nothing_that_was_answered() {
    everywhere((node, effect, moment) -> {
      node.tasks.onEffect(
          new Crash(
              effect,
              moment,
              () -> {
                node.kill();
                node.host.powerCut();
              }));
      node.play(() -> {
        all(node, SimNode.LIFE.up());
        all(node, SimNode.LIFE.down());
        node.checkNothingLeft();
      });
    });
  }

  /// After a power cut the kubelet begins again.
  private static void all(SimNode node, List<CsiCall<?>> calls) {
    for (int i = 0; i < calls.size(); i++) if (!node.tryOnce(calls.get(i))) i = -1;
  }

  private static List<Object> insistent(SimNode node, int effect, Moment moment) {
    var answers = new ArrayList<Object>();
    node.tasks.onEffect(new Crash(effect, moment, node::kill));
    node.play(() -> {
      for (var call : SimNode.LIFE.up()) answers.add(withoutTime(node.insist(call)));
      for (var call : SimNode.LIFE.down()) answers.add(node.insist(call));
      node.checkNothingLeft();
    });
    return answers;
  }

  /// A restart takes time, so a snapshot is younger then.
  private static Object withoutTime(Object answer) {
    return answer instanceof Snapshot snapshot ? snapshot.id() : answer;
  }

  private interface OneRun {
    void play(SimNode node, int effect, Moment moment);
  }

  private static void everywhere(OneRun one) {
    var whole = new SimNode();
    one.play(whole, NEVER, Moment.BEFORE);
    int points = 0;
    for (int effect = 1; effect <= whole.tasks.trace().size(); effect++)
      for (var moment : Moment.values()) {
        points++;
        var node = new SimNode();
        try {
          one.play(node, effect, moment);
          node.checkNothingRemembered();
          assertThat(node.starts()).as("starts").isEqualTo(2);
        } catch (AssertionError | RuntimeException wrong) {
          throw new AssertionError("crash " + moment + " effect " + effect + ": " + wrong, wrong);
        }
      }
    assertThat(points)
        .as("%d crash points tried, all well, but fewer than before", points)
        .isGreaterThanOrEqualTo(AT_LEAST);
  }
}
