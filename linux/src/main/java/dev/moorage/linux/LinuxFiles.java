package dev.moorage.linux;

import dev.moorage.base.Bytes;
import dev.moorage.host.Files;
import dev.moorage.host.HostException;
import dev.moorage.host.HostException.Errno;
import dev.moorage.linux.Settings.Fate;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Files and folders by direct calls: none of them follows a link in the last part of a path.
final class LinuxFiles implements Files {
  private final Kernel kernel;
  private final Fate fate;
  private final Blocks blocks;

  LinuxFiles(Kernel kernel) {
    this.kernel = kernel;
    this.fate = kernel.settings().files();
    this.blocks = new Blocks(kernel);
  }

  @Override
  public Optional<Entry> look(String path) {
    return kernel
        .look(fate, "looking at " + path, calls -> found(calls, path))
        .map(stat -> new Entry(sort(stat), new Bytes(stat.size()), new Bytes(stat.allocated())));
  }

  /// Looks; empty where there is nothing, nor a folder that could hold it.
  static Optional<Stat> found(Syscalls calls, String path) {
    try {
      return Optional.of(calls.stat(path));
    } catch (HostException missing) {
      if (missing.is(Errno.ENOENT) || missing.is(Errno.ENOTDIR)) return Optional.empty();
      throw missing;
    }
  }

  private static Sort sort(Stat stat) {
    if (stat.isFile()) return Sort.FILE;
    if (stat.isFolder()) return Sort.FOLDER;
    if (stat.isLink()) return Sort.LINK;
    if (stat.isSocket()) return Sort.SOCKET;
    return stat.isBlockDevice() ? Sort.BLOCK_DEVICE : Sort.OTHER;
  }

  @Override
  public void makeFolder(String path, int mode) {
    kernel.changeOnly(fate, "make folder", path, calls -> makeFolder(calls, path, mode));
  }

  private static void makeFolder(Syscalls calls, String path, int mode) {
    try {
      calls.makeFolder(path, mode);
      calls.changeMode(path, mode); // as asked for, whatever this process's mask takes away
    } catch (HostException seen) {
      if (seen.is(Errno.EEXIST) && calls.stat(path).isFolder()) return;
      if (!seen.is(Errno.ENOENT) || parent(path).equals(path)) throw seen;
      makeParent(calls, parent(path), mode);
      makeFolder(calls, path, mode);
    }
  }

  /// A parent may be a link to a folder; whether it is will show when something is made in it.
  private static void makeParent(Syscalls calls, String path, int mode) {
    try {
      makeFolder(calls, path, mode);
    } catch (HostException standing) {
      if (!standing.is(Errno.EEXIST) || !calls.statFollowing(path).isFolder()) throw standing;
    }
  }

  static String parent(String path) {
    var parent = Path.of(path).getParent();
    return parent == null ? path : parent.toString();
  }

  @Override
  public void removeFolder(String path) {
    kernel.changeOnly(
        fate, "remove folder", path, calls -> unlessMissing(() -> calls.removeFolder(path)));
  }

  @Override
  public void removeFile(String path) {
    kernel.changeOnly(
        fate,
        "remove file",
        path,
        calls -> {
          unlessMissing(() -> calls.removeFile(path));
          // A crash in the middle of a write left it, and its folder could not be removed.
          unlessMissing(() -> calls.removeFile(DurableFile.beside(path)));
        });
  }

  private static void unlessMissing(Runnable removal) {
    try {
      removal.run();
    } catch (HostException missing) {
      if (!missing.is(Errno.ENOENT)) throw missing;
    }
  }

  @Override
  public List<String> names(String folder) {
    return kernel.look(fate, "listing " + folder, _ -> list(folder));
  }

  private static List<String> list(String folder) {
    var names = new ArrayList<String>();
    try (var entries = java.nio.file.Files.newDirectoryStream(Path.of(folder))) {
      for (var entry : entries) names.add(String.valueOf(entry.getFileName()));
    } catch (DirectoryIteratorException broken) {
      throw new HostException(Errno.EIO, "listing " + folder + ": " + broken.getMessage());
    } catch (IOException failed) {
      var seen = Errnos.failure(failed, "listing " + folder);
      if (seen.is(Errno.ENOENT)) return List.of();
      throw seen;
    }
    names.sort(String::compareTo);
    return List.copyOf(names);
  }

