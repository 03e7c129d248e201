package dev.moorage.linux;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/// The kernel's `struct loop_info64` and `struct loop_config`, as far as they are used.
///
/// Source: `linux/loop.h`.
///
/// @param device number of the filesystem that holds the image
/// @param inode of the image
record LoopStatus(long device, long inode, int flags) {
  static final long REMOVE = 0x4c81;
  static final long GET_FREE = 0x4c82;
  static final long CLEAR = 0x4c01;
  static final long SET_STATUS = 0x4c04;
  static final long GET_STATUS = 0x4c05;
  static final long SET_CAPACITY = 0x4c07;
  static final long CONFIGURE = 0x4c0a;

  static final int READ_ONLY = 1;
  static final int AUTOCLEAR = 4;
  static final int DIRECT_IO = 16;

  private static final int INFO_BYTES = 232;
  private static final int CONFIG_BYTES = 304;
  private static final int INFO_IN_CONFIG = 8;
  private static final int FLAGS = 52;

  /// Asks a device.
  ///
  /// @throws dev.moorage.host.HostException ENXIO when it is not attached
  static LoopStatus of(Syscalls calls, Descriptor device) {
    var info = new byte[INFO_BYTES];
    calls.ioctl(device, "asking what is attached to", GET_STATUS, info);
    var memory = view(info);
    return new LoopStatus(memory.getLong(0), memory.getLong(8), memory.getInt(FLAGS));
  }

  /// Attaches a file in one call.
  static void configure(Syscalls calls, Descriptor device, int image, int sectorBytes, int flags) {
    var config = new byte[CONFIG_BYTES];
    var memory = view(config);
    memory.putInt(0, image);
    memory.putInt(4, sectorBytes);
    memory.putInt(INFO_IN_CONFIG + FLAGS, flags);
    calls.ioctl(device, "configuring", CONFIGURE, config);
  }

  /// Takes back the wish to let go at the last close.
  static void stay(Syscalls calls, Descriptor device) {
    var info = new byte[INFO_BYTES];
    calls.ioctl(device, "asking what is attached to", GET_STATUS, info);
    var memory = view(info);
    int flags = memory.getInt(FLAGS);
    memory.putInt(FLAGS, flags & ~AUTOCLEAR);
    calls.ioctl(device, "keeping attached", SET_STATUS, info);
  }

  private static ByteBuffer view(byte[] block) {
    return ByteBuffer.wrap(block).order(ByteOrder.nativeOrder());
  }

  boolean isOver(Stat image) {
    return inode == image.inode() && device == Syscalls.deviceNumber(image.major(), image.minor());
  }

  boolean letsGo() {
    return (flags & AUTOCLEAR) != 0;
  }
}
