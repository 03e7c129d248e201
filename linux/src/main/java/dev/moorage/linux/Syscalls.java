package dev.moorage.linux;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import dev.moorage.host.HostException;
import dev.moorage.host.HostException.Errno;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.OptionalLong;

/// The kernel's calls, as they are.
///
/// Every method throws a [HostException] that says what was tried on what; a call interrupted
/// before it did anything is made again. Layouts and numbers are those of Linux on 64-bit
/// little-endian machines (x86-64, aarch64) with the GNU C library.
final class Syscalls {
  static final int O_RDONLY = 0;
  static final int O_WRONLY = 1;
  static final int O_RDWR = 2;
  static final int O_CREAT = 0x40;
  static final int O_EXCL = 0x80;
  static final int O_APPEND = 0x400;
  static final int O_NONBLOCK = 0x800;
  private static final int O_CLOEXEC = 0x80000;

  private static final int SEEK_DATA = 3;
  private static final int SEEK_HOLE = 4;

  static final int LOCK_EX = 2;
  static final int LOCK_NB = 4;

  static final int MS_RDONLY = 1;
  static final int MS_REMOUNT = 0x20;
  static final int MS_BIND = 0x1000;
  static final int MS_PRIVATE = 0x40000;
  static final int MS_SHARED = 0x100000;

  private static final int UMOUNT_NOFOLLOW = 8;
  private static final int AT_FDCWD = -100;
  private static final int AT_SYMLINK_NOFOLLOW = 0x100;
  private static final int AT_EMPTY_PATH = 0x1000;
  private static final int STATX_BASIC_STATS = 0x7ff;
  private static final int OPEN_TREE_CLONE = 1;
  private static final int MOVE_MOUNT_F_EMPTY_PATH = 4;
  private static final long MOUNT_ATTR_RDONLY = 1;

  /// The same on every machine, unlike older calls.
  private static final long SYS_OPEN_TREE = 428;

  private static final long SYS_MOVE_MOUNT = 429;
  private static final long SYS_MOUNT_SETATTR = 442;

  private final CLibrary library = new CLibrary();

  private final Linked open = library.variadic("open", 2, JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT);
  private final Linked close = library.plain("close", JAVA_INT, JAVA_INT);
  private final Linked ioctl =
      library.variadic("ioctl", 2, JAVA_INT, JAVA_INT, JAVA_LONG, JAVA_LONG);
  private final Linked ioctlAt =
      library.variadic("ioctl", 2, JAVA_INT, JAVA_INT, JAVA_LONG, ADDRESS);
  private final Linked mount =
      library.plain("mount", JAVA_INT, ADDRESS, ADDRESS, ADDRESS, JAVA_LONG, ADDRESS);
  private final Linked umount2 = library.plain("umount2", JAVA_INT, ADDRESS, JAVA_INT);
  private final Linked flock = library.plain("flock", JAVA_INT, JAVA_INT, JAVA_INT);
  private final Linked fallocate =
      library.plain("fallocate", JAVA_INT, JAVA_INT, JAVA_INT, JAVA_LONG, JAVA_LONG);
  private final Linked ftruncate = library.plain("ftruncate", JAVA_INT, JAVA_INT, JAVA_LONG);
  private final Linked fsync = library.plain("fsync", JAVA_INT, JAVA_INT);
  private final Linked fdatasync = library.plain("fdatasync", JAVA_INT, JAVA_INT);
  private final Linked syncfs = library.plain("syncfs", JAVA_INT, JAVA_INT);
  private final Linked statfs = library.plain("statfs", JAVA_INT, ADDRESS, ADDRESS);
  private final Linked statx =
      library.plain("statx", JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT, ADDRESS);
  private final Linked mkdir = library.plain("mkdir", JAVA_INT, ADDRESS, JAVA_INT);
  private final Linked chmod = library.plain("chmod", JAVA_INT, ADDRESS, JAVA_INT);
  private final Linked rmdir = library.plain("rmdir", JAVA_INT, ADDRESS);
  private final Linked unlink = library.plain("unlink", JAVA_INT, ADDRESS);
  private final Linked rename = library.plain("rename", JAVA_INT, ADDRESS, ADDRESS);
  private final Linked mknod = library.plain("mknod", JAVA_INT, ADDRESS, JAVA_INT, JAVA_LONG);
  private final Linked pread =
      library.plain("pread", JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG, JAVA_LONG);
  private final Linked pwrite =
      library.plain("pwrite", JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG, JAVA_LONG);
  private final Linked lseek = library.plain("lseek", JAVA_LONG, JAVA_INT, JAVA_LONG, JAVA_INT);
  private final Linked copyFileRange =
      library.plain(
          "copy_file_range", JAVA_LONG, JAVA_INT, ADDRESS, JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT);
  private final Linked syscall3 =
      library.variadic("syscall", 1, JAVA_LONG, JAVA_LONG, JAVA_LONG, ADDRESS, JAVA_LONG);
  private final Linked syscall5 =
      library.variadic(
          "syscall", 1, JAVA_LONG, JAVA_LONG, JAVA_LONG, ADDRESS, JAVA_LONG, ADDRESS, JAVA_LONG);

