package dev.moorage.host.sim;

import dev.moorage.host.Folders;

final class SimFolders implements Folders {
  private final Kernel kernel;
  private final Door door;

  SimFolders(Kernel kernel, Door door) {
    this.kernel = kernel;
    this.door = door;
  }

  @Override
  public Watched watch(String folder) {
    return door.look(
        "watch",
        folder,
        () -> {
          var watch = new SimWatch(kernel, door, folder, Kernel.folder(kernel.folderAt(folder)));
          kernel.watches.add(watch);
          kernel
              .tasks
              .current()
              .ifPresent(group -> kernel.tasks.onDeath(group, () -> kernel.watches.remove(watch)));
          return watch;
        });
  }
}
