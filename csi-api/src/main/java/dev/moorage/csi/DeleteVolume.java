package dev.moorage.csi;

/// `Controller.DeleteVolume`: removes a volume; an unknown one counts as removed.
public record DeleteVolume(VolumeId volume, Secrets secrets) implements CsiCall<Done> {
  @Override
  public Class<Done> answer() {
    return Done.class;
  }

  @Override
  public String subject() {
    return volume.text();
  }
}
