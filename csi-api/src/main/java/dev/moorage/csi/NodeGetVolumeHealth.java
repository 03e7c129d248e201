package dev.moorage.csi;

/// `Node.NodeGetVolumeHealth`: what is wrong with a volume, seen from this node (CSI 1.13).
///
/// @param publishPath where it is published; may be empty
/// @param stagingPath where it is staged; may be empty
public record NodeGetVolumeHealth(VolumeId volume, String publishPath, String stagingPath)
    implements CsiCall<VolumeHealth> {
  @Override
  public Class<VolumeHealth> answer() {
    return VolumeHealth.class;
  }

  @Override
  public String subject() {
    return volume.text();
  }
}
