package dev.moorage.csi;

/// `Node.NodeUnpublishVolume`: undoes NodePublishVolume and removes the target path.
public record NodeUnpublishVolume(VolumeId volume, String targetPath) implements CsiCall<Done> {
  @Override
  public Class<Done> answer() {
    return Done.class;
  }

  @Override
  public String subject() {
    return volume.text();
  }
}
