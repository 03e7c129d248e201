package dev.moorage.linux;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.moorage.base.Bytes;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;

/// The few bytes of a filesystem's head that are read directly.
///
/// Source: `fs/xfs/libxfs/xfs_format.h` (struct xfs_dsb), `fs/ext4/ext4.h` (struct
/// ext4_super_block).
final class Superblocks {
  private static final long DEVICE_SIZE = 0x80081272L; // BLKGETSIZE64

  /// Every filesystem and every program begins in here; what was discarded reads as zeros.
  private static final int HEAD_BYTES = 128 * 1024;

  private static final int XFS_IN_PROGRESS = 126;
  private static final int EXT4_START = 1024;
  private static final int EXT4_BLOCKS_LOW = 4;
  private static final int EXT4_BLOCK_SIZE = 0x18;
  private static final int EXT4_MAGIC = 0x38;
  private static final int EXT4_FEATURES = 0x60;
  private static final int EXT4_BLOCKS_HIGH = 0x150;
  private static final int EXT4_64BIT = 0x80;

  private Superblocks() {}

  /// The size of a device or of an image file.
  static Bytes size(Syscalls calls, Descriptor device) {
    if (!calls.stat(device).isBlockDevice()) return new Bytes(calls.stat(device).size());
    var size = new byte[8];
    calls.ioctl(device, "asking for the size of", DEVICE_SIZE, size);
    return new Bytes(ByteBuffer.wrap(size).order(ByteOrder.nativeOrder()).getLong());
  }

  /// Looks behind what `blkid` said of a device with an xfs or with nothing that it knows.
  ///
  /// An xfs whose making was interrupted was never mounted, so there is nothing to keep (mkfs
  /// clears its mark at the very end). Bytes that nobody knows are somebody's all the same.
  static Optional<String> judge(Syscalls calls, String device, Optional<String> found) {
    try (var open = calls.openFollowing(device, Syscalls.O_RDONLY)) {
      var head = calls.read(open, 0, HEAD_BYTES);
      if (isUnfinishedXfs(head)) return Optional.empty();
      return found.isPresent() || isBlank(head) ? found : Optional.of(Signature.UNKNOWN);
    }
  }

  private static boolean isUnfinishedXfs(byte[] head) {
    boolean xfs = new String(head, 0, Math.min(4, head.length), US_ASCII).equals("XFSB");
    return xfs && head.length > XFS_IN_PROGRESS && head[XFS_IN_PROGRESS] != 0;
  }

  private static boolean isBlank(byte[] head) {
    for (byte one : head) {
      if (one != 0) return false;
    }
    return true;
  }

  /// An ext4's block size in bytes and its number of blocks.
  record Ext4(long blockSize, long blocks) {}

  /// Reads the head of an ext4.
  ///
  /// @throws dev.moorage.host.HostException EINVAL when it is no ext4
  static Ext4 ext4(Syscalls calls, Descriptor device) {
    var head = ByteBuffer.wrap(calls.read(device, EXT4_START, 1024)).order(ByteOrder.LITTLE_ENDIAN);
    if (head.limit() < 1024 || (head.getShort(EXT4_MAGIC) & 0xffff) != 0xef53) {
      throw Errnos.failure(22, "reading the head of " + device.path() + ": no ext4 there");
    }
    long low = Integer.toUnsignedLong(head.getInt(EXT4_BLOCKS_LOW));
    boolean wide = (head.getInt(EXT4_FEATURES) & EXT4_64BIT) != 0;
    long high = wide ? Integer.toUnsignedLong(head.getInt(EXT4_BLOCKS_HIGH)) : 0;
    return new Ext4(1024L << head.getInt(EXT4_BLOCK_SIZE), high << 32 | low);
  }
}
