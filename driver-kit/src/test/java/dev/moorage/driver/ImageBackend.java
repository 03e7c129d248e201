package dev.moorage.driver;

import dev.moorage.base.Bytes;
import dev.moorage.host.Host;
import java.util.List;

/// A small backend of images that can be everything: ext4, xfs or raw, in every mode, growing.
class ImageBackend extends SmallBackend implements Expands {
  private final Host host;

  ImageBackend(Host host) {
    super(host);
    this.host = host;
  }

  @Override
  public Support support() {
    return new Support(List.of("ext4", "xfs"), Support.EVERY_MODE, true);
  }

  @Override
  public SizeRules sizes(String fsType) {
    return new SizeRules(Bytes.mebi(8), Bytes.mebi(1), Bytes.mebi(1), Bytes.mebi(400));
  }

  @Override
  public void create(VolumeRecord volume) {
    super.create(volume);
    host.filesystems().sync(FOLDER);
  }

  @Override
  public void expand(VolumeRecord volume, Bytes size) {
    host.files().allocate(FOLDER + "/" + volume.id() + ".img", size);
    host.filesystems().sync(FOLDER);
  }

  @Override
  public void refresh(dev.moorage.csi.VolumeId volume) {
    device(volume).ifPresent(host.loops()::refresh);
  }
}
