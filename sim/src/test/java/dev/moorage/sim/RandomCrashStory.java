package dev.moorage.sim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.moorage.base.sim.Effect;
import dev.moorage.base.sim.EffectHook;
import dev.moorage.base.sim.Moment;
import dev.moorage.base.sim.SimEntropy;
import dev.moorage.base.sim.SimTasks;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/// Any order of tasks, and crashes at random effects: one, two or three in each play, so that some
/// strike while others are made good.
final class RandomCrashStory {
  private static final int SEEDS = Integer.getInteger("seeds", 300);
  private static final int FIRST = Integer.getInteger("first.seed", 1);

  private final Played plain = Played.plainly();

  @Test
  void crashes_anywhere_in_any_order_of_tasks_come_to_the_same_end() {
    var failures = new ArrayList<String>();
    for (long seed = FIRST; seed < FIRST + SEEDS; seed++) failures.addAll(broken(seed));
    assertThat(failures).isEmpty();
    report(SEEDS + " seeds, one to three crashes each");
  }

  private List<String> broken(long seed) {
    var deaths = new Deaths(seed, plain.effects().size());
    var played = plain.again(SimTasks.seeded(seed), 1, BodyWrap.NONE, deaths::of);
    return played.broken().stream()
        .map(line -> "seed " + seed + ", " + deaths.seen + "\n      " + line)
        .toList();
  }

  /// Which effects a play's crashes stand at, and who dies there.
  private static final class Deaths {
    private final Map<Integer, Death> byEffect = new TreeMap<>();
    private final List<String> seen = new ArrayList<>();

    private record Death(Moment moment, boolean everybody) {}

    Deaths(long seed, int effects) {
      var entropy = new SimEntropy(seed);
      int deaths = 1 + below(entropy, 3);
      for (int i = 0; i < deaths; i++)
        byEffect.put(
            1 + below(entropy, effects),
            new Death(
                below(entropy, 2) == 0 ? Moment.BEFORE : Moment.AFTER, below(entropy, 3) == 0));
    }

    private static int below(SimEntropy entropy, int bound) {
      return (int) (entropy.fraction() * bound);
    }

    EffectHook of(SimPlay play) {
      return (effect, moment) -> strike(effect, moment, play.world());
    }

    private void strike(Effect effect, Moment moment, SimWorld world) {
      var death = byEffect.get(effect.number());
      if (death == null || death.moment != moment) return;
      seen.add(moment + " " + effect + (death.everybody ? " (everybody)" : ""));
      var _ = death.everybody ? world.killAll() : world.kill(effect.group());
    }
  }

  /// For the build's output, which shows nothing of a TestReporter.
  private static void report(String line) {
    System.out.println(line);
  }
}
