package dev.moorage.drivers.loop;

import dev.moorage.base.Bytes;
import dev.moorage.base.Journal;
import dev.moorage.base.Journal.Entry;
import dev.moorage.base.Journal.Entry.What;
import dev.moorage.csi.BlockMetadata.Range;
import dev.moorage.csi.CsiException;
import dev.moorage.csi.CsiException.Code;
import dev.moorage.csi.NodeGetStorageHealth;
import dev.moorage.csi.NodeId;
import dev.moorage.csi.Topology;
import dev.moorage.csi.VolumeHealth;
import dev.moorage.csi.VolumeId;
import dev.moorage.driver.Attaches;
import dev.moorage.driver.Clones;
import dev.moorage.driver.Expands;
import dev.moorage.driver.GivesDevices;
import dev.moorage.driver.GroupSnapshots;
import dev.moorage.driver.ListsChangedBlocks;
import dev.moorage.driver.ModifiesVolumes;
import dev.moorage.driver.Parameter;
import dev.moorage.driver.ReportsCapacity;
import dev.moorage.driver.ReportsHealth;
import dev.moorage.driver.ReportsTopology;
import dev.moorage.driver.SizeRules;
import dev.moorage.driver.SnapshotRecord;
import dev.moorage.driver.Snapshots;
import dev.moorage.driver.Support;
import dev.moorage.driver.Use;
import dev.moorage.driver.VolumeRecord;
import dev.moorage.drivers.pool.Pool;
import dev.moorage.host.Files.Extent;
import dev.moorage.host.Host;
import dev.moorage.host.HostException;
import dev.moorage.host.HostException.Errno;
import dev.moorage.host.LoopDevices.Loop;
import dev.moorage.host.LoopDevices.Options;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Volumes and snapshots as image files in a pool, devices as loops over them.
final class LoopVolumes
    implements Snapshots,
        GroupSnapshots,
        Clones,
        ListsChangedBlocks,
        Expands,
        ModifiesVolumes,
        Attaches,
        ReportsCapacity,
        ReportsHealth,
        ReportsTopology,
        GivesDevices {
  private static final Support SUPPORT =
      new Support(List.of("xfs", "ext4", "btrfs"), Support.EVERY_MODE, true);

  /// What the tools refuse to go below; any size for a raw block device. A btrfs could be smaller,
  /// but the kernel grows none to less than 256 MiB.
  private static final Map<String, SizeRules> SIZES =
      Map.of(
          "xfs",
          sizesFrom(Bytes.mebi(300)),
          "ext4",
          sizesFrom(Bytes.mebi(16)),
          "btrfs",
          sizesFrom(Bytes.mebi(256)),
          Use.BLOCK,
          sizesFrom(Bytes.mebi(1)));

  private final Host host;
  private final Pool pool;
  private final LoopDriver.Settings settings;
  private final Journal journal;
  private final Images images;
  private final OwnIds ownIds;
  private final Discards discards = new Discards();

  LoopVolumes(Host host, Pool pool, LoopDriver.Settings settings, Journal journal) {
    this.host = host;
    this.pool = pool;
    this.settings = settings;
    this.journal = journal;
    this.images = new Images(pool);
    this.ownIds = new OwnIds(host, images, settings.stateDir());
  }

  private static SizeRules sizesFrom(Bytes minimum) {
    return new SizeRules(minimum, Bytes.mebi(1), new Bytes(4096), Bytes.gibi(1));
  }

  @Override
  public Support support() {
    return SUPPORT;
  }

  @Override
  public void open(List<VolumeRecord> volumes, List<SnapshotRecord> snapshots) {
    pool.open();
    ownIds.open();
    for (var volume : volumes) {
      pool.hold(volume.id().text(), space(volume, volume.space()));
      discards.follow(volume);
    }
    for (var snapshot : snapshots) pool.hold(snapshot.id().text(), space(snapshot));
    if (!pool.directIo())
      journal.note(
          new Entry(
              What.DONE,
              "driver",
              "OpenPool",
              settings.name(),
              "without direct I/O: this host does not allow it here"));
  }

  @Override
  public void close() {
    pool.close();
  }

  // Volumes --------------------------------------------------------------------------------------

  @Override
  public List<Parameter> parameters() {
    return Traits.ofClasses();
  }

  @Override
  public SizeRules sizes(String fsType) {
    return SIZES.getOrDefault(fsType, SizeRules.ANY);
  }

  @Override
  public void create(VolumeRecord volume) {
    Traits.check(volume);
    clear(volume.id());
    giveSize(volume, volume.size());
    pool.sync();
    discards.follow(volume);
  }

  private void giveSize(VolumeRecord volume, Bytes size) {
    if (Traits.thick(volume)) host.files().allocate(images.of(volume.id()), size);
    else host.files().extend(images.of(volume.id()), size);
  }

  /// Removes what an earlier try left: nobody was given it yet.
  private void clear(VolumeId volume) {
    ownIds.clear(volume);
    var attached = device(volume);
    if (attached.isPresent())
      throw new HostException(
          Errno.EBUSY, "volume " + volume + " is attached as " + attached.get());
    host.files().removeFile(images.of(volume));
  }

  @Override
  public void delete(VolumeRecord volume) {
    clear(volume.id());
    remove(images.of(volume.id()));
    discards.forget(volume.id());
  }

  private void remove(String image) {
    host.files().removeFile(image);
    pool.sync();
    if (host.files().look(image).isPresent())
      throw new HostException(Errno.EBUSY, "image " + image + " is still there");
  }

  @Override
  public void expand(VolumeRecord volume, Bytes size) {
    giveSize(volume, size);
    pool.sync();
  }

  @Override
  public List<Parameter> mutableParameters() {
    return Traits.ofAttributesClasses();
  }

  @Override
  public void modify(VolumeRecord volume) {
    Traits.check(volume);
    var space = space(volume, volume.space());
    if (Traits.thick(volume)) {
      if (!pool.reserve(volume.id().text(), space))
        throw new CsiException(
            Code.RESOURCE_EXHAUSTED,
            "volume " + volume.name() + " needs " + space + "; free for volumes: " + pool.free());
      refuseDiscards(volume);
      giveSize(volume, volume.space());
      pool.sync();
    } else {
      if (!Traits.discards(volume)) refuseDiscards(volume);
      pool.hold(volume.id().text(), space);
    }
    discards.follow(volume);
  }

  private void refuseDiscards(VolumeRecord volume) {
    device(volume.id()).ifPresent(host.loops()::refuseDiscards);
  }

  @Override
  public boolean knows(NodeId node) {
    return node.text().equals(settings.nodeId());
  }

  @Override
  public Topology here() {
    return settings.topology();
  }

  // Space ----------------------------------------------------------------------------------------

  @Override
  public Bytes available() {
    return pool.free();
  }

  @Override
  public Bytes space(VolumeRecord volume, Bytes size) {
    return Traits.thick(volume) ? size : Bytes.ZERO;
  }

  /// All of it for a thick volume's: as long as both are there, each block may be written anew, and
  /// then both need one of their own.
  @Override
  public Bytes space(SnapshotRecord snapshot) {
    return space(snapshot.source(), snapshot.size());
  }

  @Override
  public boolean reserve(String holder, Bytes size) {
    return pool.reserve(holder, size);
  }

  @Override
  public void release(String holder) {
    pool.release(holder);
  }

  // Snapshots and clones -------------------------------------------------------------------------

  @Override
  public void cut(SnapshotRecord snapshot, VolumeRecord source) {
    cutTogether(List.of(new Cut(snapshot, source)));
  }

  @Override
  public void cutTogether(List<Cut> cuts) {
    for (var cut : cuts) clone(cut.source(), images.of(cut.snapshot().id()));
    pool.sync();
  }

  private void clone(VolumeRecord source, String target) {
    host.files().removeFile(target);
    device(source.id()).ifPresent(host.loops()::flush);
    host.files().clone(images.of(source.id()), target);
  }

  @Override
  public void restore(VolumeRecord volume, SnapshotRecord source) {
    Traits.check(volume);
    clear(volume.id());
    host.files().clone(images.of(source.id()), images.of(volume.id()));
    finishCopy(volume);
  }

  @Override
  public void copy(VolumeRecord volume, VolumeRecord source) {
    Traits.check(volume);
    clear(volume.id());
    clone(source, images.of(volume.id()));
  }

  @Override
  public void finishCopy(VolumeRecord volume) {
    giveSize(volume, volume.size());
    if (!volume.uses().getFirst().block()) ownIds.give(volume.id());
    pool.sync();
    discards.follow(volume);
  }

  @Override
  public void delete(SnapshotRecord snapshot) {
    remove(images.of(snapshot.id()));
  }

  @Override
  public List<Range> allocated(SnapshotRecord snapshot) {
    return Extents.written(extents(snapshot), snapshot.size().count());
  }

  @Override
  public List<Range> changed(SnapshotRecord base, SnapshotRecord target) {
    return Extents.differences(extents(base), extents(target), target.size().count());
  }

  private List<Extent> extents(SnapshotRecord snapshot) {
    return host.files().extents(images.of(snapshot.id()));
  }

  // Health ---------------------------------------------------------------------------------------

  @Override
  public List<VolumeHealth.Entry> health(VolumeRecord volume) {
    var image = images.of(volume.id());
    var there = host.files().look(image);
    if (there.isEmpty())
      return List.of(
          new VolumeHealth.Entry(
              VolumeHealth.Status.DATA_LOSS, "ImageMissing", "image " + image + " is gone"));
    var size = there.get().size();
    if (size.isBelow(volume.size()))
      return List.of(
          new VolumeHealth.Entry(
              VolumeHealth.Status.DATA_LOSS,
              "ImageCut",
              "image " + image + " has " + size + ", not " + volume.size()));
    return List.of();
  }

  @Override
  public List<NodeGetStorageHealth.Entry> storageHealth() {
    return pool.health();
  }

  // Devices --------------------------------------------------------------------------------------

  @Override
  public boolean exists(VolumeId volume) {
    return host.files().look(images.of(volume)).isPresent();
  }

  @Override
  public Optional<String> device(VolumeId volume) {
    return host.loops().first(images.of(volume)).map(Loop::device);
  }

  @Override
  public String connect(VolumeId volume) {
    var attached = device(volume);
    if (attached.isPresent()) {
      refresh(volume);
      return attached.get();
    }
    var options = Options.FENCED.withDiscard(discards.takenBy(volume));
    return host.loops().attach(images.of(volume), options).device();
  }

  @Override
  public void disconnect(VolumeId volume) {
    for (var loop : host.loops().over(images.of(volume))) host.loops().detach(loop.device());
    var left = host.loops().over(images.of(volume));
    if (!left.isEmpty())
      throw new HostException(Errno.EBUSY, "volume " + volume + " is still attached: " + left);
  }

  @Override
  public void refresh(VolumeId volume) {
    for (var loop : host.loops().over(images.of(volume))) host.loops().refresh(loop.device());
  }

  @Override
  public List<String> formatOptions(String fsType, Map<String, String> context) {
    return Traits.formatOptions(fsType, context);
  }
}
