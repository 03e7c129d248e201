package dev.moorage.sim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.moorage.base.sim.Crash;
import dev.moorage.base.sim.Effect;
import dev.moorage.base.sim.Moment;
import dev.moorage.base.sim.SimTasks;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// A crash at any outside effect of the three stories changes nothing in the end: the supervisor
/// brings back what died, the proofs hold, each chapter ends in the same state, and nothing is left
/// over.
final class CrashStory {
  private static final String USER = "main";

  private final Played plain = Played.plainly();

  @Test
  void each_actor_dies_before_each_of_its_effects() {
    check(actorsEffects(), Moment.BEFORE, CrashStory::killActor);
  }

  @Test
  void each_actor_dies_after_each_of_its_effects() {
    check(actorsEffects(), Moment.AFTER, CrashStory::killActor);
  }

  @Test
  void the_whole_process_dies_before_each_effect() {
    check(plain.effects(), Moment.BEFORE, CrashStory::killAll);
  }

  @Test
  void the_whole_process_dies_after_each_effect() {
    check(plain.effects(), Moment.AFTER, CrashStory::killAll);
  }

  private List<Effect> actorsEffects() {
    return plain.effects().stream().filter(effect -> !effect.group().equals(USER)).toList();
  }

  /// Who dies at an effect.
  private interface Death {
    boolean at(Effect effect, SimWorld world);
  }

  private static boolean killActor(Effect effect, SimWorld world) {
    return world.kill(effect.group());
  }

  private static boolean killAll(Effect effect, SimWorld world) {
    return world.killAll();
  }

  private void check(List<Effect> effects, Moment moment, Death death) {
    assertThat(plain.broken()).isEmpty();
    var failures = new ArrayList<String>();
    for (Effect effect : effects)
      for (String broken : crashed(effect, moment, death))
        failures.add(moment + " " + effect + "\n      " + broken);
    assertThat(failures).as("%d crash points", effects.size()).isEmpty();
    assertThat(effects).hasSizeGreaterThan(100);
    report(effects.size() + " crash points, " + moment + " an effect");
  }

  private List<String> crashed(Effect effect, Moment moment, Death death) {
    var tasks = SimTasks.plain();
    var played =
        plain.again(
            tasks,
            1,
            BodyWrap.NONE,
            play ->
                new Crash(
                    effect.number(),
                    moment,
                    () -> {
                      if (!death.at(effect, play.world()))
                        throw new IllegalStateException("nobody died at " + effect);
                    }));
    assertThat(tasks.trace()).contains(effect);
    return played.broken();
  }

  /// For the build's output, which shows nothing of a TestReporter.
  private static void report(String line) {
    System.out.println(line);
  }
}
