package dev.moorage.driver;

import dev.moorage.base.Bytes;
import dev.moorage.csi.VolumeHealth;
import dev.moorage.csi.VolumeId;
import dev.moorage.host.Files.Sort;
import dev.moorage.host.Filesystems.Usage;
import dev.moorage.host.Host;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What a vendor writes for a driver whose volumes are folders.
class FolderBackend implements CreatesVolumes, GivesFolders, ReportsHealth {
  static final String FOLDER = "/var/lib/folders";
  static final Usage USAGE =
      new Usage(Bytes.mebi(64), Bytes.mebi(1), Bytes.mebi(63), 1000, 10, 990);

  final List<VolumeHealth.Entry> wrong = new ArrayList<>();
  private final Host host;

  FolderBackend(Host host) {
    this.host = host;
  }

  @Override
  public Support support() {
    return new Support(List.of("folderfs"), Support.EVERY_MODE);
  }

  @Override
  public void open(List<VolumeRecord> volumes, List<SnapshotRecord> snapshots) {
    host.files().makeFolder(FOLDER, 0700);
  }

  @Override
  public SizeRules sizes(String fsType) {
    return SizeRules.ANY;
  }

  @Override
  public void create(VolumeRecord volume) {
    host.files().makeFolder(at(volume.id()), 0700);
    host.filesystems().sync(FOLDER);
  }

  @Override
  public void delete(VolumeRecord volume) {
    host.files().removeFolder(at(volume.id()));
  }

  @Override
  public boolean exists(VolumeId volume) {
    return folder(volume).isPresent();
  }

  @Override
  public Optional<String> folder(VolumeId volume) {
    return host.files()
        .look(at(volume))
        .filter(entry -> entry.sort() == Sort.FOLDER)
        .map(_ -> at(volume));
  }

  @Override
  public String connect(VolumeId volume) {
    return at(volume);
  }

  @Override
  public Usage usage(VolumeId volume) {
    return USAGE;
  }

  @Override
  public List<VolumeHealth.Entry> health(VolumeRecord volume) {
    return wrong;
  }

  private static String at(VolumeId volume) {
    return FOLDER + "/" + volume;
  }
}
