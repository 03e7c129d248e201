package dev.moorage.driver;

import dev.moorage.base.Bytes;
import dev.moorage.csi.VolumeId;

/// Keeps account of its space (GET_CAPACITY). Space is set aside when a volume is decided on, so
/// that two decisions never share it.
public interface ReportsCapacity extends Backend {

  /// What is still free for volumes.
  Bytes available();

  /// Sets space aside for a volume, in place of what was set aside for it before.
  ///
  /// @return false, with nothing changed, when there is not enough
  boolean reserve(VolumeId volume, Bytes size);

  /// Gives back what was set aside for a volume.
  void release(VolumeId volume);
}
