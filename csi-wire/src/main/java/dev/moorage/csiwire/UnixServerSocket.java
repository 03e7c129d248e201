package dev.moorage.csiwire;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;
import javax.net.ServerSocketFactory;

/// A listening Unix socket dressed as the `java.net.ServerSocket` that gRPC's okhttp server wants.
///
/// A socket file left by a dead process is taken over, one that answers is refused. Closing removes
/// the file.
final class UnixServerSocket extends ServerSocket {
  private final UnixEndpoint endpoint;
  private final ServerSocketChannel channel;
  private volatile Optional<Object> file = Optional.empty(); // of the bound socket

  UnixServerSocket(UnixEndpoint endpoint) throws IOException {
    this.endpoint = endpoint;
    this.channel = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
  }

  static ServerSocketFactory factory(UnixEndpoint endpoint) {
    return new ServerSocketFactory() {
      @Override
      public ServerSocket createServerSocket() throws IOException {
        return new UnixServerSocket(endpoint);
      }

      @Override
      public ServerSocket createServerSocket(int port) throws IOException {
        return createServerSocket();
      }

      @Override
      public ServerSocket createServerSocket(int port, int backlog) throws IOException {
        return createServerSocket();
      }

      @Override
      public ServerSocket createServerSocket(int port, int backlog, InetAddress address)
          throws IOException {
        return createServerSocket();
      }
    };
  }

  @Override
  public void bind(SocketAddress ignored) throws IOException {
    bind(ignored, 0);
  }

  @Override
  public void bind(SocketAddress ignored, int backlog) throws IOException {
    if (endpoint.answers())
      throw new IOException("another process answers at " + endpoint.path() + "; stop it first");
    removeStale(endpoint.path());
    channel.bind(endpoint.reachable(), 128);
    file = fileKey();
  }

  /// Which file stands at the path; empty for none.
  private Optional<Object> fileKey() throws IOException {
    try {
      var attributes =
          Files.readAttributes(
              endpoint.path(), BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
      return Optional.ofNullable(attributes.fileKey());
    } catch (NoSuchFileException gone) {
      return Optional.empty();
    }
  }

  /// Removes what a dead process left, and nothing that somebody else may need.
  private static void removeStale(Path path) throws IOException {
    if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) return;
    if (!Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS).isOther())
      throw new IOException("there is a file that is no socket; move it away");
    Files.delete(path);
  }

  @Override
  public Socket accept() throws IOException {
    return new UnixSocket(channel.accept());
  }

  /// Removes the socket's file if it is still ours, also where an interrupt has closed the channel
  /// before.
  @Override
  public synchronized void close() throws IOException {
    var ours = file;
    file = Optional.empty();
    try {
      if (ours.isPresent() && fileKey().equals(ours)) {
        Files.deleteIfExists(endpoint.path());
        endpoint.forgetLink();
      }
    } finally {
      channel.close();
    }
  }

  @Override
  public boolean isClosed() {
    return !channel.isOpen();
  }

  @Override
  public boolean isBound() {
    return true;
  }

  @Override
  public SocketAddress getLocalSocketAddress() {
    return UnixDomainSocketAddress.of(endpoint.path());
  }

  @Override
  public int getLocalPort() {
    return 0;
  }
}
