package dev.moorage.linux;

import dev.moorage.base.Bytes;
import dev.moorage.base.Check;
import dev.moorage.host.HostException;
import dev.moorage.host.HostException.Errno;
import dev.moorage.host.Subvolumes.Usage;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// The calls of a mounted btrfs.
///
/// Source: `include/uapi/linux/btrfs.h`, `btrfs_tree.h`.
final class Btrfs {
  private static final long CREATE = 0x5000940eL;
  private static final long SNAPSHOT = 0x50009417L;
  private static final long DESTROY = 0x5000940fL;
  private static final long DESTROY_BY_ID = 0x5000943fL;
  private static final long SYNC = 0x9408L;
  private static final long QUOTA = 0xc0109428L;
  private static final long QUOTA_COUNT_ANEW = 0x4040942cL;
  private static final long QUOTA_AWAIT_COUNT = 0x942eL;
  private static final long QUOTA_GROUP = 0x4010942aL;
  private static final long QUOTA_LIMIT = 0x8030942bL;

  private static final int ARGUMENT_BYTES = 4096;
  private static final int NAME_AT = 8;
  private static final int SECOND_NAME_AT = 56;
  private static final int FLAGS_AT = 16;
  private static final long READ_ONLY = 2;
  private static final long BY_ID = 16;

  private static final long ENABLE = 1;
  private static final long LIMIT_REFERRED = 1;
  private static final long COUNTS_ARE_WRONG = 4;

  /// Else the kernel stops counting where a large subvolume is removed: from which depth of its
  /// tree on; no tree is as deep as this.
  private static final String NEVER = "8";

  private Btrfs() {}

  static void create(Syscalls calls, Descriptor folder, String name) {
    calls.ioctl(folder, "making subvolume " + name + " in", CREATE, named(NAME_AT, name));
  }

  static void snapshot(
      Syscalls calls, Descriptor source, Descriptor folder, String name, boolean readOnly) {
    var argument = named(SECOND_NAME_AT, name);
    view(argument).putLong(0, source.number()).putLong(FLAGS_AT, readOnly ? READ_ONLY : 0);
    var tried = "copying " + source.path() + " as " + name + " in";
    calls.ioctl(folder, tried, SNAPSHOT, argument);
  }

  static void destroy(Syscalls calls, Descriptor folder, String name) {
    calls.ioctl(folder, "removing subvolume " + name + " in", DESTROY, named(NAME_AT, name));
  }

  private static byte[] named(int at, String name) {
    var bytes = name.getBytes(StandardCharsets.UTF_8);
    Check.that(bytes.length > 0 && bytes.length <= 255, "a subvolume's name has 1 to 255 bytes");
    var argument = new byte[ARGUMENT_BYTES];
    System.arraycopy(bytes, 0, argument, at, bytes.length);
    return argument;
  }

  private static ByteBuffer view(byte[] block) {
    return ByteBuffer.wrap(block).order(ByteOrder.nativeOrder());
  }

  /// Subvolumes that were removed, the outermost last.
  record Gone(List<Long> roots) {}

  /// Removes the subvolumes inside one, by their numbers: their paths are the user's.
  ///
  /// @return those, and the subvolume itself
  static Gone destroyInside(Syscalls calls, Descriptor folder, Descriptor subvolume) {
    long root = BtrfsTrees.rootOf(calls, subvolume);
    var all = new ArrayList<Long>();
    addInside(calls, folder, root, all);
    for (long inside : all) {
      var argument = new byte[ARGUMENT_BYTES];
      view(argument).putLong(FLAGS_AT, BY_ID).putLong(SECOND_NAME_AT, inside);
      var tried = "removing subvolume number " + inside + " of";
      calls.ioctl(subvolume, tried, DESTROY_BY_ID, argument);
    }
    all.add(root);
    return new Gone(List.copyOf(all));
  }

