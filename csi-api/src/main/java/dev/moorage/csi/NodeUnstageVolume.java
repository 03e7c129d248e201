package dev.moorage.csi;

/// `Node.NodeUnstageVolume`: undoes NodeStageVolume.
public record NodeUnstageVolume(VolumeId volume, String stagingPath) implements CsiCall<Done> {
  @Override
  public Class<Done> answer() {
    return Done.class;
  }

  @Override
  public String subject() {
    return volume.text();
  }
}
