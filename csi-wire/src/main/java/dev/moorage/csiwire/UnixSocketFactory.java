package dev.moorage.csiwire;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.SocketFactory;

/// Opens sockets to one endpoint, whatever address it is asked for, and counts them: the
/// connection's epoch.
final class UnixSocketFactory extends SocketFactory {
  private final UnixEndpoint endpoint;
  private final AtomicLong epoch = new AtomicLong();

  UnixSocketFactory(UnixEndpoint endpoint) {
    this.endpoint = endpoint;
  }

  long epoch() {
    return epoch.get();
  }

  private Socket open() throws IOException {
    var socket = new UnixSocket(endpoint.connect());
    epoch.incrementAndGet();
    return socket;
  }

  @Override
  public Socket createSocket() throws IOException {
    return open();
  }

  @Override
  public Socket createSocket(String host, int port) throws IOException {
    return open();
  }

  @Override
  public Socket createSocket(String host, int port, InetAddress local, int localPort)
      throws IOException {
    return open();
  }

  @Override
  public Socket createSocket(InetAddress host, int port) throws IOException {
    return open();
  }

  @Override
  public Socket createSocket(InetAddress address, int port, InetAddress local, int localPort)
      throws IOException {
    return open();
  }
}
