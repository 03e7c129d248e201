package dev.moorage.driver;

import dev.moorage.csi.GroupSnapshotId;
import dev.moorage.csi.SnapshotId;
import dev.moorage.csi.VolumeId;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/// A group snapshot as the kit's ledger knows it. Its state rules over those of its members: they
/// are there when it is, all or none.
///
/// @param id made from the name
/// @param name as CreateVolumeGroupSnapshot gave it
/// @param members one snapshot for each source volume
/// @param created when its members were cut
/// @param parameters of the group snapshot class
record GroupRecord(
    GroupSnapshotId id,
    String name,
    SortedMap<String, SnapshotId> members,
    Instant created,
    Map<String, String> parameters,
    State state) {

  GroupRecord {
    members = Collections.unmodifiableSortedMap(new TreeMap<>(members));
    parameters = Collections.unmodifiableSortedMap(new TreeMap<>(parameters));
  }

  /// How far it is.
  enum State {
    /// An intent, undone after a crash.
    CUTTING,
    READY,
    /// An intent, finished after a crash.
    DELETING
  }

  boolean ready() {
    return state == State.READY;
  }

  /// The volumes it was cut from, sorted.
  List<VolumeId> sources() {
    return members.keySet().stream().map(VolumeId::new).toList();
  }

  GroupRecord in(State next) {
    return new GroupRecord(id, name, members, created, parameters, next);
  }
}
