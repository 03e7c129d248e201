package dev.moorage.sim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.moorage.base.sim.EffectHook;
import dev.moorage.base.sim.SimTasks;
import org.junit.jupiter.api.Test;

/// Whatever is done a second time, for the answer was lost or the actor forgot that it was done,
/// changes nothing in the end.
final class TwiceStory {
  private static final int SEEDS = 50;

  private final Played plain = Played.plainly();

  @Test
  void every_call_and_every_write_made_twice_comes_to_the_same_end() {
    var twice = new Twice();
    check("plain", SimTasks.plain(), twice);
    assertThat(twice.unlike()).isEmpty();
    assertThat(twice.repeated()).isGreaterThan(80);
  }

  @Test
  void every_answer_lost_the_first_time_comes_to_the_same_end() {
    var lost = new LostAnswers();
    check("plain", SimTasks.plain(), lost);
    assertThat(lost.lost()).isGreaterThan(60);
  }

  @Test
  void lost_answers_in_any_order_of_tasks_come_to_the_same_end() {
    for (long seed = 1; seed <= SEEDS; seed++)
      check("seed " + seed, SimTasks.seeded(seed), new LostAnswers());
  }

  private void check(String run, SimTasks tasks, BodyWrap wrap) {
    EffectHook nobody = (effect, moment) -> {};
    var played = plain.again(tasks, 1, wrap, play -> nobody);
    assertThat(plain.broken()).isEmpty();
    assertThat(played.broken()).as(run).isEmpty();
  }
}
