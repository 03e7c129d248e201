package dev.moorage.csi;

/// A driver's id of a group snapshot: opaque, unique within the driver; at most 128 bytes.
///
/// @param text empty only where a request leaves it out
public record GroupSnapshotId(String text) {
  /// Of a snapshot that belongs to no group.
  public static final GroupSnapshotId NONE = new GroupSnapshotId("");

  @Override
  public String toString() {
    return text;
  }
}
