package dev.moorage.sim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.moorage.base.sim.SimTasks;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/// The three stories on one node, on the plain schedule: their golden trace is the stories' tables
/// as the actors decide them.
final class ThreeStoriesStory {

  @Test
  void claim_becomes_directory_grows_and_goes_away() {
    var tasks = SimTasks.plain();
    var play = new SimPlay(tasks, 1, BodyWrap.NONE, SimPlay.Listener.NONE);
    var broken = new AtomicReference<List<String>>(List.of());
    tasks.run(() -> broken.set(play.play()));
    assertThat(broken.get()).isEmpty();
    Golden.check("three-stories", play.world().trace().decisions(play.world().log()));
  }

  @Test
  void any_order_of_tasks_comes_to_the_same_end() {
    for (long seed = 1; seed <= 30; seed++) {
      var tasks = SimTasks.seeded(seed);
      var play = new SimPlay(tasks, seed, BodyWrap.NONE, SimPlay.Listener.NONE);
      var broken = new AtomicReference<List<String>>(List.of());
      tasks.run(() -> broken.set(play.play()));
      assertThat(broken.get()).as("seed %d", seed).isEmpty();
    }
  }
}
