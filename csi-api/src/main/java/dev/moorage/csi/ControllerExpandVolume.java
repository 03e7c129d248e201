package dev.moorage.csi;

import dev.moorage.base.Bytes;

/// `Controller.ControllerExpandVolume`: makes a volume larger.
public record ControllerExpandVolume(
    VolumeId volume, CapacityRange capacity, Secrets secrets, VolumeCapability capability)
    implements CsiCall<ControllerExpandVolume.Answer> {
  @Override
  public Class<ControllerExpandVolume.Answer> answer() {
    return ControllerExpandVolume.Answer.class;
  }

  @Override
  public String subject() {
    return volume.text();
  }

  /// The size now, and whether the node must follow.
  public record Answer(Bytes capacity, boolean nodeExpansionRequired) {}
}
