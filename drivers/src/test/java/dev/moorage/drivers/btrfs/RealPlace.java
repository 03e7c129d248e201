package dev.moorage.drivers.btrfs;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.moorage.base.Group;
import dev.moorage.base.live.LiveTasks;
import dev.moorage.host.Host;
import dev.moorage.linux.LinuxHost;
import dev.moorage.linux.Rights;
import dev.moorage.linux.Settings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;

/// A folder on this machine for one test, which is skipped with the reason where a right is
/// missing.
final class RealPlace implements AutoCloseable {
  private static final LiveTasks TASKS = new LiveTasks();
  private static final Group GROUP = TASKS.group("test");
  private static final Rights RIGHTS = Rights.of(GROUP);

  private final Path folder;
  private final Host host = new LinuxHost(GROUP, Settings.DEFAULTS);

  RealPlace() {
    assumeTrue(RIGHTS.suffice(), () -> "rights are missing here: " + RIGHTS.missing());
    try {
      assumeTrue(
          Files.readString(Path.of("/proc/filesystems")).contains("\tbtrfs\n"),
          "the kernel here has no btrfs");
      folder = Files.createTempDirectory(Path.of("/var/tmp"), "moorage-it-");
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  LiveTasks tasks() {
    return TASKS;
  }

  Host host() {
    return host;
  }

  Path folder() {
    return folder;
  }

  /// For the driver's state.
  String state() {
    return folder + "/state";
  }

  /// Takes off all mounts here, detaches the pool, and removes all files.
  @Override
  public void close() {
    for (var mount : host.mounts().table().reversed())
      if (mount.target().startsWith(folder + "/")) host.mounts().unmount(mount.target());
    for (var loop : host.loops().over(state() + "/pool.img")) host.loops().detach(loop.device());
    try (var all = Files.walk(folder)) {
      for (var path : all.sorted(Comparator.reverseOrder()).toList()) Files.delete(path);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }
}
