package dev.moorage.csi;

import java.util.List;

/// `GroupController.DeleteVolumeGroupSnapshot`: removes a group snapshot with its members.
///
/// @param snapshots its members, as the caller knows them
public record DeleteVolumeGroupSnapshot(
    GroupSnapshotId group, List<SnapshotId> snapshots, Secrets secrets) implements CsiCall<Done> {
  public DeleteVolumeGroupSnapshot {
    snapshots = List.copyOf(snapshots);
  }

  @Override
  public Class<Done> answer() {
    return Done.class;
  }

  @Override
  public String subject() {
    return group.text();
  }
}
