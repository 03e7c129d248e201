package dev.moorage.csi;

/// Where a new volume's content comes from.
public sealed interface ContentSource {
  /// From nowhere: an empty volume.
  record Empty() implements ContentSource {}

  /// From a snapshot.
  record Snapshot(SnapshotId snapshot) implements ContentSource {}

  /// From another volume of the same driver.
  record Volume(VolumeId volume) implements ContentSource {}
}
