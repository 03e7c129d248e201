package dev.moorage.driver;

import dev.moorage.csi.VolumeId;
import dev.moorage.host.Host;
import dev.moorage.host.HostException;
import dev.moorage.host.HostException.Errno;
import dev.moorage.host.Mounts.Mount;
import java.util.List;
import java.util.Optional;

/// One volume in the kernel's mount table, as a [Device] or as a [Folder]: what is really there,
/// whatever the ledger says.
sealed interface Shown permits Device, Folder {
  /// Stacked mounts that are taken off one path; more are a fault that people must look at.
  int MOST_STACKED = 16;

  VolumeId volume();

  Host host();

  /// Whether the backend has such a volume.
  boolean exists();

  /// The device or the folder that shows it now.
  Optional<String> path();

  /// Lets the backend show it.
  String connect();

  /// Lets the backend take it away.
  void disconnect();

  /// Whether a mount shows this volume.
  ///
  /// @param path what shows it now
  /// @param table all mounts
  boolean isIn(Mount mount, String path, List<Mount> table);

  /// The topmost mount at a path, if it shows this volume.
  default Optional<Mount> at(String path) {
    var table = host().mounts().table();
    var topmost =
        table.stream().filter(mount -> mount.target().equals(path)).reduce((_, last) -> last);
    if (topmost.isEmpty()) return topmost;
    var shown = path();
    return topmost.filter(mount -> shown.isPresent() && isIn(mount, shown.get(), table));
  }

  /// Paths where this volume is mounted.
  default List<String> paths() {
    var shown = path();
    if (shown.isEmpty()) return List.of();
    var table = host().mounts().table();
    return table.stream()
        .filter(mount -> isIn(mount, shown.get(), table))
        .map(Mount::target)
        .toList();
  }

  /// Whether it is still ready where the ledger says that it was staged. A raw block device has no
  /// mount there.
  default boolean isStaged(StageRecord stage) {
    return stage.use().block() ? path().isPresent() : at(stage.path()).isPresent();
  }

  /// Takes every mount of this volume off a path, and verifies it.
  default void unmount(String path) {
    for (int i = 0; at(path).isPresent(); i++) {
      if (i == MOST_STACKED)
        throw new HostException(
            Errno.EBUSY,
            "volume " + volume() + " is still mounted at " + path + ", many times over");
      host().mounts().unmount(path);
    }
  }

  /// Refuses a path at which something else is mounted.
  default void checkNothingElseAt(String path) {
    var mount = host().mounts().at(path);
    if (mount.isPresent() && at(path).isEmpty())
      throw Refusals.precondition(
          "volume "
              + volume()
              + ": "
              + mount.get().source()
              + " is mounted at "
              + path
              + " already");
  }

  /// Takes the volume away from this node, unless it is mounted somewhere else.
  default void letGo() {
    var paths = paths();
    if (!paths.isEmpty())
      throw Refusals.precondition("volume " + volume() + " is still mounted at " + paths);
    disconnect();
  }
}
