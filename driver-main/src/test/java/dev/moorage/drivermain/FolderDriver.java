package dev.moorage.drivermain;

import dev.moorage.base.Bytes;
import dev.moorage.csi.VolumeId;
import dev.moorage.driver.CreatesVolumes;
import dev.moorage.driver.SizeRules;
import dev.moorage.driver.SnapshotRecord;
import dev.moorage.driver.Support;
import dev.moorage.driver.VolumeRecord;
import dev.moorage.host.Host;
import java.time.Duration;
import java.util.List;

/// A driver as a vendor writes it, whose volumes are files and can only be made and deleted.
final class FolderDriver implements CreatesVolumes {
  private final Given given;
  private final Host host;
  private final String folder;

  private FolderDriver(Given given) {
    this.given = given;
    this.host = given.host();
    this.folder = given.stateDir() + "/" + given.flag("folder");
  }

  static DriverMain main() {
    return DriverMain.of("folder.example.dev", "1.0", FolderDriver::new)
        .flag("folder", "NAME", "volumes", "Where the volumes are, below the state folder.")
        .flag("slow", "SECONDS", "0", "How long a volume takes.");
  }

  public static void main(String[] arguments) {
    main().run(arguments);
  }

  @Override
  public Support support() {
    return new Support(List.of("ext4"), Support.ONE_NODE);
  }

  @Override
  public void open(List<VolumeRecord> volumes, List<SnapshotRecord> snapshots) {
    host.files().makeFolder(folder, 0700);
  }

  @Override
  public SizeRules sizes(String fsType) {
    return new SizeRules(Bytes.mebi(1), Bytes.mebi(1), Bytes.mebi(1), Bytes.mebi(64));
  }

  @Override
  public void create(VolumeRecord volume) {
    given.group().sleep(Duration.ofSeconds(Long.parseLong(given.flag("slow"))));
    host.files().allocate(file(volume.id()), volume.size());
  }

  @Override
  public void delete(VolumeRecord volume) {
    host.files().removeFile(file(volume.id()));
  }

  private String file(VolumeId volume) {
    return folder + "/" + volume + ".img";
  }
}
