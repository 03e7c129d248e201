package dev.moorage.csi;

import dev.moorage.base.Bytes;
import java.time.Instant;
import java.util.List;

/// A snapshot, as drivers answer it.
///
/// @param size what a volume made from it needs at least; zero where the driver does not know
/// @param source the volume it was taken of
/// @param created when it was cut; the same in every answer
/// @param ready whether volumes can be made from it yet
/// @param group the group snapshot it belongs to, or [GroupSnapshotId#NONE]
/// @param accessible where volumes can be made from it, as alternatives; empty for everywhere (CSI
///   1.13)
public record Snapshot(
    SnapshotId id,
    VolumeId source,
    Bytes size,
    Instant created,
    boolean ready,
    GroupSnapshotId group,
    List<Topology> accessible) {
  public Snapshot {
    accessible = List.copyOf(accessible);
  }
}