  private final ProcessCalls processes = new ProcessCalls(library, this::descriptor);
  private final int noFollow = library.machineIsArm() ? 0x8000 : 0x20000;

  // Files ----------------------------------------------------------------------------------------

  /// Opens without following a link in the last part; never inherited by a child process.
  Descriptor open(String path, int flags, int mode) {
    return openAs(path, flags | noFollow, mode);
  }

  /// Opens, following links.
  Descriptor openFollowing(String path, int flags) {
    return openAs(path, flags, 0);
  }

  private Descriptor openAs(String path, int flags, int mode) {
    int all = flags | O_CLOEXEC;
    long number =
        CLibrary.call(
            "opening " + path,
            (arena, state) ->
                (int) open.handle().invokeExact(state, CLibrary.text(arena, path), all, mode));
    return descriptor(number, path);
  }

  private Descriptor descriptor(long number, String path) {
    return new Descriptor((int) number, path, this::closeOnce);
  }

  private void closeOnce(int number) {
    try {
      CLibrary.call(
          "closing descriptor " + number,
          (_, state) -> (int) close.handle().invokeExact(state, number));
    } catch (HostException _) {
      // Linux has freed the descriptor whatever it answers; what must be durable was synced before.
    }
  }

  /// What stands at a path, not following a link in its last part.
  Stat stat(String path) {
    return statAt(AT_FDCWD, path, AT_SYMLINK_NOFOLLOW, path);
  }

  /// What stands at a path, following links.
  Stat statFollowing(String path) {
    return statAt(AT_FDCWD, path, 0, path);
  }

  /// What a descriptor is open on.
  Stat stat(Descriptor file) {
    return statAt(file.number(), "", AT_EMPTY_PATH, file.path());
  }

  private Stat statAt(int folder, String path, int flags, String told) {
    try (var memory = Arena.ofConfined()) {
      var seen = memory.allocate(256, 8);
      CLibrary.call(
          "looking at " + told,
          (arena, state) ->
              (int)
                  statx
                      .handle()
                      .invokeExact(
                          state,
                          folder,
                          CLibrary.text(arena, path),
                          flags,
                          STATX_BASIC_STATS,
                          seen));
      return new Stat(
          Short.toUnsignedInt(seen.get(JAVA_SHORT, 28)),
          seen.get(JAVA_LONG, 32),
          seen.get(JAVA_LONG, 40),
          seen.get(JAVA_LONG, 48) * 512,
          seen.get(JAVA_INT, 136),
          seen.get(JAVA_INT, 140));
    }
  }

  void makeFolder(String path, int mode) {
    CLibrary.call(
        "making folder " + path,
        (arena, state) ->
            (int) mkdir.handle().invokeExact(state, CLibrary.text(arena, path), mode));
  }

  void changeMode(String path, int mode) {
    CLibrary.call(
        "setting the permissions of " + path,
        (arena, state) ->
            (int) chmod.handle().invokeExact(state, CLibrary.text(arena, path), mode));
  }

  void removeFolder(String path) {
    CLibrary.call(
        "removing folder " + path,
        (arena, state) -> (int) rmdir.handle().invokeExact(state, CLibrary.text(arena, path)));
  }

  void removeFile(String path) {
    CLibrary.call(
        "removing file " + path,
        (arena, state) -> (int) unlink.handle().invokeExact(state, CLibrary.text(arena, path)));
  }

  void rename(String from, String to) {
    CLibrary.call(
        "renaming " + from + " to " + to,
        (arena, state) ->
            (int)
                rename
                    .handle()
                    .invokeExact(state, CLibrary.text(arena, from), CLibrary.text(arena, to)));
  }

  void makeBlockDevice(String path, int major, int minor) {
    long number = deviceNumber(major, minor);
    int mode = 0060000 | 0660;
    CLibrary.call(
        "making device node " + path,
        (arena, state) ->
            (int) mknod.handle().invokeExact(state, CLibrary.text(arena, path), mode, number));
  }

