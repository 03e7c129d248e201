package dev.moorage.host;

import dev.moorage.base.Bytes;
import java.util.Optional;

/// Block devices of any sort.
public interface BlockDevices {

  /// What a device is.
  ///
  /// @return empty where there is no device, or nothing is attached to it
  Optional<Seen> look(String device);

  /// Lets a device refuse writes, or take them again, for all who have it open (`BLKROSET`). A
  /// read-only mount of a device's node does not stop them.
  void protect(String device, boolean readOnly);

  /// What a device is.
  ///
  /// @param readOnly whether it refuses writes
  record Seen(Bytes size, boolean readOnly) {}
}
