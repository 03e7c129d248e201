package dev.moorage.csi;

import java.util.List;
import java.util.Map;

/// `Controller.CreateVolume`: makes a volume; idempotent by its name.
public record CreateVolume(
    String name,
    CapacityRange capacity,
    List<VolumeCapability> capabilities,
    Map<String, String> parameters,
    Secrets secrets,
    ContentSource source,
    TopologyRequirement accessibility,
    Map<String, String> mutableParameters)
    implements CsiCall<Volume> {
  public CreateVolume {
    capabilities = List.copyOf(capabilities);
    parameters = Map.copyOf(parameters);
    mutableParameters = Map.copyOf(mutableParameters);
  }

  @Override
  public Class<Volume> answer() {
    return Volume.class;
  }

  @Override
  public String subject() {
    return name;
  }
}