  /// The kernel's 64-bit form of a device number.
  static long deviceNumber(int major, int minor) {
    long high = Integer.toUnsignedLong(minor);
    return (high & 0xff) | (Integer.toUnsignedLong(major) << 8) | ((high & ~0xffL) << 12);
  }

  /// The sort of machine in the kernel's words: `x86_64`, `aarch64`.
  String machine() {
    return library.machine();
  }

  /// Allocates all blocks of a part of a file, which grows to the part's end if it is shorter.
  void allocate(Descriptor file, long from, long count) {
    CLibrary.call(
        "allocating " + count + " bytes for " + file.path(),
        (_, state) -> (int) fallocate.handle().invokeExact(state, file.number(), 0, from, count));
  }

  void truncate(Descriptor file, long size) {
    CLibrary.call(
        "cutting " + file.path() + " to " + size + " bytes",
        (_, state) -> (int) ftruncate.handle().invokeExact(state, file.number(), size));
  }

  /// Contents and all that is known about the file.
  void sync(Descriptor file) {
    CLibrary.call(
        "syncing " + file.path(),
        (_, state) -> (int) fsync.handle().invokeExact(state, file.number()));
  }

  /// Contents, and size where it has changed.
  void syncContents(Descriptor file) {
    CLibrary.call(
        "syncing " + file.path(),
        (_, state) -> (int) fdatasync.handle().invokeExact(state, file.number()));
  }

  void syncFilesystem(Descriptor file) {
    CLibrary.call(
        "syncing the filesystem at " + file.path(),
        (_, state) -> (int) syncfs.handle().invokeExact(state, file.number()));
  }

  /// Takes a lock on the open file, or changes its kind.
  ///
  /// @throws HostException EAGAIN when another holds it and [#LOCK_NB] is given
  void lock(Descriptor file, int operation) {
    CLibrary.call(
        "locking " + file.path(),
        (_, state) -> (int) flock.handle().invokeExact(state, file.number(), operation));
  }

  /// Reads at a position.
  ///
  /// @return fewer bytes than asked for only at the end of the file
  byte[] read(Descriptor file, long position, int count) {
    try (var memory = Arena.ofConfined()) {
      var buffer = memory.allocate(Math.max(1, count));
      long done = 0;
      while (done < count) {
        var rest = buffer.asSlice(done);
        long length = count - done;
        long at = position + done;
        long got =
            CLibrary.call(
                "reading " + file.path(),
                (_, state) ->
                    (long) pread.handle().invokeExact(state, file.number(), rest, length, at));
        if (got == 0) break;
        done += got;
      }
      return buffer.asSlice(0, done).toArray(ValueLayout.JAVA_BYTE);
    }
  }

  /// Writes all at a position.
  void write(Descriptor file, long position, byte[] bytes) {
    try (var memory = Arena.ofConfined()) {
      var buffer = memory.allocateFrom(ValueLayout.JAVA_BYTE, bytes);
      long done = 0;
      while (done < bytes.length) {
        var rest = buffer.asSlice(done);
        long length = bytes.length - done;
        long at = position + done;
        done +=
            CLibrary.call(
                "writing " + file.path(),
                (_, state) ->
                    (long) pwrite.handle().invokeExact(state, file.number(), rest, length, at));
      }
    }
  }

  /// Where the next data begins at or behind a position; empty when only a hole is left.
  OptionalLong dataFrom(Descriptor file, long position) {
    return CLibrary.callUnless(
        Errno.ENXIO.number(),
        "looking for data in " + file.path(),
        (_, state) -> (long) lseek.handle().invokeExact(state, file.number(), position, SEEK_DATA));
  }

  /// Where the data at a position ends.
  long dataEnd(Descriptor file, long position) {
    return CLibrary.call(
        "looking for a hole in " + file.path(),
        (_, state) -> (long) lseek.handle().invokeExact(state, file.number(), position, SEEK_HOLE));
  }

  /// Copies a part of a file to the same place in another one, within the kernel.
  ///
  /// @throws HostException EIO when the source ends before the part does
  void copy(Descriptor from, Descriptor to, long position, long end) {
    try (var memory = Arena.ofConfined()) {
      var source = memory.allocateFrom(JAVA_LONG, position);
      var target = memory.allocateFrom(JAVA_LONG, position);
      while (source.get(JAVA_LONG, 0) < end) {
        long rest = end - source.get(JAVA_LONG, 0);
        long done =
            CLibrary.call(
                "copying " + from.path() + " to " + to.path(),
                (_, state) ->
                    (long)
                        copyFileRange
                            .handle()
                            .invokeExact(
                                state, from.number(), source, to.number(), target, rest, 0));
        if (done == 0) throw Errnos.failure(Errno.EIO.number(), "reading " + from.path());
      }
    }
  }

