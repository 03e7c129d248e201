package dev.moorage.driver;

import java.util.List;

/// Cuts snapshots of volumes and makes volumes from them (CREATE_DELETE_SNAPSHOT, LIST_SNAPSHOTS,
/// GET_SNAPSHOT; listing is the kit's work).
///
/// Snapshots live on when their volume is gone.
public interface Snapshots extends CreatesVolumes {

  /// The parameters of snapshot classes that it takes; any other one is refused.
  default List<Parameter> snapshotParameters() {
    return List.of();
  }

  /// Cuts a snapshot: the source's content at one moment, as a machine that lost its power then
  /// would find it, or better. The source may be in use; its filesystem is held still meanwhile
  /// where the backend wants it ([GivesDevices#copiesAtOneMoment]). What an earlier try left under
  /// this id is nobody's.
  void cut(SnapshotRecord snapshot, VolumeRecord source);

  /// Makes a volume with a snapshot's content, at least as large as that; what is behind its end is
  /// zero. What an earlier try left under this id is nobody's.
  void restore(VolumeRecord volume, SnapshotRecord source);

  /// Removes a snapshot and verifies that it is gone; a missing one is fine. Volumes made from it
  /// stay.
  ///
  /// @throws dev.moorage.csi.CsiException FAILED_PRECONDITION when it refuses and has left the
  ///   snapshot as it was: it stays usable
  void delete(SnapshotRecord snapshot);
}
