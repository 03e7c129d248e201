package dev.moorage.host.sim;

import dev.moorage.base.Gate;
import dev.moorage.host.Folders;
import java.time.Duration;

/// A watched folder of a simulated kernel.
final class SimWatch implements Folders.Watched {
  private final Kernel kernel;
  private final Door door;
  private final String path;
  private final Node.Folder folder;
  private Gate change;
  private boolean seen;

  SimWatch(Kernel kernel, Door door, String path, Node.Folder folder) {
    this.kernel = kernel;
    this.door = door;
    this.path = path;
    this.folder = folder;
    this.change = newGate();
  }

  private Gate newGate() {
    return kernel.tasks.home().newGate(); // of a group that is never killed: the kernel's own
  }

  void changed(Node.Folder other) {
    if (other != folder) return;
    seen = true;
    change.open();
  }

  @Override
  public boolean changed(Duration atMost) {
    boolean already = door.look("changed", path, () -> seen);
    if (!already && !change.await(atMost)) return false;
    seen = false;
    change = newGate();
    return true;
  }

  @Override
  public void close() {
    door.look("watch", path, () -> kernel.watches.remove(this));
  }
}
