package dev.moorage.driver;

import dev.moorage.base.Bytes;
import dev.moorage.csi.ContentSource;
import dev.moorage.csi.NodeId;
import dev.moorage.csi.SnapshotId;
import dev.moorage.csi.VolumeId;
import dev.moorage.driver.VolumeRecord.Asked;
import dev.moorage.driver.VolumeRecord.Publication;
import dev.moorage.driver.VolumeRecord.State;
import dev.moorage.host.HostException;
import dev.moorage.host.HostException.Errno;
import dev.moorage.host.Ledger.Entry;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// A volume in the ledger. Format 1 knew neither sources nor what can be changed, and one
/// publication at most.
final class VolumeEntry {
  static final int FORMAT = 2;

  private static final String PARAMETER = "parameter.";
  private static final String MUTABLE = "mutable.";
  private static final String FROM_SNAPSHOT = "snapshot ";
  private static final String FROM_VOLUME = "volume ";

  private VolumeEntry() {}

  static Entry of(VolumeRecord volume) {
    return new Entry(FORMAT, texts(volume));
  }

  static SortedMap<String, String> texts(VolumeRecord volume) {
    var texts = new TreeMap<String, String>();
    texts.put("name", volume.name());
    texts.put("size", Long.toString(volume.size().count()));
    texts.put("uses", volume.uses().stream().map(Use::toString).collect(Collectors.joining(",")));
    volume.parameters().forEach((name, value) -> texts.put(PARAMETER + name, value));
    volume.mutable().forEach((name, value) -> texts.put(MUTABLE + name, value));
    texts.put("source", source(volume.source()));
    texts.put("state", state(volume.state()));
    if (volume.state() instanceof State.Growing growing)
      texts.put("target", Long.toString(growing.target().count()));
    for (int i = 0; i < volume.published().size(); i++)
      put(texts, "published." + i, volume.published().get(i));
    return texts;
  }

  private static String source(ContentSource source) {
    return switch (source) {
      case ContentSource.Empty() -> "";
      case ContentSource.Snapshot(var snapshot) -> FROM_SNAPSHOT + snapshot;
      case ContentSource.Volume(var volume) -> FROM_VOLUME + volume;
    };
  }

  private static String state(State state) {
    return switch (state) {
      case State.Creating() -> "creating";
      case State.Ready _ -> "ready";
      case State.Growing _ -> "growing";
      case State.Modifying _ -> "modifying";
      case State.Deleting() -> "deleting";
    };
  }

  private static void put(SortedMap<String, String> texts, String at, Publication publication) {
    texts.put(at + ".node", publication.node().text());
    texts.put(at + ".use", publication.use().toString());
    texts.put(at + ".readOnly", Boolean.toString(publication.readOnly()));
  }

  static VolumeRecord read(VolumeId id, Entry entry) {
    var asked =
        new Asked(
            Arrays.stream(entry.text("uses").split(",", -1)).map(Use::parse).toList(),
            below(PARAMETER, entry),
            below(MUTABLE, entry),
            source(entry.text("source")));
    return new VolumeRecord(id, entry.text("name"), bytes(entry, "size"), asked, state(id, entry));
  }

  private static ContentSource source(String text) {
    if (text.startsWith(FROM_SNAPSHOT))
      return new ContentSource.Snapshot(new SnapshotId(text.substring(FROM_SNAPSHOT.length())));
    if (text.startsWith(FROM_VOLUME))
      return new ContentSource.Volume(new VolumeId(text.substring(FROM_VOLUME.length())));
    return new ContentSource.Empty();
  }

  private static State state(VolumeId id, Entry entry) {
    return switch (entry.text("state")) {
      case "creating" -> new State.Creating();
      case "ready" -> new State.Ready(published(entry));
      case "growing" -> new State.Growing(bytes(entry, "target"), published(entry));
      case "modifying" -> new State.Modifying(published(entry));
      case "deleting" -> new State.Deleting();
      default ->
          throw new HostException(
              Errno.EINVAL, "volume " + id + " is in the unknown state " + entry.text("state"));
    };
  }

  private static List<Publication> published(Entry entry) {
    if (entry.format() == 1)
      return entry.text("published.node").isEmpty()
          ? List.of()
          : List.of(publication(entry, "published"));
    var all = new ArrayList<Publication>();
    for (int i = 0; !entry.text("published." + i + ".node").isEmpty(); i++)
      all.add(publication(entry, "published." + i));
    return all;
  }

  private static Publication publication(Entry entry, String at) {
    return new Publication(
        new NodeId(entry.text(at + ".node")),
        Use.parse(entry.text(at + ".use")),
        Boolean.parseBoolean(entry.text(at + ".readOnly")));
  }

  /// The texts whose names begin so, without that beginning.
  static SortedMap<String, String> below(String prefix, Entry entry) {
    var found = new TreeMap<String, String>();
    entry
        .texts()
        .forEach((key, value) -> {
          if (key.startsWith(prefix)) found.put(key.substring(prefix.length()), value);
        });
    return found;
  }

  private static Bytes bytes(Entry entry, String name) {
    return new Bytes(Long.parseLong(entry.text(name)));
  }
}
