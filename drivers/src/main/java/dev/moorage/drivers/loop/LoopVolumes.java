package dev.moorage.drivers.loop;

import dev.moorage.base.Bytes;
import dev.moorage.base.Journal;
import dev.moorage.base.Journal.Entry;
import dev.moorage.base.Journal.Entry.What;
import dev.moorage.csi.NodeId;
import dev.moorage.csi.Topology;
import dev.moorage.csi.VolumeId;
import dev.moorage.driver.Attaches;
import dev.moorage.driver.CreatesVolumes;
import dev.moorage.driver.Expands;
import dev.moorage.driver.GivesDevices;
import dev.moorage.driver.Parameter;
import dev.moorage.driver.ReportsCapacity;
import dev.moorage.driver.ReportsTopology;
import dev.moorage.driver.SizeRules;
import dev.moorage.driver.Support;
import dev.moorage.driver.VolumeRecord;
import dev.moorage.drivers.pool.Pool;
import dev.moorage.host.Files;
import dev.moorage.host.Host;
import dev.moorage.host.HostException;
import dev.moorage.host.HostException.Errno;
import dev.moorage.host.LoopDevices.Loop;
import dev.moorage.host.LoopDevices.Options;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// Volumes as image files in a pool, devices as loops over them.
final class LoopVolumes
    implements CreatesVolumes, Expands, Attaches, ReportsCapacity, ReportsTopology, GivesDevices {
  private static final String XFS = "xfs";
  private static final Support SUPPORT = new Support(List.of(XFS, "ext4"), Support.ONE_NODE);
  private static final Pattern LABEL = Pattern.compile("[A-Za-z0-9._-]{1,12}");
  private static final Parameter LABEL_PARAMETER =
      new Parameter("label", "1 to 12 letters, digits, '.', '_' or '-'", LABEL.asMatchPredicate());

  /// mkfs.xfs refuses anything smaller.
  private static final SizeRules XFS_SIZES = sizesFrom(Bytes.mebi(300));

  private static final SizeRules EXT4_SIZES = sizesFrom(Bytes.mebi(16));

  private final Host host;
  private final Pool pool;
  private final LoopDriver.Settings settings;
  private final Journal journal;

  LoopVolumes(Host host, Pool pool, LoopDriver.Settings settings, Journal journal) {
    this.host = host;
    this.pool = pool;
    this.settings = settings;
    this.journal = journal;
  }

  private static SizeRules sizesFrom(Bytes minimum) {
    return new SizeRules(minimum, Bytes.mebi(1), new Bytes(4096), Bytes.gibi(1));
  }

  @Override
  public Support support() {
    return SUPPORT;
  }

  @Override
  public void open(List<VolumeRecord> known) {
    pool.open();
    for (var volume : known) pool.hold(volume.id().text(), volume.space());
    if (!pool.directIo())
      note(What.DONE, "OpenPool", "without direct I/O: this host does not allow it here");
  }

  @Override
  public void close() {
    pool.close();
  }

  private void note(What what, String action, String why) {
    journal.note(new Entry(what, "driver", action, settings.name(), why));
  }

  @Override
  public List<Parameter> parameters() {
    return List.of(LABEL_PARAMETER);
  }

  @Override
  public SizeRules sizes(String fsType) {
    return fsType.equals(XFS) ? XFS_SIZES : EXT4_SIZES;
  }

  @Override
  public void create(VolumeRecord volume) {
    var image = image(volume.id());
    // A crash between the making and the record leaves an image of a volume that was never given
    // out.
    var left = host.files().look(image).map(Files.Entry::size);
    if (left.isPresent() && !left.get().equals(volume.size())) host.files().removeFile(image);
    host.files().allocate(image, volume.size());
    pool.sync();
  }

  @Override
  public void delete(VolumeRecord volume) {
    var image = image(volume.id());
    var loop = host.loops().first(image);
    if (loop.isPresent())
      throw new HostException(
          Errno.EBUSY, "volume " + volume.id() + " is attached as " + loop.get().device());
    host.files().removeFile(image);
    pool.sync();
    if (host.files().look(image).isPresent())
      throw new HostException(Errno.EBUSY, "image " + image + " is still there");
  }

  @Override
  public void expand(VolumeRecord volume, Bytes size) {
    host.files().allocate(image(volume.id()), size);
    pool.sync();
  }

  @Override
  public boolean knows(NodeId node) {
    return node.text().equals(settings.nodeId());
  }

  @Override
  public Bytes available() {
    return pool.free();
  }

  @Override
  public boolean reserve(VolumeId volume, Bytes size) {
    return pool.reserve(volume.text(), size);
  }

  @Override
  public void release(VolumeId volume) {
    pool.release(volume.text());
  }

  @Override
  public Topology here() {
    return settings.topology();
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
    var image = image(volume);
    var attached = host.loops().first(image);
    if (attached.isEmpty()) return host.loops().attach(image, Options.FENCED).device();
    refresh(volume);
    return attached.get().device();
  }

  @Override
  public void disconnect(VolumeId volume) {
    for (var loop : host.loops().over(image(volume))) host.loops().detach(loop.device());
    var left = host.loops().over(image(volume));
    if (!left.isEmpty())
      throw new HostException(Errno.EBUSY, "volume " + volume + " is still attached: " + left);
  }

  @Override
  public void refresh(VolumeId volume) {
    for (var loop : host.loops().over(image(volume))) host.loops().refresh(loop.device());
  }

  @Override
  public List<String> formatOptions(String fsType, Map<String, String> context) {
    var label = context.getOrDefault(LABEL_PARAMETER.name(), "");
    return LABEL.matcher(label).matches() ? List.of("-L", label) : List.of();
  }

  /// Ids are the kit's own, safe as file names.
  private String image(VolumeId volume) {
    return pool.folder() + "/" + volume + ".img";
  }
}
