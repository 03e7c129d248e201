package dev.moorage.base.sim;

import dev.moorage.base.Tasks;
import dev.moorage.base.TasksContract;
import java.util.function.Consumer;

class PlainSimTasksTest extends TasksContract {

  @Override
  protected void play(Consumer<Tasks> story) {
    var tasks = SimTasks.plain();
    tasks.run(() -> story.accept(tasks));
  }

  @Override
  protected void block(Tasks tasks) {
    ((SimTasks) tasks).hang("the call");
  }
}