  @Override
  public void allocate(String path, Bytes size) {
    kernel.changeOnly(fate, "allocate", path, calls -> allocate(calls, path, size.count()));
  }

  private static void allocate(Syscalls calls, String path, long size) {
    boolean isNew = made(calls, path);
    try (var file = calls.open(path, Syscalls.O_RDWR, 0)) {
      var stat = calls.stat(file);
      long before = stat.size();
      // xfs sets room aside for all that it is asked for, allocated before or not.
      long from = stat.allocated() >= before ? before : 0;
      try {
        if (size > from) calls.allocate(file, from, size - from);
        calls.sync(file);
      } catch (HostException full) {
        // Blocks that were found before the room ended go back, and so does a file that is ours.
        if (isNew) calls.removeFile(path);
        else calls.truncate(file, before);
        throw full;
      }
    }
    if (isNew) syncFolder(calls, parent(path));
  }

  @Override
  public void extend(String path, Bytes size) {
    kernel.changeOnly(fate, "extend", path, calls -> extend(calls, path, size.count()));
  }

  private static void extend(Syscalls calls, String path, long size) {
    boolean isNew = made(calls, path);
    try (var file = calls.open(path, Syscalls.O_RDWR, 0)) {
      if (calls.stat(file).size() < size) calls.truncate(file, size);
      calls.sync(file);
    }
    if (isNew) syncFolder(calls, parent(path));
  }

  @Override
  public void clone(String from, String to) {
    blocks.clone(from, to);
  }

  @Override
  public void copy(String from, String to) {
    blocks.copy(from, to);
  }

  @Override
  public List<Extent> extents(String path) {
    return blocks.extents(path);
  }

  /// Makes an empty file; false when something stands there already.
  static boolean made(Syscalls calls, String path) {
    try (var _ = calls.open(path, Syscalls.O_RDWR | Syscalls.O_CREAT | Syscalls.O_EXCL, 0600)) {
      return true;
    } catch (HostException standing) {
      if (standing.is(Errno.EEXIST)) return false;
      throw standing;
    }
  }

  static void syncFolder(Syscalls calls, String folder) {
    try (var open = calls.openFollowing(folder, Syscalls.O_RDONLY)) {
      calls.sync(open);
    }
  }

  @Override
  public void write(String path, String text) {
    var bytes = text.getBytes(java.nio.charset.StandardCharsets.UTF_8);
    kernel.changeOnly(fate, "write file", path, calls -> DurableFile.write(calls, path, bytes));
  }

  @Override
  public Optional<String> read(String path) {
    return kernel
        .look(fate, "reading " + path, calls -> DurableFile.read(calls, path))
        .map(bytes -> new String(bytes, java.nio.charset.StandardCharsets.UTF_8));
  }

  @Override
  public void move(String from, String to) {
    kernel.changeOnly(
        fate,
        "move file",
        to,
        calls -> {
          calls.rename(from, to);
          syncFolder(calls, parent(to));
          if (!parent(from).equals(parent(to))) syncFolder(calls, parent(from));
        });
  }

  @Override
  public Optional<Lock> lock(String path) {
    return kernel
        .change(fate, "lock file", path, calls -> FileLock.take(calls, path, 0600))
        .map(held -> held::close);
  }

  /// A file of a name, opened and locked.
  static final class FileLock {
    private FileLock() {}

    /// Opens and locks, making the file if missing; empty when another holds it.
    static Optional<Descriptor> take(Syscalls calls, String path, int mode) {
      while (true) {
        var file = calls.open(path, Syscalls.O_RDWR | Syscalls.O_CREAT, mode);
        boolean keep = false;
        try {
          calls.lock(file, Syscalls.LOCK_EX | Syscalls.LOCK_NB);
          // Another may have removed or replaced the file since it was opened: then this lock
          // would guard nothing.
          keep = found(calls, path).filter(calls.stat(file)::sameFile).isPresent();
          if (keep) return Optional.of(file);
        } catch (HostException taken) {
          if (taken.is(Errno.EAGAIN)) return Optional.empty();
          throw taken;
        } finally {
          if (!keep) file.close();
        }
      }
    }
  }
}
