package dev.moorage.driver;

import dev.moorage.csi.GroupSnapshotId;
import dev.moorage.csi.SnapshotId;
import dev.moorage.csi.VolumeId;
import dev.moorage.driver.SnapshotRecord.State;
import dev.moorage.host.HostException;
import dev.moorage.host.HostException.Errno;
import dev.moorage.host.Ledger.Entry;
import java.time.Instant;
import java.util.TreeMap;

/// A snapshot in the ledger, with its volume as it was when it was cut: snapshots live on without
/// it.
final class SnapshotEntry {
  private static final String VOLUME = "volume.";
  private static final String PARAMETER = "parameter.";

  private SnapshotEntry() {}

  static Entry of(SnapshotRecord snapshot) {
    var texts = new TreeMap<String, String>();
    texts.put("name", snapshot.name());
    texts.put("source", snapshot.source().id().text());
    texts.put("sourceFormat", Integer.toString(VolumeEntry.FORMAT));
    VolumeEntry.texts(snapshot.source()).forEach((key, text) -> texts.put(VOLUME + key, text));
    texts.put("created", snapshot.created().toString());
    snapshot.parameters().forEach((key, text) -> texts.put(PARAMETER + key, text));
    texts.put("state", state(snapshot.state()));
    texts.put("group", snapshot.group().text());
    return Entry.of(texts);
  }

  private static String state(State state) {
    return switch (state) {
      case State.Cutting _ -> "cutting";
      case State.Ready _ -> "ready";
      case State.Deleting _ -> "deleting";
    };
  }

  static SnapshotRecord read(SnapshotId id, Entry entry) {
    var volume =
        new Entry(Integer.parseInt(entry.text("sourceFormat")), VolumeEntry.below(VOLUME, entry));
    return new SnapshotRecord(
        id,
        entry.text("name"),
        VolumeEntry.read(new VolumeId(entry.text("source")), volume),
        Instant.parse(entry.text("created")),
        VolumeEntry.below(PARAMETER, entry),
        state(id, entry));
  }

  private static State state(SnapshotId id, Entry entry) {
    var group = new GroupSnapshotId(entry.text("group"));
    return switch (entry.text("state")) {
      case "cutting" -> new State.Cutting(group);
      case "ready" -> new State.Ready(group);
      case "deleting" -> new State.Deleting(group);
      default ->
          throw new HostException(
              Errno.EINVAL, "snapshot " + id + " is in the unknown state " + entry.text("state"));
    };
  }
}
