package dev.moorage.csi;

import java.util.List;
import java.util.Map;

/// `GroupController.CreateVolumeGroupSnapshot`: cuts snapshots of several volumes at one moment,
/// all or none; idempotent by its name.
public record CreateVolumeGroupSnapshot(
    String name, List<VolumeId> sources, Secrets secrets, Map<String, String> parameters)
    implements CsiCall<GroupSnapshot> {
  public CreateVolumeGroupSnapshot {
    sources = List.copyOf(sources);
    parameters = Map.copyOf(parameters);
  }

  @Override
  public Class<GroupSnapshot> answer() {
    return GroupSnapshot.class;
  }

  @Override
  public String subject() {
    return name;
  }
}
