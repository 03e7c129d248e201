package dev.moorage.drivers.btrfs;

import dev.moorage.base.Bytes;
import dev.moorage.csi.NodeGetStorageHealth;
import dev.moorage.csi.SnapshotId;
import dev.moorage.csi.Topology;
import dev.moorage.csi.VolumeHealth;
import dev.moorage.csi.VolumeHealth.Status;
import dev.moorage.csi.VolumeId;
import dev.moorage.driver.Clones;
import dev.moorage.driver.Expands;
import dev.moorage.driver.GivesFolders;
import dev.moorage.driver.ReportsCapacity;
import dev.moorage.driver.ReportsHealth;
import dev.moorage.driver.ReportsTopology;
import dev.moorage.driver.SizeRules;
import dev.moorage.driver.SnapshotRecord;
import dev.moorage.driver.Snapshots;
import dev.moorage.driver.Support;
import dev.moorage.driver.VolumeRecord;
import dev.moorage.drivers.pool.Pool;
import dev.moorage.host.Filesystems.Usage;
import dev.moorage.host.Host;
import dev.moorage.host.HostException;
import dev.moorage.host.HostException.Errno;
import dev.moorage.host.Subvolumes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Volumes and snapshots as subvolumes in a pool.
final class BtrfsVolumes
    implements Snapshots,
        Clones,
        Expands,
        ReportsCapacity,
        ReportsTopology,
        ReportsHealth,
        GivesFolders {

  private static final Support SUPPORT = new Support(List.of("btrfs"), Support.EVERY_MODE);

  private static final SizeRules SIZES =
      new SizeRules(Bytes.mebi(1), Bytes.mebi(1), new Bytes(4096), Bytes.gibi(1));

  private final Host host;
  private final Pool pool;
  private final BtrfsDriver.Settings settings;

  BtrfsVolumes(Host host, Pool pool, BtrfsDriver.Settings settings) {
    this.host = host;
    this.pool = pool;
    this.settings = settings;
  }

  @Override
  public Support support() {
    return SUPPORT;
  }

  @Override
  public void open(List<VolumeRecord> volumes, List<SnapshotRecord> snapshots) {
    pool.open();
    subvolumes().enableQuota(pool.mountPath());
    for (var volume : volumes) pool.hold(volume.id().text(), volume.space());
    for (var snapshot : snapshots) pool.hold(snapshot.id().text(), space(snapshot));
  }

  @Override
  public void close() {
    pool.close();
  }

  @Override
  public SizeRules sizes(String fsType) {
    return SIZES;
  }

  @Override
  public void create(VolumeRecord volume) {
    var path = path(volume.id());
    clear(path);
    subvolumes().create(path);
    finish(volume);
  }

  @Override
  public void restore(VolumeRecord volume, SnapshotRecord source) {
    copy(path(source.id()), volume);
  }

  @Override
  public void copy(VolumeRecord volume, VolumeRecord source) {
    copy(path(source.id()), volume);
  }

  private void copy(String from, VolumeRecord volume) {
    var path = path(volume.id());
    clear(path);
    subvolumes().snapshot(from, path, false);
    finish(volume);
  }

  /// What a crash left of an earlier try: it was never given out.
  private void clear(String path) {
    if (subvolumes().exists(path)) subvolumes().delete(path);
  }

  private void finish(VolumeRecord volume) {
    subvolumes().limit(path(volume.id()), volume.size());
    pool.sync();
  }

  @Override
  public void cut(SnapshotRecord snapshot, VolumeRecord source) {
    var path = path(snapshot.id());
    clear(path);
    subvolumes().snapshot(path(source.id()), path, true);
    pool.sync();
  }

  @Override
  public void delete(VolumeRecord volume) {
    var path = path(volume.id());
    refuseShown(volume.id());
    subvolumes().delete(path);
    verifyGone(path);
  }

  /// A subvolume that is removed while a bind still shows it would live on there, nameless.
  private void refuseShown(VolumeId volume) {
    var within = "/volumes/" + volume;
    var table = host.mounts().table();
    var device = host.mounts().at(pool.mountPath()).map(mount -> mount.device()).orElse("");
    for (var mount : table)
      if (mount.device().equals(device)
          && (mount.root().equals(within) || mount.root().startsWith(within + "/")))
        throw new HostException(
            Errno.EBUSY, "volume " + volume + " is still shown at " + mount.target());
  }

  @Override
  public void delete(SnapshotRecord snapshot) {
    var path = path(snapshot.id());
    subvolumes().delete(path);
    verifyGone(path);
  }

  private void verifyGone(String path) {
    if (host.files().look(path).isPresent())
      throw new HostException(Errno.EBUSY, "subvolume " + path + " is still there");
  }

  @Override
  public void expand(VolumeRecord volume, Bytes size) {
    subvolumes().limit(path(volume.id()), size);
    pool.sync();
  }

  @Override
  public Bytes available() {
    return pool.free();
  }

  @Override
  public boolean reserve(String holder, Bytes size) {
    return pool.reserve(holder, size);
  }

  @Override
  public void release(String holder) {
    pool.release(holder);
  }

  @Override
  public Topology here() {
    return settings.topology();
  }

  @Override
  public boolean exists(VolumeId volume) {
    return subvolumes().exists(path(volume));
  }

  @Override
  public Optional<String> folder(VolumeId volume) {
    return Optional.of(path(volume)).filter(subvolumes()::exists);
  }

  @Override
  public String connect(VolumeId volume) {
    return folder(volume)
        .orElseThrow(() ->
            new HostException(
                Errno.EIO, "the subvolume of volume " + volume + " is gone: " + path(volume)));
  }

  /// Inodes are made as they are needed: there is no number of them.
  @Override
  public Usage usage(VolumeId volume) {
    var own = subvolumes().usage(path(volume));
    var around = host.filesystems().usage(path(volume));
    var total = own.limit().isZero() ? around.total() : own.limit();
    var room = total.minusAtMost(own.used());
    var available = room.isAbove(around.available()) ? around.available() : room;
    return new Usage(total, own.used(), available, 0, 0, 0);
  }

  @Override
  public List<VolumeHealth.Entry> health(VolumeRecord volume) {
    var path = path(volume.id());
    if (!subvolumes().exists(path))
      return List.of(
          new VolumeHealth.Entry(
              Status.DATA_LOSS, "SubvolumeMissing", "the subvolume " + path + " is gone"));
    var seen = subvolumes().usage(path);
    var entries = new ArrayList<VolumeHealth.Entry>();
    if (seen.limit().isZero())
      entries.add(degraded("NoLimit", "nothing keeps it to its size of " + volume.size()));
    if (seen.inside() > 0)
      entries.add(
          degraded(
              "SubvolumesInside",
              seen.inside()
                  + " subvolumes were made inside it: they are not kept to its size and not in its"
                  + " snapshots; remove them with `btrfs subvolume delete`"));
    return entries;
  }

  private static VolumeHealth.Entry degraded(String reason, String message) {
    return new VolumeHealth.Entry(Status.DEGRADED, reason, message);
  }

  @Override
  public List<NodeGetStorageHealth.Entry> storageHealth() {
    return pool.health();
  }

  private Subvolumes subvolumes() {
    return host.subvolumes();
  }

  /// Ids are the kit's own, safe as file names.
  private String path(VolumeId volume) {
    return pool.folder() + "/" + volume;
  }

  private String path(SnapshotId snapshot) {
    return pool.snapshotFolder() + "/" + snapshot;
  }
}
