package dev.moorage.linux;

import dev.moorage.base.Bytes;
import dev.moorage.host.HostException;
import dev.moorage.host.HostException.Errno;
import dev.moorage.host.Subvolumes;
import dev.moorage.linux.Settings.Fate;

/// Subvolumes by the kernel's own calls.
final class LinuxSubvolumes implements Subvolumes {
  private static final int EVERYBODY_READS = 0755;

  private final Kernel kernel;
  private final Fate fate;

  LinuxSubvolumes(Kernel kernel) {
    this.kernel = kernel;
    this.fate = kernel.settings().files();
  }

  /// Counting anew reads the whole filesystem: it takes as long as a tool may.
  @Override
  public void enableQuota(String mountPath) {
    kernel.changeOnly(
        kernel.settings().tools(),
        "enable quota",
        mountPath,
        calls -> {
          try (var mounted = calls.open(mountPath, Syscalls.O_RDONLY, 0)) {
            Btrfs.enableQuota(calls, mounted);
          }
        });
  }

  @Override
  public boolean exists(String path) {
    return kernel.look(
        fate,
        "looking for subvolume " + path,
        calls -> {
          try (var open = calls.open(path, Syscalls.O_RDONLY | Syscalls.O_NONBLOCK, 0)) {
            return Btrfs.isSubvolume(calls, open);
          } catch (HostException none) {
            if (isNoFolder(none)) return false;
            throw none;
          }
        });
  }

  private static boolean isNoFolder(HostException seen) {
    return switch (seen.errno()) {
      case ENOENT, ENOTDIR, ELOOP, ENXIO -> true;
      default -> false;
    };
  }

  @Override
  public void create(String path) {
    kernel.changeOnly(
        fate,
        "create subvolume",
        path,
        calls -> {
          try (var folder = parent(calls, path)) {
            Btrfs.create(calls, folder, name(path));
          }
          calls.changeMode(path, EVERYBODY_READS); // whatever this process's mask takes away
        });
  }

  @Override
  public void snapshot(String from, String to, boolean readOnly) {
    kernel.changeOnly(
        fate,
        "snapshot",
        to,
        calls -> {
          try (var source = open(calls, from);
              var folder = parent(calls, to)) {
            Btrfs.snapshot(calls, source, folder, name(to), readOnly);
          }
        });
  }

  @Override
  public void limit(String path, Bytes size) {
    kernel.changeOnly(
        fate,
        "limit",
        path,
        calls -> {
          try (var open = open(calls, path)) {
            Btrfs.limit(calls, open, size);
          }
        });
  }

  @Override
  public Usage usage(String path) {
    return kernel.look(
        fate,
        "asking how full " + path + " is",
        calls -> {
          try (var open = open(calls, path)) {
            return Btrfs.usage(calls, open);
          }
        });
  }

  @Override
  public void delete(String path) {
    kernel.group().tasks().effect("delete subvolume", path, () -> deleteNow(path));
  }

  private void deleteNow(String path) {
    if (!exists(path)) {
      if (kernel.inLane(fate, "looking at " + path, c -> LinuxFiles.found(c, path)).isEmpty())
        return;
      throw noSubvolume(path);
    }
    var gone = kernel.inLane(fate, "delete subvolume " + path, calls -> destroy(calls, path));
    var pause = new Pause(kernel.group(), kernel.settings().tools().atMost());
    while (!kernel.inLane(fate, "waiting for the space of " + path, c -> isFreed(c, path, gone)))
      if (!pause.again())
        throw Errnos.failure(
            Errno.ETIMEDOUT.number(), "removing " + path + ", whose space is still being freed");
  }

  private static Btrfs.Gone destroy(Syscalls calls, String path) {
    try (var folder = parent(calls, path)) {
      Btrfs.Gone gone;
      try (var open = open(calls, path)) {
        gone = Btrfs.destroyInside(calls, folder, open);
      }
      Btrfs.destroy(calls, folder, name(path));
      Btrfs.sync(calls, folder);
      return gone;
    }
  }

  private static boolean isFreed(Syscalls calls, String path, Btrfs.Gone gone) {
    try (var folder = parent(calls, path)) {
      return Btrfs.isFreed(calls, folder, gone);
    }
  }

  /// A subvolume's root, opened.
  private static Descriptor open(Syscalls calls, String path) {
    var open = calls.open(path, Syscalls.O_RDONLY | Syscalls.O_NONBLOCK, 0);
    try {
      if (Btrfs.isSubvolume(calls, open)) return open;
      BtrfsTrees.rootOf(calls, open); // EOPNOTSUPP where this is no btrfs at all
      throw noSubvolume(path);
    } catch (HostException refused) {
      open.close();
      throw refused;
    }
  }

  private static HostException noSubvolume(String path) {
    return Errnos.failure(Errno.EINVAL.number(), "using " + path + ", which is no subvolume");
  }

  private static Descriptor parent(Syscalls calls, String path) {
    return calls.open(LinuxFiles.parent(path), Syscalls.O_RDONLY, 0);
  }

  private static String name(String path) {
    return path.substring(path.lastIndexOf('/') + 1);
  }
}
