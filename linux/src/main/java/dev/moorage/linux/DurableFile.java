package dev.moorage.linux;

import dev.moorage.host.HostException;
import dev.moorage.host.HostException.Errno;
import java.nio.file.Path;
import java.util.Optional;

/// Small files that are there as a whole, in the old text or the new one.
final class DurableFile {
  /// More is no small file.
  static final int MOST_BYTES = 1 << 20;

  private DurableFile() {}

  /// Writes beside the file, syncs, and renames over it. What a crash leaves beside it is written
  /// over by the next write.
  static void write(Syscalls calls, String path, byte[] bytes) {
    if (bytes.length > MOST_BYTES) {
      throw Errnos.failure(
          Errno.EFBIG.number(), "writing " + path + " with " + bytes.length + " bytes");
    }
    if (isFolder(calls, path)) throw Errnos.failure(Errno.EISDIR.number(), "writing " + path);
    var beside = beside(path);
    try (var file = openAlone(calls, beside)) {
      calls.truncate(file, 0);
      calls.write(file, 0, bytes);
      calls.sync(file);
      calls.rename(beside, path);
    }
    LinuxFiles.syncFolder(calls, LinuxFiles.parent(path));
  }

  private static boolean isFolder(Syscalls calls, String path) {
    try {
      return calls.stat(path).isFolder();
    } catch (HostException missing) {
      if (missing.is(Errno.ENOENT)) return false;
      throw missing;
    }
  }

  /// Where the next text is written before it gets the file's name; a crash may leave it.
  static String beside(String path) {
    return Path.of(path).resolveSibling("." + Path.of(path).getFileName() + ".new").toString();
  }

  /// Two writers of one file follow each other: the second one waits until the first one's file has
  /// got its name, and makes its own.
  private static Descriptor openAlone(Syscalls calls, String beside) {
    while (true) {
      var file = calls.open(beside, Syscalls.O_RDWR | Syscalls.O_CREAT, 0600);
      boolean keep = false;
      try {
        calls.lock(file, Syscalls.LOCK_EX);
        keep = calls.stat(beside).sameFile(calls.stat(file));
        if (keep) return file;
      } catch (HostException renamed) {
        if (!renamed.is(Errno.ENOENT)) throw renamed;
      } finally {
        if (!keep) file.close();
      }
    }
  }

  /// Reads a file; empty where there is none.
  static Optional<byte[]> read(Syscalls calls, String path) {
    try (var file = calls.open(path, Syscalls.O_RDONLY | Syscalls.O_NONBLOCK, 0)) {
      if (calls.stat(file).size() > MOST_BYTES) {
        throw Errnos.failure(Errno.EFBIG.number(), "reading " + path);
      }
      // Files of the kernel's own have no size: what they hold shows by reading.
      return Optional.of(calls.read(file, 0, MOST_BYTES));
    } catch (HostException missing) {
      if (missing.is(Errno.ENOENT)) return Optional.empty();
      throw missing;
    }
  }
}
