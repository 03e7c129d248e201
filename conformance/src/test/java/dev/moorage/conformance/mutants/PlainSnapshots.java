package dev.moorage.conformance.mutants;

import static dev.moorage.conformance.mutants.PlainVolumes.require;

import dev.moorage.base.Bytes;
import dev.moorage.csi.BlockMetadata;
import dev.moorage.csi.CreateSnapshot;
import dev.moorage.csi.CreateVolumeGroupSnapshot;
import dev.moorage.csi.CsiException;
import dev.moorage.csi.CsiException.Code;
import dev.moorage.csi.DeleteVolumeGroupSnapshot;
import dev.moorage.csi.GetVolumeGroupSnapshot;
import dev.moorage.csi.GroupSnapshot;
import dev.moorage.csi.GroupSnapshotId;
import dev.moorage.csi.ListSnapshots;
import dev.moorage.csi.Snapshot;
import dev.moorage.csi.SnapshotId;
import dev.moorage.csi.VolumeId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.function.Function;

/// The snapshots of the plain driver, one by one and in groups.
final class PlainSnapshots {
  private static final int BLOCK = 4096;
  private static final Instant START = Instant.ofEpochSecond(1_700_000_000);

  final SequencedMap<SnapshotId, Cut> cuts = new LinkedHashMap<>();
  private final SequencedMap<GroupSnapshotId, Group> groups = new LinkedHashMap<>();
  private final PlainVolumes volumes;
  private final Function<VolumeId, Map<String, String>> contents;
  private int made;

  /// A snapshot with the files that it holds.
  record Cut(String name, Snapshot snapshot, Map<String, String> files) {}

  private record Group(CreateVolumeGroupSnapshot asked, GroupSnapshot group) {}

  PlainSnapshots(PlainVolumes volumes, Function<VolumeId, Map<String, String>> contents) {
    this.volumes = volumes;
    this.contents = contents;
  }

  Cut known(SnapshotId snapshot) {
    require(!snapshot.text().isEmpty(), "snapshot id");
    var found = cuts.get(snapshot);
    if (found == null) throw new CsiException(Code.NOT_FOUND, "no snapshot " + snapshot);
    return found;
  }

  Snapshot create(CreateSnapshot call) {
    PlainVolumes.checkName(call.name());
    require(!call.source().text().isEmpty(), "source");
    for (var cut : cuts.values())
      if (cut.name().equals(call.name())) return again(call, cut.snapshot());
    return cut(call.name(), call.source(), GroupSnapshotId.NONE);
  }

  private static Snapshot again(CreateSnapshot call, Snapshot before) {
    if (!before.source().equals(call.source()))
      throw new CsiException(Code.ALREADY_EXISTS, call.name() + " is of " + before.source());
    return before;
  }

  private Snapshot cut(String name, VolumeId source, GroupSnapshotId group) {
    var size = volumes.sizeOf(source);
    var id = new SnapshotId("snap-" + ++made);
    var at = START.plusSeconds(3600L * made);
    var snapshot = new Snapshot(id, source, size, at, true, group, List.of());
    cuts.put(id, new Cut(name, snapshot, contents.apply(source)));
    return snapshot;
  }

  void delete(SnapshotId snapshot) {
    require(!snapshot.text().isEmpty(), "snapshot id");
    var found = cuts.get(snapshot);
    if (found == null) return;
    require(found.snapshot().group().equals(GroupSnapshotId.NONE), "snapshot of no group");
    cuts.remove(snapshot);
  }

  ListSnapshots.Answer list(ListSnapshots call) {
    var matching =
        cuts.values().stream()
            .map(Cut::snapshot)
            .filter(one -> call.source().text().isEmpty() || one.source().equals(call.source()))
            .filter(one -> call.snapshot().text().isEmpty() || one.id().equals(call.snapshot()))
            .toList();
    var page = PlainVolumes.page(matching, call.maxEntries(), call.startingToken());
    return new ListSnapshots.Answer(page.entries(), page.next());
  }

  GroupSnapshot createGroup(CreateVolumeGroupSnapshot call) {
    PlainVolumes.checkName(call.name());
    require(!call.sources().isEmpty(), "source");
    for (var group : groups.values())
      if (group.asked().name().equals(call.name())) return again(call, group);
    call.sources().forEach(volumes::sizeOf);
    var id = new GroupSnapshotId("group-" + ++made);
    var members = new ArrayList<Snapshot>();
    for (var source : call.sources()) members.add(cut(call.name() + "/" + source, source, id));
    var group = new GroupSnapshot(id, members, members.getFirst().created(), true);
    groups.put(id, new Group(call, group));
    return group;
  }

  private static GroupSnapshot again(CreateVolumeGroupSnapshot call, Group before) {
    if (!before.asked().sources().equals(call.sources()))
      throw new CsiException(Code.ALREADY_EXISTS, call.name() + " is another group");
    return before.group();
  }

  GroupSnapshot getGroup(GetVolumeGroupSnapshot call) {
    require(!call.group().text().isEmpty(), "group id");
    var found = groups.get(call.group());
    if (found == null) throw new CsiException(Code.NOT_FOUND, "no group " + call.group());
    checkMembers(found, call.snapshots());
    return found.group();
  }

  private static void checkMembers(Group group, List<SnapshotId> named) {
    var members = group.group().snapshots().stream().map(Snapshot::id).toList();
    require(new HashSet<>(members).equals(new HashSet<>(named)), "list of members");
  }

  void deleteGroup(DeleteVolumeGroupSnapshot call) {
    require(!call.group().text().isEmpty(), "group id");
    var found = groups.get(call.group());
    if (found == null) return;
    checkMembers(found, call.snapshots());
    call.snapshots().forEach(cuts::remove);
    groups.remove(call.group());
  }

  /// Every second block, of so many.
  BlockMetadata blocks(Snapshot snapshot, long offset, int most, int count) {
    if (offset < 0 || offset >= snapshot.size().count())
      throw new CsiException(Code.OUT_OF_RANGE, "no offset of this volume");
    var ranges = new ArrayList<BlockMetadata.Range>();
    for (long block = 0; block < count; block++) {
      var range = new BlockMetadata.Range(block * 2 * BLOCK, BLOCK);
      if (range.end() > offset) ranges.add(range);
    }
    return new BlockMetadata(messages(snapshot.size(), ranges, most == 0 ? count : most));
  }

  private static List<BlockMetadata.Message> messages(
      Bytes capacity, List<BlockMetadata.Range> ranges, int most) {
    var messages = new ArrayList<BlockMetadata.Message>();
    for (int from = 0; from < ranges.size(); from += most)
      messages.add(
          new BlockMetadata.Message(
              BlockMetadata.Type.FIXED_LENGTH,
              capacity,
              ranges.subList(from, Math.min(ranges.size(), from + most))));
    return messages;
  }
}
