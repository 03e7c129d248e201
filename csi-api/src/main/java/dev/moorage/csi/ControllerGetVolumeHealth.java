package dev.moorage.csi;

/// `Controller.ControllerGetVolumeHealth`: what is wrong with a volume (CSI 1.13).
public record ControllerGetVolumeHealth(VolumeId volume, Secrets secrets)
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
