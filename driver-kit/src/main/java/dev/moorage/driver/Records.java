package dev.moorage.driver;

import dev.moorage.base.Bytes;
import dev.moorage.csi.GroupSnapshotId;
import dev.moorage.csi.SnapshotId;
import dev.moorage.csi.VolumeId;
import dev.moorage.host.HostException;
import dev.moorage.host.HostException.Errno;
import dev.moorage.host.Ledger;
import dev.moorage.host.Ledger.Entry;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiFunction;

/// The kit's ledger, typed. Keys: `volume ID`, `snapshot ID`, `group ID`, `stage ID`, `target ID
/// PATH`, `filesystem ID`, `inline ID`, `frozen ID`; ids hold no blanks.
final class Records implements AutoCloseable {
  /// Of every entry but those with a format of their own.
  private static final int FORMAT = 1;

  private static final String VOLUME = "volume ";
  private static final String STAGE = "stage ";
  private static final String TARGET = "target ";
  private static final String FILESYSTEM = "filesystem ";
  private static final String SNAPSHOT = "snapshot ";
  private static final String GROUP = "group ";
  private static final String INLINE = "inline ";
  private static final String FROZEN = "frozen ";

  private final Ledger ledger;

  Records(Ledger ledger) {
    this.ledger = ledger;
  }

  Optional<VolumeRecord> volume(VolumeId id) {
    return find(VOLUME + id, VolumeEntry.FORMAT).map(entry -> VolumeEntry.read(id, entry));
  }

  List<VolumeRecord> volumes() {
    return all(
        VOLUME, VolumeEntry.FORMAT, (rest, entry) -> VolumeEntry.read(new VolumeId(rest), entry));
  }

  void put(VolumeRecord volume) {
    ledger.put(VOLUME + volume.id(), VolumeEntry.of(volume));
  }

  /// Forgets a volume and its filesystem; the volume last, as it is the intent of its deletion.
  void forget(VolumeId id) {
    if (find(FILESYSTEM + id).isPresent()) ledger.remove(FILESYSTEM + id);
    ledger.remove(VOLUME + id);
  }

  Optional<SnapshotRecord> snapshot(SnapshotId id) {
    return find(SNAPSHOT + id).map(entry -> SnapshotEntry.read(id, entry));
  }

  /// Sorted by id.
  List<SnapshotRecord> snapshots() {
    return all(SNAPSHOT, (rest, entry) -> SnapshotEntry.read(new SnapshotId(rest), entry));
  }

  void put(SnapshotRecord snapshot) {
    ledger.put(SNAPSHOT + snapshot.id(), SnapshotEntry.of(snapshot));
  }

  void forget(SnapshotId id) {
    ledger.remove(SNAPSHOT + id);
  }

  Optional<GroupRecord> group(GroupSnapshotId id) {
    return find(GROUP + id).map(entry -> GroupEntry.read(id, entry));
  }

  List<GroupRecord> groups() {
    return all(GROUP, (rest, entry) -> GroupEntry.read(new GroupSnapshotId(rest), entry));
  }

  void put(GroupRecord group) {
    ledger.put(GROUP + group.id(), GroupEntry.of(group));
  }

  void forget(GroupSnapshotId id) {
    ledger.remove(GROUP + id);
  }

  Optional<StageRecord> stage(VolumeId id) {
    return find(STAGE + id).map(entry -> stage(id, entry));
  }

  List<StageRecord> stages() {
    return all(STAGE, (rest, entry) -> stage(new VolumeId(rest), entry));
  }

  void put(StageRecord stage) {
    var texts = new TreeMap<String, String>();
    texts.put("path", stage.path());
    texts.put("use", stage.use().toString());
    texts.put("flags", stage.flags());
    texts.put("readOnly", Boolean.toString(stage.readOnly()));
    texts.put("state", stage.done() ? "staged" : "staging");
    ledger.put(STAGE + stage.volume(), Entry.of(texts));
  }

  void remove(StageRecord stage) {
    ledger.remove(STAGE + stage.volume());
  }

  Optional<TargetRecord> target(VolumeId id, String path) {
    return find(TARGET + id + " " + path).map(entry -> target(id, path, entry));
  }

  List<TargetRecord> targets() {
    return all(TARGET, Records::target);
  }

  List<TargetRecord> targets(VolumeId id) {
    return targets().stream().filter(target -> target.volume().equals(id)).toList();
  }

