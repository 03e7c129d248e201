package dev.moorage.host;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.moorage.base.Bytes;
import dev.moorage.base.Tasks;
import dev.moorage.host.HostException.Errno;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;

/// What the contracts of the host's words share. They hold on the simulated host and on a real
/// kernel: they work in one folder and leave nothing there, even after a failure.
public abstract class HostContract {
  protected static final Bytes EXT4_SIZE = Bytes.mebi(64);
  protected static final Bytes XFS_SIZE = Bytes.mebi(300);
  protected static final Bytes BTRFS_SIZE = Bytes.mebi(128);
  protected static final Duration SHORT = Duration.ofMillis(100);
  protected static final Duration LONG = Duration.ofSeconds(20);

  /// The host under test, the same during one test.
  protected abstract Host host();

  /// The tasks that the host stands on.
  protected abstract Tasks tasks();

  /// An existing, empty folder to work in, the same during one test; its last part is unique on the
  /// host.
  protected abstract String folder();

  /// Plays one test's story, in a task where waiting needs one.
  protected void play(Runnable story) {
    story.run();
  }

  /// Ends sandboxes, takes off mounts, detaches devices and removes files, in this order.
  @AfterEach
  protected void leaveNothing() {
    for (var sandbox : host().sandboxes().running(sandboxName(""))) {
      host().sandboxes().kill(sandbox);
      host().sandboxes().ended(sandbox, LONG);
    }
    var targets =
        host().mounts().table().stream()
            .map(Mounts.Mount::target)
            .filter(target -> target.startsWith(folder() + "/"))
            .toList();
    targets.reversed().forEach(host().mounts()::unmount);
    for (var loop : host().loops().all())
      if (loop.image().startsWith(folder() + "/")) host().loops().detach(loop.device());
    empty(folder());
  }

  private void empty(String folder) {
    for (String name : host().files().names(folder)) {
      String path = folder + "/" + name;
      boolean isFolder =
          host().files().look(path).filter(e -> e.sort() == Files.Sort.FOLDER).isPresent();
      if (isFolder) {
        empty(path);
        host().files().removeFolder(path);
      } else {
        host().files().removeFile(path);
      }
    }
  }

  /// A path in the test's folder.
  protected String path(String name) {
    return folder() + "/" + name;
  }

  /// A sandbox's name that belongs to this test.
  protected String sandboxName(String name) {
    return folder().substring(folder().lastIndexOf('/') + 1) + "-" + name;
  }

  /// Makes a folder in the test's folder.
  protected String newFolder(String name) {
    host().files().makeFolder(path(name), 0755);
    return path(name);
  }

  /// Makes an image and attaches it, without a filesystem.
  protected String newDevice(String name, Bytes size) {
    host().files().allocate(path(name), size);
    return host().loops().attach(path(name), LoopDevices.Options.FENCED).device();
  }

  /// Makes an image with an ext4 filesystem and attaches it.
  protected String newExt4(String name) {
    String device = newDevice(name, EXT4_SIZE);
    host().filesystems().format(device, "ext4", List.of());
    return device;
  }

  /// Mounts an ext4 filesystem on a new folder.
  protected String mounted(String device, String name) {
    host().mounts().mount(device, newFolder(name), "ext4", List.of());
    return path(name);
  }

  /// Makes an image with an xfs, whose files can share blocks, and mounts it.
  protected String newXfs(String name) {
    String device = newDevice(name + ".img", XFS_SIZE);
    host().filesystems().format(device, "xfs", List.of());
    host().mounts().mount(device, newFolder(name), "xfs", List.of());
    return path(name);
  }

  /// Devices over images of this test, by image.
  protected List<LoopDevices.Loop> loopsHere() {
    return host().loops().all().stream()
        .filter(loop -> loop.image().startsWith(folder() + "/"))
        .sorted(Comparator.comparing(LoopDevices.Loop::image))
        .toList();
  }

  /// Checks that a call fails with this error.
  protected static void refuses(Errno errno, ThrowingCallable call) {
    assertThatExceptionOfType(HostException.class)
        .isThrownBy(call)
        .extracting(HostException::errno)
        .isEqualTo(errno);
  }
}
