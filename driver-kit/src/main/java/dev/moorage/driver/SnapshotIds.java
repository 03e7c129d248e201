package dev.moorage.driver;

import dev.moorage.csi.GroupSnapshotId;
import dev.moorage.csi.SnapshotId;
import dev.moorage.csi.VolumeId;
import java.util.regex.Pattern;

/// Ids of snapshots and group snapshots from their names: the same name always gives the same id, a
/// snapshot's id is always safe as a file name, and none is ever a volume's, as those hold no `_`.
final class SnapshotIds {
  private static final String SNAPSHOT = "snap_";
  private static final String MEMBER = "member_";
  private static final String GROUP = "group_";

  private static final Pattern SAFE = Pattern.compile("(snap|member)_[a-z0-9][a-z0-9.-]{0,63}");
  private static final Pattern SAFE_GROUP = Pattern.compile("group_[a-z0-9][a-z0-9.-]{0,63}");

  private SnapshotIds() {}

  static SnapshotId of(String name) {
    return new SnapshotId(SNAPSHOT + VolumeIds.of(name));
  }

  /// The snapshot of one volume in a group.
  static SnapshotId member(GroupSnapshotId group, VolumeId volume) {
    return new SnapshotId(MEMBER + VolumeIds.sha256(group + " " + volume));
  }

  static GroupSnapshotId group(String name) {
    return new GroupSnapshotId(GROUP + VolumeIds.of(name));
  }

  /// Whether this can be an id of ours; any other one is unknown without looking.
  static boolean safe(SnapshotId id) {
    return SAFE.matcher(id.text()).matches();
  }

  static boolean safe(GroupSnapshotId id) {
    return SAFE_GROUP.matcher(id.text()).matches();
  }
}
