package dev.moorage.linux;

import dev.moorage.base.Bytes;
import dev.moorage.host.Files.Extent;
import dev.moorage.host.HostException;
import dev.moorage.host.HostException.Errno;
import dev.moorage.linux.Settings.Fate;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// The blocks behind files: shared, copied, listed.
///
/// Source: `linux/fs.h` (FICLONE), `linux/fiemap.h`, `copy_file_range(2)`.
final class Blocks {
  private static final long FICLONE = 0x40049409L;
  private static final long FIEMAP = 0xc020660bL;
  private static final int FIEMAP_HEAD_BYTES = 32;
  private static final int FIEMAP_EXTENT_BYTES = 56;
  private static final int FIEMAP_SYNC = 1;
  private static final int FIEMAP_LAST = 1;
  private static final int FIEMAP_UNWRITTEN = 0x800;
  private static final int EXTENTS_AT_ONCE = 512;

  /// What goes to the kernel in one call; a call cannot be called off.
  private static final long COPIED_AT_ONCE = Bytes.mebi(64).count();

  /// An image may be large and its disk slow.
  private static final Fate COPIES = Fate.of("copies", 2, Duration.ofHours(1));

  private final Kernel kernel;

  Blocks(Kernel kernel) {
    this.kernel = kernel;
  }

  void clone(String from, String to) {
    var fate = kernel.settings().files();
    kernel.changeOnly(
        fate,
        "clone",
        to,
        calls ->
            make(
                calls,
                from,
                to,
                (source, target) ->
                    calls.ioctl(target, "cloning " + from + " to", FICLONE, source.number())));
  }

  void copy(String from, String to) {
    kernel.changeOnly(
        COPIES,
        "copy",
        to,
        calls -> make(calls, from, to, (source, target) -> copy(calls, source, target)));
  }

  private interface Filling {
    void fill(Descriptor source, Descriptor target);
  }

  /// What was made only in part goes away again.
  private static void make(Syscalls calls, String from, String to, Filling filling) {
    try (var source = calls.open(from, Syscalls.O_RDONLY, 0)) {
      if (!LinuxFiles.made(calls, to))
        throw Errnos.failure(Errno.EEXIST.number(), "making " + to + " from " + from);
      try (var target = calls.open(to, Syscalls.O_RDWR, 0)) {
        filling.fill(source, target);
      } catch (HostException failed) {
        calls.removeFile(to);
        throw failed;
      }
    }
  }

  private static void copy(Syscalls calls, Descriptor source, Descriptor target) {
    long size = calls.stat(source).size();
    calls.truncate(target, size);
    for (var data = calls.dataFrom(source, 0); data.isPresent(); ) {
      long end = calls.dataEnd(source, data.getAsLong());
      for (long at = data.getAsLong(); at < end; at += COPIED_AT_ONCE)
        calls.copy(source, target, at, Math.min(end, at + COPIED_AT_ONCE));
      data = calls.dataFrom(source, end);
    }
  }

  List<Extent> extents(String path) {
    return kernel.look(
        kernel.settings().files(), "listing the blocks of " + path, calls -> extents(calls, path));
  }

  private static List<Extent> extents(Syscalls calls, String path) {
    try (var file = calls.open(path, Syscalls.O_RDONLY, 0)) {
      var found = new ArrayList<Extent>();
      boolean more = true;
      while (more) {
        long from = found.isEmpty() ? 0 : found.getLast().end();
        more = nextExtents(calls, file, from, found);
      }
      return List.copyOf(found);
    }
  }

  /// @return whether there are more
  private static boolean nextExtents(
      Syscalls calls, Descriptor file, long from, List<Extent> found) {
    var block = new byte[FIEMAP_HEAD_BYTES + EXTENTS_AT_ONCE * FIEMAP_EXTENT_BYTES];
    var memory = ByteBuffer.wrap(block).order(ByteOrder.nativeOrder());
    memory.putLong(0, from).putLong(8, -1L).putInt(16, FIEMAP_SYNC).putInt(24, EXTENTS_AT_ONCE);
    calls.ioctl(file, "listing the blocks of", FIEMAP, block);
    int count = memory.getInt(20);
    for (int i = 0; i < count; i++) {
      int at = FIEMAP_HEAD_BYTES + i * FIEMAP_EXTENT_BYTES;
      int flags = memory.getInt(at + 40);
      found.add(
          new Extent(
              memory.getLong(at),
              memory.getLong(at + 16),
              memory.getLong(at + 8),
              (flags & FIEMAP_UNWRITTEN) == 0));
      if ((flags & FIEMAP_LAST) != 0) return false;
    }
    return count == EXTENTS_AT_ONCE;
  }
}
