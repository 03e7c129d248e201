package dev.moorage.csi;

/// How a driver is served to others.
public interface CsiServers {

  /// Serves a driver on a socket until closed. A stale socket is taken over; a live one is refused.
  ///
  /// @param endpoint `unix:///path.sock`
  /// @throws CsiException UNAVAILABLE when the socket cannot be bound; the message names path and
  ///   holder
  AutoCloseable serve(String endpoint, Csi driver);
}
