package dev.moorage.linux;

import dev.moorage.host.BlockDevices;
import dev.moorage.host.HostException;
import dev.moorage.host.HostException.Errno;
import dev.moorage.linux.Settings.Fate;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;

/// Block devices by the kernel's own calls.
///
/// Source: `linux/fs.h`.
final class LinuxBlockDevices implements BlockDevices {
  private static final long SET_READ_ONLY = 0x125d;
  private static final long GET_READ_ONLY = 0x125e;

  private final Kernel kernel;
  private final Fate fate;

  LinuxBlockDevices(Kernel kernel) {
    this.kernel = kernel;
    this.fate = kernel.settings().loops();
  }

  @Override
  public Optional<Seen> look(String device) {
    return kernel.look(fate, "looking at " + device, calls -> seen(calls, device));
  }

  private static Optional<Seen> seen(Syscalls calls, String device) {
    try (var open = calls.open(device, Syscalls.O_RDONLY | Syscalls.O_NONBLOCK, 0)) {
      if (!calls.stat(open).isBlockDevice()) return Optional.empty();
      var size = Superblocks.size(calls, open);
      // A loop device that is attached to nothing can be opened, and is of no size.
      return size.isZero() ? Optional.empty() : Optional.of(new Seen(size, readOnly(calls, open)));
    } catch (HostException missing) {
      if (missing.is(Errno.ENOENT) || missing.is(Errno.ENXIO)) return Optional.empty();
      throw missing;
    }
  }

  private static boolean readOnly(Syscalls calls, Descriptor device) {
    var number = new byte[Integer.BYTES];
    calls.ioctl(device, "asking for write protection of", GET_READ_ONLY, number);
    return view(number).getInt() != 0;
  }

  @Override
  public void protect(String device, boolean readOnly) {
    kernel.changeOnly(
        fate,
        "protect",
        device,
        calls -> {
          var number = new byte[Integer.BYTES];
          view(number).putInt(readOnly ? 1 : 0);
          try (var open = calls.open(device, Syscalls.O_RDONLY, 0)) {
            calls.ioctl(open, "setting write protection of", SET_READ_ONLY, number);
          }
        });
  }

  private static ByteBuffer view(byte[] number) {
    return ByteBuffer.wrap(number).order(ByteOrder.nativeOrder());
  }
}
