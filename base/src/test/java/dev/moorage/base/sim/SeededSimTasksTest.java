package dev.moorage.base.sim;

import dev.moorage.base.Tasks;
import dev.moorage.base.TasksContract;
import java.util.function.Consumer;

class SeededSimTasksTest extends TasksContract {
  private static final int SEEDS = 30;

  @Override
  protected void play(Consumer<Tasks> story) {
    for (int seed = 0; seed < SEEDS; seed++) {
      var tasks = SimTasks.seeded(seed);
      tasks.run(() -> story.accept(tasks));
    }
  }

  @Override
  protected void block(Tasks tasks) {
    ((SimTasks) tasks).hang("the call");
  }
}
