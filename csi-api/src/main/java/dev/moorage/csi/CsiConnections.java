package dev.moorage.csi;

/// How drivers are reached.
public interface CsiConnections {

  /// Opens a connection to a driver's socket. The driver need not be there yet: calls fail with
  /// UNAVAILABLE until it is.
  ///
  /// @param endpoint `unix:///path.sock`
  /// @throws IllegalArgumentException when the endpoint has another form, or is too long for the
  ///   kernel (107 bytes, even where a body shortens the way to its folder)
  Connection open(String endpoint);

  /// An open connection, which reconnects by itself.
  interface Connection extends Csi, AutoCloseable {

    /// Grows at each (re)connect, 0 before the first. After a new epoch the holder reads identity
    /// and capabilities again.
    long epoch();

    @Override
    void close();
  }
}
