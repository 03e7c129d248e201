package dev.moorage.driver;

import dev.moorage.base.Bytes;
import dev.moorage.csi.GroupSnapshotId;
import dev.moorage.csi.SnapshotId;
import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/// A snapshot as the kit's ledger knows it.
///
/// @param id made from the name, safe as a file name, and never a volume's
/// @param name as CreateSnapshot gave it
/// @param source the volume as it was when it was cut; its state says nothing
/// @param created when it was cut
/// @param parameters of the snapshot class
/// @param state how far it is
public record SnapshotRecord(
    SnapshotId id,
    String name,
    VolumeRecord source,
    Instant created,
    Map<String, String> parameters,
    State state) {

  public SnapshotRecord {
    parameters = Collections.unmodifiableSortedMap(new TreeMap<>(parameters));
  }

  /// How far a snapshot is.
  public sealed interface State {
    /// Being cut: an intent, undone after a crash.
    record Cutting(GroupSnapshotId group) implements State {}

    /// There.
    record Ready(GroupSnapshotId group) implements State {}

    /// Being removed: an intent, finished after a crash.
    record Deleting(GroupSnapshotId group) implements State {}
  }

  /// The group snapshot that it is a member of, or [GroupSnapshotId#NONE].
  public GroupSnapshotId group() {
    return switch (state) {
      case State.Cutting(var group) -> group;
      case State.Ready(var group) -> group;
      case State.Deleting(var group) -> group;
    };
  }

  SnapshotRecord in(State next) {
    return new SnapshotRecord(id, name, source, created, parameters, next);
  }

  /// The least size of a volume made from it.
  public Bytes size() {
    return source.size();
  }
}
