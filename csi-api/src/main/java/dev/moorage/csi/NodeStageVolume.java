package dev.moorage.csi;

import java.util.Map;

/// `Node.NodeStageVolume`: makes a volume ready on a node, at its global path.
public record NodeStageVolume(
    VolumeId volume,
    Map<String, String> publishContext,
    String stagingPath,
    VolumeCapability capability,
    Secrets secrets,
    Map<String, String> volumeContext)
    implements CsiCall<Done> {
  public NodeStageVolume {
    publishContext = Map.copyOf(publishContext);
    volumeContext = Map.copyOf(volumeContext);
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
