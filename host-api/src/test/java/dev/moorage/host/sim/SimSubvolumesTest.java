package dev.moorage.host.sim;

import dev.moorage.base.Tasks;
import dev.moorage.host.Host;
import dev.moorage.host.SubvolumesContract;

class SimSubvolumesTest extends SubvolumesContract {
  private final SimBench bench = new SimBench();

  @Override
  protected Host host() {
    return bench.host;
  }

  @Override
  protected Tasks tasks() {
    return bench.tasks;
  }

  @Override
  protected String folder() {
    return SimBench.FOLDER;
  }

  @Override
  protected void play(Runnable story) {
    bench.tasks.run(story);
  }
}
