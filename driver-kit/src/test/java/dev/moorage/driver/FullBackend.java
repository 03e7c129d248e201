package dev.moorage.driver;

import dev.moorage.base.Bytes;
import dev.moorage.csi.AccessMode;
import dev.moorage.csi.BlockMetadata.Range;
import dev.moorage.csi.NodeId;
import dev.moorage.csi.VolumeHealth;
import dev.moorage.host.Host;
import dev.moorage.host.HostException;
import dev.moorage.host.HostException.Errno;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/// A backend that implements every interface of the controller's side: copies are whole files.
class FullBackend extends SmallBackend
    implements Expands,
        Attaches,
        ReportsCapacity,
        GroupSnapshots,
        Clones,
        ModifiesVolumes,
        ReportsHealth,
        ListsChangedBlocks {
  static final Bytes ROOM = Bytes.mebi(1024);

  private final Host host;
  private final TreeMap<String, Bytes> reserved = new TreeMap<>();

  /// What [#allocated] and [#changed] answer.
  List<Range> ranges = List.of();

  /// By volume.
  final TreeMap<String, List<VolumeHealth.Entry>> unwell = new TreeMap<>();

  FullBackend(Host host) {
    super(host);
    this.host = host;
  }

  @Override
  public Support support() {
    return new Support(List.of("ext4", "xfs"), List.of(AccessMode.values()));
  }

  @Override
  public List<Parameter> parameters() {
    return List.of(new Parameter("label", "letters", value -> value.matches("[a-z]*")));
  }

  @Override
  public List<Parameter> snapshotParameters() {
    return List.of(new Parameter("how", "letters", value -> value.matches("[a-z]*")));
  }

  @Override
  public List<Parameter> mutableParameters() {
    return List.of(
        new Parameter("discard", "on or off", value -> value.matches("on|off")),
        new Parameter("reserve", "digits", value -> value.matches("[0-9]+")));
  }

  @Override
  public void open(List<VolumeRecord> volumes, List<SnapshotRecord> snapshots) {
    super.open(volumes, snapshots);
    reserved.clear();
    for (var volume : volumes) reserved.put(volume.id().text(), volume.space());
    for (var snapshot : snapshots) reserved.put(snapshot.id().text(), snapshot.size());
  }

  @Override
  public void delete(VolumeRecord volume) {
    host.files().removeFile(settings(volume));
    super.delete(volume);
  }

  @Override
  public void cut(SnapshotRecord snapshot, VolumeRecord source) {
    copy(image(source.id().text()), image(snapshot.id().text()), snapshot.size());
  }

  @Override
  public void cutTogether(List<Cut> cuts) {
    for (var cut : cuts) cut(cut.snapshot(), cut.source());
  }

  @Override
  public void restore(VolumeRecord volume, SnapshotRecord source) {
    copy(image(source.id().text()), image(volume.id().text()), volume.size());
  }

  @Override
  public void copy(VolumeRecord volume, VolumeRecord source) {
    copy(image(source.id().text()), image(volume.id().text()), volume.size());
  }

  private void copy(String from, String to, Bytes size) {
    if (host.files().look(from).isEmpty()) throw new HostException(Errno.ENOENT, from);
    host.files().removeFile(to);
    host.files().allocate(to, size);
  }

  @Override
  public void delete(SnapshotRecord snapshot) {
    host.files().removeFile(image(snapshot.id().text()));
  }

  @Override
  public void expand(VolumeRecord volume, Bytes size) {
    host.files().allocate(image(volume.id().text()), size);
  }

  @Override
  public void modify(VolumeRecord volume) {
    host.files().write(settings(volume), volume.mutable().toString());
  }

  static String settings(VolumeRecord volume) {
    return FOLDER + "/" + volume.id() + ".settings";
  }

  static String image(String id) {
    return FOLDER + "/" + id + ".img";
  }

  @Override
  public boolean knows(NodeId node) {
    return node.text().startsWith("node-");
  }

  @Override
  public Bytes available() {
    return ROOM.minusAtMost(reserved.values().stream().reduce(Bytes.ZERO, Bytes::plus));
  }

  @Override
  public boolean reserve(String holder, Bytes size) {
    var free = available().plus(reserved.getOrDefault(holder, Bytes.ZERO));
    if (size.isAbove(free)) return false;
    reserved.put(holder, size);
    return true;
  }

  @Override
  public void release(String holder) {
    reserved.remove(holder);
  }

  List<String> holders() {
    return new ArrayList<>(reserved.keySet());
  }

  @Override
  public List<VolumeHealth.Entry> health(VolumeRecord volume) {
    return unwell.getOrDefault(volume.id().text(), List.of());
  }

  @Override
  public List<Range> allocated(SnapshotRecord snapshot) {
    return ranges;
  }

  @Override
  public List<Range> changed(SnapshotRecord base, SnapshotRecord target) {
    return ranges;
  }
}
