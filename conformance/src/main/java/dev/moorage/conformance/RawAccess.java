package dev.moorage.conformance;

import dev.moorage.base.Bytes;

/// What checks do to devices and with links. The body belongs to the door; where there is none,
/// checks that need it are not run.
public interface RawAccess {
  /// The size that a block device shows.
  Bytes size(String device);

  /// Writes, through to the storage.
  ///
  /// @throws dev.moorage.host.HostException when the device refuses
  void write(String device, long offset, String text);

  /// Reads what the storage holds, not what a cache does.
  String read(String device, long offset, int bytes);

  /// Makes a symbolic link.
  void link(String path, String to);
}
