package dev.moorage.csi;

import java.time.Instant;
import java.util.List;

/// A group snapshot: snapshots of several volumes, cut at one moment.
///
/// @param snapshots one for each source volume
/// @param ready whether all of them are ready
public record GroupSnapshot(
    GroupSnapshotId id, List<Snapshot> snapshots, Instant created, boolean ready) {
  public GroupSnapshot {
    snapshots = List.copyOf(snapshots);
  }
}
