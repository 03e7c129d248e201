package dev.moorage.csi;

/// `Controller.ControllerUnpublishVolume`: detaches a volume; an empty node means from all nodes.
public record ControllerUnpublishVolume(VolumeId volume, NodeId node, Secrets secrets)
    implements CsiCall<Done> {
  @Override
  public Class<Done> answer() {
    return Done.class;
  }

  @Override
  public String subject() {
    return volume.text();
  }
}
