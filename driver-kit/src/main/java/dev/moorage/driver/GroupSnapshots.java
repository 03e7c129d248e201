package dev.moorage.driver;

import java.util.List;

/// Cuts snapshots of several volumes at one moment (GROUP_CONTROLLER_SERVICE). All or none: what a
/// failed try has cut is deleted by the kit.
public interface GroupSnapshots extends Snapshots {

  /// Cuts all at one moment, in this order: no write that began after one volume's cut ended is in
  /// another one's. Where the kit holds filesystems still ([GivesDevices#copiesAtOneMoment]), all
  /// of them are, and a raw block device in use comes first: cutting one after the other is right.
  void cutTogether(List<Cut> cuts);

  /// One snapshot of a group.
  record Cut(SnapshotRecord snapshot, VolumeRecord source) {}
}