  /// How full the filesystem at a path is.
  StatFs statFs(String path) {
    try (var memory = Arena.ofConfined()) {
      var seen = memory.allocate(256, 8);
      CLibrary.call(
          "asking how full the filesystem at " + path + " is",
          (arena, state) ->
              (int) statfs.handle().invokeExact(state, CLibrary.text(arena, path), seen));
      return new StatFs(
          seen.get(JAVA_LONG, 72),
          seen.get(JAVA_LONG, 16),
          seen.get(JAVA_LONG, 24),
          seen.get(JAVA_LONG, 32),
          seen.get(JAVA_LONG, 40),
          seen.get(JAVA_LONG, 48));
    }
  }

  /// Block size in bytes, blocks (all, free, free for ordinary users), inodes (all, free).
  record StatFs(
      long blockSize, long blocks, long free, long available, long inodes, long inodesFree) {}

  // Devices --------------------------------------------------------------------------------------

  /// A device's own call with a number, or nothing, as its argument.
  long ioctl(Descriptor device, String tried, long request, long argument) {
    return CLibrary.call(
        tried + " " + device.path(),
        (_, state) -> (int) ioctl.handle().invokeExact(state, device.number(), request, argument));
  }

  /// A device's own call on a block of memory, which it may read and write.
  void ioctl(Descriptor device, String tried, long request, byte[] block) {
    try (var memory = Arena.ofConfined()) {
      var argument = memory.allocate(block.length, 8);
      argument.copyFrom(MemorySegment.ofArray(block));
      CLibrary.call(
          tried + " " + device.path(),
          (_, state) ->
              (int) ioctlAt.handle().invokeExact(state, device.number(), request, argument));
      MemorySegment.ofArray(block).copyFrom(argument);
    }
  }

  // Mounts ---------------------------------------------------------------------------------------

  /// The classic mount call.
  ///
  /// @param tried what is told when it fails
  void mount(String tried, String source, String target, String type, long flags, String data) {
    CLibrary.call(
        tried,
        (arena, state) ->
            (int)
                mount
                    .handle()
                    .invokeExact(
                        state,
                        CLibrary.text(arena, source),
                        CLibrary.text(arena, target),
                        CLibrary.text(arena, type),
                        flags,
                        CLibrary.text(arena, data)));
  }

  void unmount(String target) {
    CLibrary.call(
        "unmounting " + target,
        (arena, state) ->
            (int)
                umount2.handle().invokeExact(state, CLibrary.text(arena, target), UMOUNT_NOFOLLOW));
  }

  /// A copy of the mount at a path, standing nowhere yet.
  ///
  /// @throws HostException ENOSYS before Linux 5.2
  Descriptor copyOfMount(String source) {
    long flags = OPEN_TREE_CLONE | O_CLOEXEC | AT_SYMLINK_NOFOLLOW;
    long number =
        CLibrary.call(
            "taking a copy of the mount at " + source,
            (arena, state) ->
                (long)
                    syscall3
                        .handle()
                        .invokeExact(
                            state,
                            SYS_OPEN_TREE,
                            (long) AT_FDCWD,
                            CLibrary.text(arena, source),
                            flags));
    return descriptor(number, source);
  }

  /// Refuses writing through a copied mount.
  ///
  /// @throws HostException ENOSYS before Linux 5.12
  void makeReadOnly(Descriptor mount) {
    CLibrary.call(
        "making the copy of " + mount.path() + " read-only",
        (arena, state) -> {
          var attributes = arena.allocate(32, 8);
          attributes.set(JAVA_LONG, 0, MOUNT_ATTR_RDONLY);
          return (long)
              syscall5
                  .handle()
                  .invokeExact(
                      state,
                      SYS_MOUNT_SETATTR,
                      (long) mount.number(),
                      CLibrary.text(arena, ""),
                      (long) AT_EMPTY_PATH,
                      attributes,
                      32L);
        });
  }

  /// Puts a copied mount on a path.
  void place(Descriptor mount, String target) {
    CLibrary.call(
        "binding " + mount.path() + " at " + target,
        (arena, state) ->
            (long)
                syscall5
                    .handle()
                    .invokeExact(
                        state,
                        SYS_MOVE_MOUNT,
                        (long) mount.number(),
                        CLibrary.text(arena, ""),
                        (long) AT_FDCWD,
                        CLibrary.text(arena, target),
                        (long) MOVE_MOUNT_F_EMPTY_PATH));
  }

  /// Calls about processes.
  ProcessCalls processes() {
    return processes;
  }
}
