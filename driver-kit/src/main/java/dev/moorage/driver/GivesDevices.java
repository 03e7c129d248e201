package dev.moorage.driver;

import dev.moorage.csi.VolumeId;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Shows volumes as block devices on this node; formatting, mounting and publishing them is the
/// kit's work.
public interface GivesDevices extends Backend {

  /// Whether there is such a volume. Asked only by a driver that serves the node side alone; others
  /// look in the kit's ledger.
  boolean exists(VolumeId volume);

  /// The device that shows a volume here now.
  Optional<String> device(VolumeId volume);

  /// Shows a volume as a device of its full size, fenced against a second user where that is
  /// possible.
  ///
  /// @return the device's path
  String connect(VolumeId volume);

  /// Takes the device away and verifies that it is gone; a missing one is fine.
  void disconnect(VolumeId volume);

  /// Lets the device show the volume's new size.
  void refresh(VolumeId volume);

  /// Whether a snapshot or copy of a volume in use is of one moment by itself, and what is on the
  /// device then is enough. Where not, a driver of both sides holds a volume's filesystem still
  /// meanwhile: all that was written is on the device, and its writers wait; 10 s at most.
  default boolean copiesAtOneMoment() {
    return false;
  }

  /// Options for the tool that makes the filesystem, one argument each.
  ///
  /// @param context the volume's context; comes from outside, so check it again
  default List<String> formatOptions(String fsType, Map<String, String> context) {
    return List.of();
  }
}
