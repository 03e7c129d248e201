package dev.moorage.driver;

import dev.moorage.base.Bytes;
import dev.moorage.csi.VolumeId;
import dev.moorage.host.Host;
import dev.moorage.host.LoopDevices.Loop;
import dev.moorage.host.LoopDevices.Options;
import java.util.List;
import java.util.Optional;

/// What a vendor writes for a driver that makes ext4 volumes and mounts them: nothing about CSI.
class SmallBackend implements CreatesVolumes, GivesDevices {
  static final String FOLDER = "/var/lib/small";

  private final Host host;

  SmallBackend(Host host) {
    this.host = host;
  }

  @Override
  public Support support() {
    return new Support(List.of("ext4"), Support.ONE_NODE);
  }

  @Override
  public void open(List<VolumeRecord> volumes, List<SnapshotRecord> snapshots) {
    host.files().makeFolder(FOLDER, 0700);
  }

  @Override
  public SizeRules sizes(String fsType) {
    return new SizeRules(Bytes.mebi(8), Bytes.mebi(1), Bytes.mebi(1), Bytes.mebi(64));
  }

  @Override
  public void create(VolumeRecord volume) {
    host.files().allocate(image(volume.id()), volume.size());
  }

  @Override
  public void delete(VolumeRecord volume) {
    host.files().removeFile(image(volume.id()));
  }

  @Override
  public boolean exists(VolumeId volume) {
    return host.files().look(image(volume)).isPresent();
  }

  @Override
  public Optional<String> device(VolumeId volume) {
    return host.loops().first(image(volume)).map(Loop::device);
  }

  @Override
  public String connect(VolumeId volume) {
    return device(volume)
        .orElseGet(() -> host.loops().attach(image(volume), Options.FENCED).device());
  }

  @Override
  public void disconnect(VolumeId volume) {
    device(volume).ifPresent(host.loops()::detach);
  }

  @Override
  public void refresh(VolumeId volume) {}

  private static String image(VolumeId volume) {
    return FOLDER + "/" + volume + ".img";
  }
}
