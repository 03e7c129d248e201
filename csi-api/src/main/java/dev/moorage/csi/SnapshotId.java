package dev.moorage.csi;

/// A driver's id of a snapshot: opaque, unique within the driver; at most 128 bytes (CSI
/// specification, "Size Limits").
///
/// @param text empty only where a request leaves it out
public record SnapshotId(String text) {
  @Override
  public String toString() {
    return text;
  }
}
