package dev.moorage.csi;

import java.util.Map;

/// `Controller.ControllerPublishVolume`: attaches a volume to a node.
public record ControllerPublishVolume(
    VolumeId volume,
    NodeId node,
    VolumeCapability capability,
    boolean readOnly,
    Secrets secrets,
    Map<String, String> volumeContext)
    implements CsiCall<ControllerPublishVolume.Answer> {
  public ControllerPublishVolume {
    volumeContext = Map.copyOf(volumeContext);
  }

  @Override
  public Class<ControllerPublishVolume.Answer> answer() {
    return ControllerPublishVolume.Answer.class;
  }

  @Override
  public String subject() {
    return volume.text();
  }

  /// What the node needs to find the volume; no secrets.
  public record Answer(Map<String, String> publishContext) {
    public Answer {
      publishContext = Map.copyOf(publishContext);
    }
  }
}
