package dev.moorage.csi;

import dev.moorage.base.Bytes;

/// `Node.NodeExpandVolume`: lets a node use a volume's larger size.
public record NodeExpandVolume(
    VolumeId volume,
    String volumePath,
    CapacityRange capacity,
    String stagingPath,
    VolumeCapability capability,
    Secrets secrets)
    implements CsiCall<NodeExpandVolume.Answer> {
  @Override
  public Class<NodeExpandVolume.Answer> answer() {
    return NodeExpandVolume.Answer.class;
  }

  @Override
  public String subject() {
    return volume.text();
  }

  /// The size now; zero where the driver does not say.
  public record Answer(Bytes capacity) {}
}