  private static void addInside(Syscalls calls, Descriptor open, long root, List<Long> all) {
    for (var found : BtrfsTrees.inside(calls, open, root)) {
      addInside(calls, open, found, all);
      all.add(found);
    }
  }

  /// Whether the cleaner is through with them; then the counts that are left of them go too.
  static boolean isFreed(Syscalls calls, Descriptor open, Gone gone) {
    for (long root : gone.roots()) if (BtrfsTrees.hasRoot(calls, open, root)) return false;
    sync(calls, open); // what was freed can be used from here on
    for (long root : gone.roots()) forgetCount(calls, open, root);
    return true;
  }

  /// Newer kernels have done so already.
  private static void forgetCount(Syscalls calls, Descriptor open, long root) {
    try {
      var argument = new byte[16];
      view(argument).putLong(8, root);
      calls.ioctl(open, "forgetting a count of", QUOTA_GROUP, argument);
    } catch (HostException refused) {
      // What stays is a line in a table: no space, and no number is given twice.
      if (refused.is(Errno.EPERM) || refused.is(Errno.EIO)) throw refused;
    }
  }

  /// Writes everything, and lets the cleaner begin now.
  static void sync(Syscalls calls, Descriptor open) {
    calls.ioctl(open, "syncing the filesystem at", SYNC, 0);
  }

  static boolean isSubvolume(Syscalls calls, Descriptor open) {
    var seen = calls.stat(open);
    if (!seen.isFolder() || seen.inode() != BtrfsTrees.FIRST_INODE) return false;
    try {
      return BtrfsTrees.rootOf(calls, open) >= BtrfsTrees.FIRST_INODE;
    } catch (HostException otherFilesystem) {
      if (otherFilesystem.is(Errno.EOPNOTSUPP)) return false;
      throw otherFilesystem;
    }
  }

  static void enableQuota(Syscalls calls, Descriptor mounted) {
    var command = new byte[16];
    view(command).putLong(0, ENABLE);
    calls.ioctl(mounted, "enabling quotas at", QUOTA, command);
    keepCounting(calls, BtrfsTrees.shape(calls, mounted).id());
    calls.ioctl(mounted, "waiting for the counts of", QUOTA_AWAIT_COUNT, 0);
    if ((BtrfsTrees.quotaStatus(calls, mounted) & COUNTS_ARE_WRONG) == 0) return;
    calls.ioctl(mounted, "counting anew", QUOTA_COUNT_ANEW, new byte[64]);
    calls.ioctl(mounted, "waiting for the counts of", QUOTA_AWAIT_COUNT, 0);
  }

  /// A kernel without this switch always counts.
  private static void keepCounting(Syscalls calls, String id) {
    var path = "/sys/fs/btrfs/" + id + "/qgroups/drop_subtree_threshold";
    if (!KernelFiles.exists(path)) return;
    try (var open = calls.open(path, Syscalls.O_WRONLY, 0)) {
      calls.write(open, 0, NEVER.getBytes(StandardCharsets.US_ASCII));
    }
  }

  /// What the kernel sets aside for the last write beside its data: with it, and with what an empty
  /// subvolume takes, files can have all of a limit, to the byte.
  static Bytes limitFor(Bytes size, Bytes node) {
    return size.plus(node).plus(node);
  }

  static void limit(Syscalls calls, Descriptor subvolume, Bytes size) {
    var limit = limitFor(size, BtrfsTrees.shape(calls, subvolume).node());
    var argument = new byte[48];
    view(argument)
        .putLong(0, BtrfsTrees.rootOf(calls, subvolume))
        .putLong(8, LIMIT_REFERRED)
        .putLong(16, limit.count());
    calls.ioctl(subvolume, "limiting subvolume", QUOTA_LIMIT, argument);
  }

  static Usage usage(Syscalls calls, Descriptor subvolume) {
    return BtrfsTrees.usage(calls, subvolume, BtrfsTrees.rootOf(calls, subvolume));
  }
}
