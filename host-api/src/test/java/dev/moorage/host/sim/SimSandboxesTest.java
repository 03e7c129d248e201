package dev.moorage.host.sim;

import dev.moorage.base.Tasks;
import dev.moorage.host.Host;
import dev.moorage.host.SandboxesContract;
import java.util.List;

class SimSandboxesTest extends SandboxesContract {
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

  @Override
  protected List<String> stubborn() {
    return List.of("stubborn");
  }
}
