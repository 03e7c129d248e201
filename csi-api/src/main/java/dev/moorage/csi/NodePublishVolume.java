package dev.moorage.csi;

import java.util.Map;

/// `Node.NodePublishVolume`: shows a volume at a pod's path.
public record NodePublishVolume(
    VolumeId volume,
    Map<String, String> publishContext,
    String stagingPath,
    String targetPath,
    VolumeCapability capability,
    boolean readOnly,
    Secrets secrets,
    Map<String, String> volumeContext)
    implements CsiCall<Done> {
  public NodePublishVolume {
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
