package dev.moorage.csiwire;

import dev.moorage.base.Group;
import dev.moorage.base.Tasks;
import dev.moorage.base.live.LiveTasks;
import dev.moorage.csi.CsiContract;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.junit.jupiter.api.io.TempDir;

/// The contract over real sockets.
class GrpcCsiIT extends CsiContract {
  @TempDir Path folder;

  @Override
  protected void play(Consumer<Tasks> story) {
    story.accept(new LiveTasks());
  }

  @Override
  protected Sockets sockets(Group process) {
    var sockets = new GrpcSockets(process);
    return new Sockets(process, sockets, sockets, sockets);
  }

  @Override
  protected String path(String name) {
    return folder.resolve(name + ".sock").toString();
  }
}
