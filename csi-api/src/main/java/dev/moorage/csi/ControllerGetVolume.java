package dev.moorage.csi;

/// `Controller.ControllerGetVolume`: one volume, and where it is published.
public record ControllerGetVolume(VolumeId volume) implements CsiCall<ListVolumes.Entry> {
  @Override
  public Class<ListVolumes.Entry> answer() {
    return ListVolumes.Entry.class;
  }

  @Override
  public String subject() {
    return volume.text();
  }
}
