package dev.moorage.csi.inprocess;

import dev.moorage.base.Tasks;
import dev.moorage.base.live.LiveTasks;
import java.util.function.Consumer;

class InProcessCsiTest extends InProcessCsiContract {

  @Override
  protected void play(Consumer<Tasks> story) {
    story.accept(new LiveTasks());
  }
}
