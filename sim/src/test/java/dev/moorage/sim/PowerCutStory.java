package dev.moorage.sim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.moorage.base.sim.Crash;
import dev.moorage.base.sim.Moment;
import dev.moorage.base.sim.SimTasks;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// The machine loses its power at any outside effect of a pod's and a claim's life: after the boot
/// everything comes back, and nothing is left at the end.
final class PowerCutStory {

  @Test
  void the_power_goes_before_each_effect() {
    check(Moment.BEFORE);
  }

  @Test
  void the_power_goes_after_each_effect() {
    check(Moment.AFTER);
  }

  private static void check(Moment moment) {
    var plain = new OneClaim(SimTasks.plain());
    plain.tasks.run(() -> plain.play(() -> {}));
    int effects = plain.tasks.trace().size();
    var failures = new ArrayList<String>();
    for (int effect = 1; effect <= effects; effect++) failures.addAll(play(effect, moment));
    assertThat(failures).as("%d points", effects).isEmpty();
    System.out.println(effects + " power cuts, " + moment + " an effect");
  }

  private static List<String> play(int effect, Moment moment) {
    var claim = new OneClaim(SimTasks.plain());
    claim.tasks.onEffect(new Crash(effect, moment, claim.world::powerCut));
    try {
      claim.tasks.run(() -> claim.play(() -> {}));
      return List.of();
    } catch (RuntimeException | AssertionError failed) {
      return List.of(moment + " " + claim.tasks.trace().get(effect - 1) + ": " + failed);
    }
  }
}
