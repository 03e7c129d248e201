package dev.moorage.csi.inprocess;

import dev.moorage.base.Tasks;
import dev.moorage.base.sim.SimTasks;
import java.util.function.Consumer;

class SimulatedCsiTest extends InProcessCsiContract {

  @Override
  protected void play(Consumer<Tasks> story) {
    var tasks = SimTasks.plain();
    tasks.run(() -> story.accept(tasks));
  }
}
