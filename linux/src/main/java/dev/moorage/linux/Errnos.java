package dev.moorage.linux;

import dev.moorage.host.HostException;
import dev.moorage.host.HostException.Errno;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.Map;

/// The one place where the kernel's error numbers become [HostException]s.
final class Errnos {
  /// A call was interrupted before it did anything: it is simply made again.
  static final int EINTR = 4;

  /// There is no such process.
  static final int ESRCH = 3;

  /// A file's own call that its filesystem does not know.
  private static final int ENOTTY = 25;

  /// Nobody reads any more.
  static final int EPIPE = 32;

  /// What the kernel means by a number, in words; other numbers are told as they are.
  private static final Map<Integer, String> WORDS =
      Map.ofEntries(
          Map.entry(1, "operation not permitted"),
          Map.entry(2, "no such file or directory"),
          Map.entry(3, "no such process"),
          Map.entry(5, "input/output error"),
          Map.entry(6, "no such device or address"),
          Map.entry(9, "bad file descriptor"),
          Map.entry(11, "held by another"),
          Map.entry(12, "out of memory"),
          Map.entry(13, "permission denied"),
          Map.entry(15, "block device required"),
          Map.entry(16, "device or resource busy"),
          Map.entry(17, "exists already"),
          Map.entry(18, "not within one filesystem"),
          Map.entry(19, "no such device, or a filesystem type that this kernel lacks"),
          Map.entry(20, "not a directory"),
          Map.entry(21, "is a directory"),
          Map.entry(22, "invalid argument"),
          Map.entry(23, "too many open files on this host"),
          Map.entry(24, "too many open files in this process"),
          Map.entry(25, "not supported by this device"),
          Map.entry(27, "file too large"),
          Map.entry(28, "no space left on device"),
          Map.entry(30, "read-only file system"),
          Map.entry(36, "name too long"),
          Map.entry(38, "not implemented by this kernel"),
          Map.entry(39, "directory not empty"),
          Map.entry(40, "symbolic link in the way"),
          Map.entry(95, "operation not supported"),
          Map.entry(107, "not connected; quotas of a btrfs: not enabled"),
          Map.entry(110, "timed out"),
          Map.entry(117, "the filesystem is damaged"),
          Map.entry(122, "quota exceeded"));

  private Errnos() {}

  /// The failure of a system call.
  ///
  /// @param tried what was tried, on what
  static HostException failure(int number, String tried) {
    var errno = of(number);
    var words = WORDS.getOrDefault(number, "failed");
    var tail = errno == Errno.OTHER ? " (errno " + number + ")" : "";
    return new HostException(errno, tried + ": " + words + tail);
  }

  /// The failure of a call of the JDK's file door.
  static HostException failure(java.io.IOException seen, String tried) {
    return switch (seen) {
      case NoSuchFileException _ -> failure(Errno.ENOENT.number(), tried);
      case NotDirectoryException _ -> failure(Errno.ENOTDIR.number(), tried);
      case FileAlreadyExistsException _ -> failure(Errno.EEXIST.number(), tried);
      case DirectoryNotEmptyException _ -> failure(Errno.ENOTEMPTY.number(), tried);
      case AccessDeniedException _ -> failure(Errno.EACCES.number(), tried);
      case FileSystemException other when other.getReason() != null ->
          new HostException(Errno.OTHER, tried + ": " + other.getReason());
      default -> new HostException(Errno.OTHER, tried + ": " + seen.getMessage());
    };
  }

  private static Errno of(int number) {
    if (number == ENOTTY) return Errno.EOPNOTSUPP;
    for (var errno : Errno.values()) {
      if (errno.number() != 0 && errno.number() == number) return errno;
    }
    return Errno.OTHER;
  }
}
