package dev.moorage.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.moorage.base.Group;
import dev.moorage.base.live.LiveTasks;
import dev.moorage.host.Host;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// This machine for one test: a folder of its own, and tests that are skipped with the reason where
/// a right is missing.
final class RealHost implements AutoCloseable {
  private static final LiveTasks TASKS = new LiveTasks();
  private static final Group GROUP = TASKS.group("test");
  private static final Rights RIGHTS = Rights.of(GROUP);

  private final Path folder;
  private final Host host;

  RealHost() {
    assumeTrue(RIGHTS.suffice(), () -> "rights are missing here: " + RIGHTS.missing());
    folder = newFolder();
    host = new LinuxHost(GROUP, Settings.DEFAULTS);
  }

  private static Path newFolder() {
    try {
      return Files.createTempDirectory(Path.of("/var/tmp"), "moorage-it-");
    } catch (IOException failed) {
      throw new IllegalStateException(failed);
    }
  }

  Host host() {
    return host;
  }

  Group group() {
    return GROUP;
  }

  LiveTasks tasks() {
    return TASKS;
  }

  String folder() {
    return folder.toString();
  }

  /// Removes the folder, which must be empty by now, and looks whether the kernel is rid of it.
  @Override
  public void close() {
    try {
      assertThat(host.mounts().table()).noneMatch(mount -> mount.target().startsWith(folder()));
      assertThat(host.loops().all()).noneMatch(loop -> loop.image().startsWith(folder()));
      Files.delete(folder);
    } catch (IOException failed) {
      throw new IllegalStateException(failed);
    }
  }
}
