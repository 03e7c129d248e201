package dev.moorage.csi;

import java.util.Map;

/// `Controller.ControllerModifyVolume`: changes what can be changed of a volume that is there.
public record ControllerModifyVolume(
    VolumeId volume, Secrets secrets, Map<String, String> mutableParameters)
    implements CsiCall<Done> {
  public ControllerModifyVolume {
    mutableParameters = Map.copyOf(mutableParameters);
  }

  @Override
  public Class<Done> answer() {
    return Done.class;
  }

  @Override
  public String subject() {
    return volume.text();
  }
}
