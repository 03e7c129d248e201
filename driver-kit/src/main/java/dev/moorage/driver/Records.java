package dev.moorage.driver;

import dev.moorage.base.Bytes;
import dev.moorage.csi.NodeId;
import dev.moorage.csi.VolumeId;
import dev.moorage.driver.VolumeRecord.Publication;
import dev.moorage.driver.VolumeRecord.State;
import dev.moorage.host.HostException;
import dev.moorage.host.HostException.Errno;
import dev.moorage.host.Ledger;
import dev.moorage.host.Ledger.Entry;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.stream.Collectors;

/// The kit's ledger, typed. Keys: `volume ID`, `stage ID`, `target ID PATH`, `filesystem ID`; ids
/// hold no blanks.
final class Records implements AutoCloseable {
  private static final int FORMAT = 1;
  private static final String VOLUME = "volume ";
  private static final String STAGE = "stage ";
  private static final String TARGET = "target ";
  private static final String FILESYSTEM = "filesystem ";
  private static final String PARAMETER = "parameter.";

  private final Ledger ledger;

  Records(Ledger ledger) {
    this.ledger = ledger;
  }

  Optional<VolumeRecord> volume(VolumeId id) {
    return find(VOLUME + id).map(entry -> volume(id, entry));
  }

  List<VolumeRecord> volumes() {
    return all(VOLUME, (rest, entry) -> volume(new VolumeId(rest), entry));
  }

  void put(VolumeRecord volume) {
    ledger.put(VOLUME + volume.id(), entry(volume));
  }

  /// Forgets a volume and its filesystem; the volume last, as it is the intent of its deletion.
  void forget(VolumeId id) {
    if (find(FILESYSTEM + id).isPresent()) ledger.remove(FILESYSTEM + id);
    ledger.remove(VOLUME + id);
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
                entry.text("state").equals("formatting"),
                bytes(entry, "size")));
  }

  void put(FilesystemRecord filesystem) {
    var texts = new TreeMap<String, String>();
    texts.put("type", filesystem.type());
    texts.put("state", filesystem.formatting() ? "formatting" : "made");
    texts.put("size", Long.toString(filesystem.size().count()));
    ledger.put(FILESYSTEM + filesystem.volume(), Entry.of(texts));
  }

  @Override
  public void close() {
    ledger.close();
  }

  private Optional<Entry> find(String key) {
    return ledger.find(key).map(entry -> known(key, entry));
  }

  private <T> List<T> all(String prefix, BiFunction<String, Entry, T> reader) {
    return ledger.entries().entrySet().stream()
        .filter(entry -> entry.getKey().startsWith(prefix))
        .map(entry ->
            reader.apply(
                entry.getKey().substring(prefix.length()), known(entry.getKey(), entry.getValue())))
        .toList();
  }

  private static Entry known(String key, Entry entry) {
    if (entry.format() == FORMAT) return entry;
    throw new HostException(
        Errno.EINVAL,
        "ledger entry '" + key + "' has format " + entry.format() + ", written by a newer version");
  }

  private static Entry entry(VolumeRecord volume) {
    var texts = new TreeMap<String, String>();
    texts.put("name", volume.name());
    texts.put("size", Long.toString(volume.size().count()));
    texts.put("uses", volume.uses().stream().map(Use::toString).collect(Collectors.joining(",")));
    volume.parameters().forEach((name, value) -> texts.put(PARAMETER + name, value));
    texts.put("state", state(volume.state()));
    if (volume.state() instanceof State.Growing growing)
      texts.put("target", Long.toString(growing.target().count()));
    volume.published().forEach(publication -> addTo(texts, publication));
    return Entry.of(texts);
  }

  private static String state(State state) {
    return switch (state) {
      case State.Creating() -> "creating";
      case State.Ready _ -> "ready";
      case State.Growing _ -> "growing";
      case State.Deleting() -> "deleting";
    };
  }

  private static void addTo(SortedMap<String, String> texts, Publication publication) {
    texts.put("published.node", publication.node().text());
    texts.put("published.use", publication.use().toString());
    texts.put("published.readOnly", Boolean.toString(publication.readOnly()));
  }

  private static VolumeRecord volume(VolumeId id, Entry entry) {
    return new VolumeRecord(
        id,
        entry.text("name"),
        bytes(entry, "size"),
        Arrays.stream(entry.text("uses").split(",", -1)).map(Use::parse).toList(),
        parameters(entry),
        state(id, entry));
  }

  private static State state(VolumeId id, Entry entry) {
    return switch (entry.text("state")) {
      case "creating" -> new State.Creating();
      case "ready" -> new State.Ready(published(entry));
      case "growing" -> new State.Growing(bytes(entry, "target"), published(entry));
      case "deleting" -> new State.Deleting();
      default ->
          throw new HostException(
              Errno.EINVAL, "volume " + id + " is in the unknown state " + entry.text("state"));
    };
  }

  private static List<Publication> published(Entry entry) {
    if (entry.text("published.node").isEmpty()) return List.of();
    return List.of(
        new Publication(
            new NodeId(entry.text("published.node")),
            Use.parse(entry.text("published.use")),
            Boolean.parseBoolean(entry.text("published.readOnly"))));
  }

  private static Map<String, String> parameters(Entry entry) {
    var parameters = new TreeMap<String, String>();
    entry
        .texts()
        .forEach((key, value) -> {
          if (key.startsWith(PARAMETER)) parameters.put(key.substring(PARAMETER.length()), value);
        });
    return parameters;
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
        Boolean.parseBoolean(entry.text("readOnly")),
        entry.text("state").equals("published"));
  }

  private static Bytes bytes(Entry entry, String name) {
    return new Bytes(Long.parseLong(entry.text(name)));
  }
}
