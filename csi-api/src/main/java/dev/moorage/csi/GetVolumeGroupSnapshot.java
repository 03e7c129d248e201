package dev.moorage.csi;

import java.util.List;

/// `GroupController.GetVolumeGroupSnapshot`: one group snapshot.
///
/// @param snapshots its members, as the caller knows them
public record GetVolumeGroupSnapshot(
    GroupSnapshotId group, List<SnapshotId> snapshots, Secrets secrets)
    implements CsiCall<GroupSnapshot> {
  public GetVolumeGroupSnapshot {
    snapshots = List.copyOf(snapshots);
  }

  @Override
  public Class<GroupSnapshot> answer() {
    return GroupSnapshot.class;
  }

  @Override
  public String subject() {
    return group.text();
  }
}
