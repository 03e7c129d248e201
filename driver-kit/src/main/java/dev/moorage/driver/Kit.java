package dev.moorage.driver;

import dev.moorage.base.Group;
import dev.moorage.base.Journal;
import dev.moorage.base.Journal.Entry;
import dev.moorage.base.Journal.Entry.What;
import dev.moorage.csi.GroupSnapshotId;
import dev.moorage.csi.SnapshotId;
import dev.moorage.csi.Topology;
import dev.moorage.csi.VolumeId;
import dev.moorage.host.Host;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// What the sides of one driver share.
record Kit(
    Driver.Settings settings,
    Backend backend,
    Host host,
    Records records,
    KeyLocks locks,
    Journal journal,
    Group group) {

  static final String ACTOR = "driver";

  /// The volume that callers may use.
  ///
  /// @throws dev.moorage.csi.CsiException NOT_FOUND
  VolumeRecord usable(VolumeId id) {
    return volume(id).orElseThrow(() -> Refusals.notFound("there is no volume " + id));
  }

  /// A volume that callers may use.
  Optional<VolumeRecord> volume(VolumeId id) {
    if (!VolumeIds.safe(id)) return Optional.empty();
    return records.volume(id).filter(VolumeRecord::usable);
  }

  /// Refuses a volume that the node cannot use, whichever side this process serves.
  ///
  /// @throws dev.moorage.csi.CsiException NOT_FOUND
  void checkUsable(VolumeId id) {
    if (settings.mode() != Driver.Mode.NODE) usable(id);
    else if (!VolumeIds.safe(id) || !shown(id).exists())
      throw Refusals.notFound("there is no volume " + id);
  }

  /// Whether the backend shows volumes on nodes.
  boolean hasNodeSide() {
    return backend instanceof GivesDevices || backend instanceof GivesFolders;
  }

  /// A volume on this node, in whichever form the backend gives it.
  Shown shown(VolumeId id) {
    return switch (backend) {
      case GivesDevices devices -> new Device(id, devices, host);
      case GivesFolders folders -> new Folder(id, folders, host);
      default -> throw Refusals.unimplemented("this driver shows no volumes on nodes");
    };
  }

  /// A path from outside at which a mount may stand.
  String place(String field, String path) {
    return Paths.outside(field, path, settings.stateDir());
  }

  /// A snapshot that callers may use; one of a group is there when the group is.
  Optional<SnapshotRecord> snapshot(SnapshotId id) {
    if (!SnapshotIds.safe(id)) return Optional.empty();
    return records.snapshot(id).filter(this::shown);
  }

  /// @throws dev.moorage.csi.CsiException NOT_FOUND
  SnapshotRecord usable(SnapshotId id) {
    return snapshot(id).orElseThrow(() -> Refusals.notFound("there is no snapshot " + id));
  }

  /// Whether callers see a snapshot: neither half-cut nor half-gone.
  boolean shown(SnapshotRecord snapshot) {
    if (!(snapshot.state() instanceof SnapshotRecord.State.Ready(var group))) return false;
    return group.equals(GroupSnapshotId.NONE)
        || records.group(group).filter(GroupRecord::ready).isPresent();
  }

  /// Where this driver's volumes are; [Topology#NONE] for everywhere.
  Topology here() {
    return backend instanceof ReportsTopology topology ? topology.here() : Topology.NONE;
  }

  /// [#here] as alternatives in an answer.
  List<Topology> places() {
    return here().equals(Topology.NONE) ? List.of() : List.of(here());
  }

  Instant now() {
    return group.tasks().now();
  }

  void decided(String step, VolumeId on, String why) {
    decided(step, on.text(), why);
  }

  void decided(String step, String on, String why) {
    journal.note(new Entry(What.DECIDED, ACTOR, step, on, why));
  }

  void failed(String step, VolumeId on, String why) {
    failed(step, on.text(), why);
  }

  void failed(String step, String on, String why) {
    journal.note(new Entry(What.FAILED, ACTOR, step, on, why));
  }
}
