package dev.moorage.csi.inprocess;

import dev.moorage.base.Group;
import dev.moorage.csi.CsiContract;
import dev.moorage.csi.inprocess.InProcessNetwork.SocketFiles;

/// The in-process network, whatever its tasks are.
abstract class InProcessCsiContract extends CsiContract {
  private final InProcessNetwork network =
      new InProcessNetwork(
          new SocketFiles() {
            @Override
            public void made(String path) {}

            @Override
            public void gone(String path) {}
          });

  @Override
  protected final Sockets sockets(Group process) {
    var sockets = network.in(process);
    return new Sockets(process, sockets, sockets, sockets);
  }

  @Override
  protected final String path(String name) {
    return "/run/" + name + ".sock";
  }
}
