package dev.moorage.csi;

import java.util.Map;

/// `Controller.CreateSnapshot`: cuts a snapshot of a volume; idempotent by its name.
///
/// @param accessibility from where it must be usable (CSI 1.13)
public record CreateSnapshot(
    VolumeId source,
    String name,
    Secrets secrets,
    Map<String, String> parameters,
    TopologyRequirement accessibility)
    implements CsiCall<Snapshot> {
  public CreateSnapshot {
    parameters = Map.copyOf(parameters);
  }

  @Override
  public Class<Snapshot> answer() {
    return Snapshot.class;
  }

  @Override
  public String subject() {
    return name;
  }
}
