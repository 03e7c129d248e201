package dev.moorage.driver;

import dev.moorage.csi.GroupSnapshotId;
import dev.moorage.csi.SnapshotId;
import dev.moorage.driver.GroupRecord.State;
import dev.moorage.host.Ledger.Entry;
import java.time.Instant;
import java.util.Locale;
import java.util.TreeMap;

/// A group snapshot in the ledger.
final class GroupEntry {
  private static final String MEMBER = "member.";
  private static final String PARAMETER = "parameter.";

  private GroupEntry() {}

  static Entry of(GroupRecord group) {
    var texts = new TreeMap<String, String>();
    texts.put("name", group.name());
    group.members().forEach((volume, member) -> texts.put(MEMBER + volume, member.text()));
    texts.put("created", group.created().toString());
    group.parameters().forEach((key, text) -> texts.put(PARAMETER + key, text));
    texts.put("state", group.state().name().toLowerCase(Locale.ROOT));
    return Entry.of(texts);
  }

  static GroupRecord read(GroupSnapshotId id, Entry entry) {
    var members = new TreeMap<String, SnapshotId>();
    VolumeEntry.below(MEMBER, entry)
        .forEach((volume, member) -> members.put(volume, new SnapshotId(member)));
    return new GroupRecord(
        id,
        entry.text("name"),
        members,
        Instant.parse(entry.text("created")),
        VolumeEntry.below(PARAMETER, entry),
        State.valueOf(entry.text("state").toUpperCase(Locale.ROOT)));
  }
}