  void put(TargetRecord target) {
    var texts = new TreeMap<String, String>();
    texts.put("use", target.use().toString());
    texts.put("flags", target.flags());
    texts.put("readOnly", Boolean.toString(target.readOnly()));
    texts.put("state", target.done() ? "published" : "publishing");
    ledger.put(TARGET + target.volume() + " " + target.path(), Entry.of(texts));
  }

  void remove(TargetRecord target) {
    ledger.remove(TARGET + target.volume() + " " + target.path());
  }

  Optional<FilesystemRecord> filesystem(VolumeId id) {
    return find(FILESYSTEM + id)
        .map(entry ->
            new FilesystemRecord(
                id,
                entry.text("type"),
                FilesystemRecord.State.of(entry.text("state")),
                bytes(entry, "size")));
  }

  void put(FilesystemRecord filesystem) {
    var texts = new TreeMap<String, String>();
    texts.put("type", filesystem.type());
    texts.put("state", filesystem.state().toString());
    texts.put("size", Long.toString(filesystem.size().count()));
    ledger.put(FILESYSTEM + filesystem.volume(), Entry.of(texts));
  }

  Optional<InlineRecord> inline(VolumeId id) {
    return find(INLINE + id).map(entry -> inline(id, entry));
  }

  List<InlineRecord> inlines() {
    return all(INLINE, (rest, entry) -> inline(new VolumeId(rest), entry));
  }

  void put(InlineRecord inline) {
    var texts = new TreeMap<String, String>();
    texts.put("name", inline.name());
    texts.put("target", inline.target());
    texts.put("state", inline.done() ? "published" : "publishing");
    ledger.put(INLINE + inline.volume(), Entry.of(texts));
  }

  void remove(InlineRecord inline) {
    ledger.remove(INLINE + inline.volume());
  }

  List<FrozenRecord> frozen() {
    return all(
        FROZEN,
        (rest, entry) ->
            new FrozenRecord(new VolumeId(rest), entry.text("device"), entry.text("type")));
  }

  void put(FrozenRecord frozen) {
    var texts = new TreeMap<String, String>();
    texts.put("device", frozen.device());
    texts.put("type", frozen.fsType());
    ledger.put(FROZEN + frozen.volume(), Entry.of(texts));
  }

  void remove(FrozenRecord frozen) {
    ledger.remove(FROZEN + frozen.volume());
  }

  private static InlineRecord inline(VolumeId id, Entry entry) {
    return new InlineRecord(
        id, entry.text("name"), entry.text("target"), entry.text("state").equals("published"));
  }

  @Override
  public void close() {
    ledger.close();
  }

  private Optional<Entry> find(String key) {
    return find(key, FORMAT);
  }

  private Optional<Entry> find(String key, int newest) {
    return ledger.find(key).map(entry -> known(key, entry, newest));
  }

  private <T> List<T> all(String prefix, BiFunction<String, Entry, T> reader) {
    return all(prefix, FORMAT, reader);
  }

  private <T> List<T> all(String prefix, int newest, BiFunction<String, Entry, T> reader) {
    return ledger.entries().entrySet().stream()
        .filter(entry -> entry.getKey().startsWith(prefix))
        .map(entry ->
            reader.apply(
                entry.getKey().substring(prefix.length()),
                known(entry.getKey(), entry.getValue(), newest)))
        .toList();
  }

  private static Entry known(String key, Entry entry, int newest) {
    if (entry.format() <= newest) return entry;
    throw new HostException(
        Errno.EINVAL,
        "ledger entry '" + key + "' has format " + entry.format() + ", written by a newer version");
  }

  private static StageRecord stage(VolumeId id, Entry entry) {
    return new StageRecord(
        id,
        entry.text("path"),
        Use.parse(entry.text("use")),
        entry.text("flags"),
        Boolean.parseBoolean(entry.text("readOnly")),
        entry.text("state").equals("staged"));
  }

  private static TargetRecord target(String rest, Entry entry) {
    int blank = rest.indexOf(' ');
    return target(new VolumeId(rest.substring(0, blank)), rest.substring(blank + 1), entry);
  }

  private static TargetRecord target(VolumeId id, String path, Entry entry) {
    return new TargetRecord(
        id,
        path,
        Use.parse(entry.text("use")),
        entry.text("flags"),
        Boolean.parseBoolean(entry.text("readOnly")),
        entry.text("state").equals("published"));
  }

  private static Bytes bytes(Entry entry, String name) {
    return new Bytes(Long.parseLong(entry.text(name)));
  }
}
