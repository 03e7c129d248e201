package dev.moorage.linux;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// Binds where the kernel, or a filter before it, lacks the calls that place a finished mount
/// (before Linux 5.12).
///
/// A bind of a read-only bind is read-only from its first moment: so it is made in a place that
/// nobody else can see, and shown from there.
final class OldBind {
  private final Syscalls calls;

  OldBind(Syscalls calls) {
    this.calls = calls;
  }

  void bind(String source, String target, boolean readOnly) {
    if (readOnly) bindReadOnly(source, target);
    else bindPlainly(source, target);
  }

  private void bindPlainly(String source, String target) {
    var tried = "binding " + source + " at " + target;
    calls.mount(tried, source, target, "", Syscalls.MS_BIND, "");
  }

  private void bindReadOnly(String source, String target) {
    var hidden = hiddenPlaceFor(source);
    try {
      bindPlainly(source, hidden.toString());
      try {
        turnReadOnly(hidden.toString());
        bindPlainly(hidden.toString(), target);
      } finally {
        calls.unmount(hidden.toString());
      }
    } finally {
      remove(hidden);
    }
  }

  /// Turning keeps only the flags that it is given, so those of the source are given again.
  private void turnReadOnly(String path) {
    var table = MountTable.of(KernelFiles.text("/proc/self/mountinfo").orElse(""));
    long kept = table.at(path).map(line -> MountOptions.of(line.options()).flags()).orElse(0L);
    long flags = kept | Syscalls.MS_REMOUNT | Syscalls.MS_BIND | Syscalls.MS_RDONLY;
    calls.mount("making " + path + " read-only", "", path, "", flags, "");
  }

  /// A folder in a folder of our own, or a file in it, as the source is one.
  private Path hiddenPlaceFor(String source) {
    boolean isFolder = calls.stat(source).isFolder();
    try {
      var own = Files.createTempDirectory("moorage-bind-");
      return isFolder
          ? Files.createDirectory(own.resolve("here"))
          : Files.createFile(own.resolve("here"));
    } catch (IOException failed) {
      throw Errnos.failure(failed, "making a hidden place for a read-only bind of " + source);
    }
  }

  private static void remove(Path hidden) {
    try {
      Files.deleteIfExists(hidden);
      var own = hidden.getParent();
      if (own != null) Files.deleteIfExists(own);
    } catch (IOException failed) {
      throw Errnos.failure(failed, "removing " + hidden);
    }
  }
}
