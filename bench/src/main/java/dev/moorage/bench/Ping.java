package dev.moorage.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;

/// A byte there and back over a Unix socket between two JVMs: the least that any rpc costs.
final class Ping implements AutoCloseable {
  private final SocketChannel channel;
  private final ByteBuffer single = ByteBuffer.allocateDirect(1);

  Ping(Path socket) {
    try {
      channel = SocketChannel.open(UnixDomainSocketAddress.of(socket));
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  void once() {
    try {
      var _ = channel.write(single.clear());
      if (channel.read(single.clear()) != 1) throw new IllegalStateException("the other end left");
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  /// The other end, for one caller.
  static void serve(Path socket, Runnable ready) throws IOException {
    try (var server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      server.bind(UnixDomainSocketAddress.of(socket));
      ready.run();
      try (var caller = server.accept()) {
        var single = ByteBuffer.allocateDirect(1);
        while (caller.read(single.clear()) == 1) {
          var _ = caller.write(single.flip());
        }
      }
    }
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }
}
