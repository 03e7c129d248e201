package dev.moorage.cli.conformance;

import dev.moorage.base.Bytes;
import dev.moorage.conformance.RawAccess;
import dev.moorage.host.HostException;
import dev.moorage.host.HostException.Errno;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// Devices and links of this machine.
final class DeviceAccess implements RawAccess {

  /// What is done to an open device.
  private interface Work<R> {
    R on(FileChannel channel) throws IOException;
  }

  private static <R> R opened(String what, String device, Work<R> work, OpenOption... options) {
    try (var channel = FileChannel.open(Path.of(device), options)) {
      return work.on(channel);
    } catch (IOException failed) {
      throw new HostException(Errno.OTHER, what + " " + device + ": " + failed);
    }
  }

  @Override
  public Bytes size(String device) {
    return new Bytes(opened("size of", device, FileChannel::size, StandardOpenOption.READ));
  }

  @Override
  public void write(String device, long offset, String text) {
    opened(
        "write to",
        device,
        channel -> channel.write(StandardCharsets.UTF_8.encode(text), offset),
        StandardOpenOption.WRITE,
        StandardOpenOption.DSYNC);
  }

  @Override
  public String read(String device, long offset, int bytes) {
    var buffer = ByteBuffer.allocate(bytes);
    int read =
        opened("read", device, channel -> channel.read(buffer, offset), StandardOpenOption.READ);
    return new String(buffer.array(), 0, Math.max(read, 0), StandardCharsets.UTF_8);
  }

  @Override
  public void link(String path, String to) {
    try {
      Files.createSymbolicLink(Path.of(path), Path.of(to));
    } catch (IOException failed) {
      throw new HostException(Errno.OTHER, "link " + path + " to " + to + ": " + failed);
    }
  }
}
