package dev.moorage.linux;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/// Growing a mounted filesystem by its own call.
///
/// Source: `xfs_fs.h` (XFS_IOC_FSGEOMETRY_V1, XFS_IOC_FSGROWFSDATA), `fs/ext4/ext4.h`
/// (EXT4_IOC_RESIZE_FS), `linux/btrfs.h` (BTRFS_IOC_RESIZE).
final class Growth {
  private static final long XFS_GEOMETRY = 0x80705864L;
  private static final int XFS_GEOMETRY_BYTES = 112;
  private static final long XFS_GROW = 0x4010586eL;
  private static final int XFS_GROW_BYTES = 16;
  private static final long EXT4_GROW = 0x40086610L;
  private static final long BTRFS_RESIZE = 0x50009403L;
  private static final int BTRFS_RESIZE_BYTES = 4096;

  private Growth() {}

  /// Lets a mounted xfs fill its device; one that does is left alone.
  ///
  /// @return the blocks it has then
  static long xfs(Syscalls calls, String device, String mountPath) {
    try (var block = calls.openFollowing(device, Syscalls.O_RDONLY);
        var mounted = calls.open(mountPath, Syscalls.O_RDONLY, 0)) {
      var geometry = new byte[XFS_GEOMETRY_BYTES];
      calls.ioctl(mounted, "asking for the shape of the xfs at", XFS_GEOMETRY, geometry);
      var shape = view(geometry);
      long blockSize = Integer.toUnsignedLong(shape.getInt(0));
      long blocks = shape.getLong(32);
      long wanted = Superblocks.size(calls, block).count() / blockSize;
      if (wanted <= blocks) return blocks;
      var grow = new byte[XFS_GROW_BYTES];
      view(grow).putLong(0, wanted).putInt(8, shape.getInt(28));
      calls.ioctl(mounted, "growing the xfs at", XFS_GROW, grow);
      return wanted;
    }
  }

  /// Lets a mounted ext4 fill its device; one that does is left alone, for the kernel would refuse
  /// even that to whoever may not grow it.
  ///
  /// @return the blocks it has then
  static long ext4(Syscalls calls, String device, String mountPath) {
    try (var block = calls.openFollowing(device, Syscalls.O_RDONLY);
        var mounted = calls.open(mountPath, Syscalls.O_RDONLY, 0)) {
      var has = Superblocks.ext4(calls, block);
      long wanted = Superblocks.size(calls, block).count() / has.blockSize();
      if (wanted <= has.blocks()) return has.blocks();
      var grow = new byte[8];
      view(grow).putLong(0, wanted);
      calls.ioctl(mounted, "growing the ext4 at", EXT4_GROW, grow);
      return wanted;
    }
  }

  /// Lets a mounted btrfs of one device fill it.
  static boolean btrfs(Syscalls calls, String mountPath) {
    try (var mounted = calls.open(mountPath, Syscalls.O_RDONLY, 0)) {
      var resize = new byte[BTRFS_RESIZE_BYTES];
      view(resize).put(Long.BYTES, "max".getBytes(US_ASCII));
      calls.ioctl(mounted, "growing the btrfs at", BTRFS_RESIZE, resize);
      return true;
    }
  }

  /// Whether an ext4 fills its device already.
  static boolean ext4Fits(Syscalls calls, String device) {
    try (var block = calls.openFollowing(device, Syscalls.O_RDONLY)) {
      var has = Superblocks.ext4(calls, block);
      return Superblocks.size(calls, block).count() / has.blockSize() <= has.blocks();
    }
  }

  private static ByteBuffer view(byte[] block) {
    return ByteBuffer.wrap(block).order(ByteOrder.nativeOrder());
  }
}
