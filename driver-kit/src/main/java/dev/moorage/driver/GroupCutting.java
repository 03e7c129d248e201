package dev.moorage.driver;

import dev.moorage.csi.CreateVolumeGroupSnapshot;
import dev.moorage.csi.CsiException;
import dev.moorage.csi.CsiException.Code;
import dev.moorage.csi.DeleteVolumeGroupSnapshot;
import dev.moorage.csi.Done;
import dev.moorage.csi.GetVolumeGroupSnapshot;
import dev.moorage.csi.GroupSnapshot;
import dev.moorage.csi.GroupSnapshotId;
import dev.moorage.csi.SnapshotId;
import dev.moorage.csi.VolumeId;
import dev.moorage.driver.GroupRecord.State;
import dev.moorage.driver.GroupSnapshots.Cut;
import dev.moorage.driver.KeyLocks.Hold;
import dev.moorage.host.HostException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/// Cuts snapshots of several volumes at one moment, all or none, and removes them together. The
/// group's entry in the ledger rules over its members': it is written before the first of them, and
/// removed after the last.
final class GroupCutting {
  private final Kit kit;
  private final Records records;
  private final Space space;
  private final Answers answers;

  GroupCutting(Kit kit) {
    this.kit = kit;
    this.records = kit.records();
    this.space = new Space(kit);
    this.answers = new Answers(kit);
  }

  GroupSnapshot create(CreateVolumeGroupSnapshot call) {
    var backend = cutting(call.rpc());
    var wish = GroupWish.checked(call, backend.snapshotParameters());
    var id = SnapshotIds.group(wish.name());
    return kit.locks().all(holds(id, wish.sources()), call.rpc(), () -> create(backend, id, wish));
  }

  private static List<Hold> holds(GroupSnapshotId id, List<VolumeId> sources) {
    return Stream.concat(
            Stream.of(Hold.whole(id.text())),
            sources.stream().map(source -> Hold.content(source.text())))
        .toList();
  }

  private GroupSnapshot create(GroupSnapshots backend, GroupSnapshotId id, GroupWish wish) {
    var missing = wish.sources().stream().filter(one -> kit.volume(one).isEmpty()).toList();
    return switch (GroupStep.next(records.group(id), wish, missing)) {
      case GroupStep.SameAgain(var group) -> answers.group(group);
      case GroupStep.UndoFirst(var left) -> {
        remove(backend, left);
        yield create(backend, id, wish);
      }
      case GroupStep.Cut() -> cut(backend, id, wish);
      case GroupStep.Conflict(var difference) ->
          throw Refusals.exists("group snapshot " + wish.name() + " exists, but " + difference);
      case GroupStep.StillGoing() ->
          throw new CsiException(
              Code.ABORTED, "group snapshot " + wish.name() + " is still being removed; try again");
      case GroupStep.NoSource(var volume) ->
          throw Refusals.notFound(
              "group snapshot " + wish.name() + ": there is no volume " + volume);
    };
  }

  private GroupSnapshot cut(GroupSnapshots backend, GroupSnapshotId id, GroupWish wish) {
    var members = new TreeMap<String, SnapshotId>();
    for (var source : wish.sources()) members.put(source.text(), SnapshotIds.member(id, source));
    var group =
        new GroupRecord(id, wish.name(), members, kit.now(), wish.parameters(), State.CUTTING);
    var cuts = wish.sources().stream().map(source -> cutOf(group, kit.usable(source))).toList();
    reserveAll(wish.name(), cuts);
    try {
      return answers.group(cut(backend, group, cuts));
    } catch (CsiException | HostException failure) {
      ControllerSide.undoAfter(failure, () -> remove(backend, group));
      cuts.forEach(cut -> releaseIfForgotten(cut.snapshot()));
      throw failure;
    }
  }

  private static Cut cutOf(GroupRecord group, VolumeRecord source) {
    var snapshot =
        new SnapshotRecord(
            SnapshotIds.member(group.id(), source.id()),
            group.name(),
            Cutting.asCut(source),
            group.created(),
            group.parameters(),
            new SnapshotRecord.State.Cutting(group.id()));
    return new Cut(snapshot, source);
  }

  private void reserveAll(String name, List<Cut> cuts) {
    var reserved = new ArrayList<SnapshotId>();
    for (var cut : cuts) {
      if (!space.reserve(cut.snapshot())) {
        reserved.forEach(space::release);
        throw Refusals.exhausted(
            space.noRoom(
                "group snapshot " + name + " of volume " + cut.source().name(),
                cut.snapshot().size()));
      }
      reserved.add(cut.snapshot().id());
    }
  }

  private GroupRecord cut(GroupSnapshots backend, GroupRecord group, List<Cut> cuts) {
    // The intents: a crash from here on leaves something that the next start undoes.
    records.put(group);
    for (var cut : cuts) records.put(cut.snapshot());
    cutAtOneMoment(backend, cuts);
    for (var cut : cuts) records.put(cut.snapshot().in(new SnapshotRecord.State.Ready(group.id())));
    var ready = group.in(State.READY);
    records.put(ready);
    return ready;
  }

  private void cutAtOneMoment(GroupSnapshots backend, List<Cut> cuts) {
    var freezer = new Freezer(kit);
    var sources = cuts.stream().map(Cut::source).toList();
    var order = freezer.inOrder(sources);
    var sorted =
        cuts.stream()
            .sorted(Comparator.comparingInt(cut -> order.indexOf(cut.source().id())))
            .toList();
    freezer.holding(sources, () -> backend.cutTogether(sorted));
  }

  /// Space of a member whose intent never was written is nobody's.
  private void releaseIfForgotten(SnapshotRecord member) {
    if (records.snapshot(member.id()).isEmpty()) space.release(member.id());
  }

  /// Removes what there is of a group's members, and then the knowledge of it; also after a crash.
  void remove(GroupSnapshots backend, GroupRecord group) {
    var cutting = new Cutting(kit);
    for (var id : group.members().values())
      records.snapshot(id).ifPresent(member -> cutting.remove(backend, member));
    records.forget(group.id());
  }

  Done delete(DeleteVolumeGroupSnapshot call) {
    var backend = cutting(call.rpc());
    Limits.group(call.group());
    if (!SnapshotIds.safe(call.group())) return Done.DONE;
    var found = records.group(call.group());
    if (found.isEmpty()) return Done.DONE;
    var holds = new ArrayList<Hold>();
    holds.add(Hold.whole(call.group().text()));
    found.get().members().values().forEach(member -> holds.add(Hold.whole(member.text())));
    return kit.locks().all(holds, call.rpc(), () -> delete(backend, call));
  }

  private Done delete(GroupSnapshots backend, DeleteVolumeGroupSnapshot call) {
    var found = records.group(call.group());
    if (found.isEmpty()) return Done.DONE;
    var group = found.get();
    if (group.state() != State.CUTTING) checkMembers(group, call.snapshots());
    finishDelete(backend, group);
    return Done.DONE;
  }

  /// Removes a group snapshot, from wherever an earlier try stopped.
  void finishDelete(GroupSnapshots backend, GroupRecord group) {
    // The intent: once anything may be gone no member must ever look usable again.
    if (group.state() != State.DELETING) records.put(group.in(State.DELETING));
    remove(backend, group);
  }

  GroupSnapshot get(GetVolumeGroupSnapshot call) {
    cutting(call.rpc());
    Limits.group(call.group());
    var group =
        SnapshotIds.safe(call.group())
            ? records.group(call.group()).filter(GroupRecord::ready)
            : Optional.<GroupRecord>empty();
    if (group.isEmpty()) throw Refusals.notFound("there is no group snapshot " + call.group());
    checkMembers(group.get(), call.snapshots());
    return answers.group(group.get());
  }

  private static void checkMembers(GroupRecord group, List<SnapshotId> asked) {
    if (asked.isEmpty())
      throw Refusals.invalid("snapshot_ids of group snapshot " + group.id() + " are missing");
    if (!new HashSet<>(asked).equals(new HashSet<>(group.members().values())))
      throw Refusals.invalid(
          "group snapshot "
              + group.id()
              + " has the members "
              + group.members().values()
              + ", asked was "
              + asked);
  }

  private GroupSnapshots cutting(String rpc) {
    if (kit.backend() instanceof GroupSnapshots backend) return backend;
    throw Refusals.cannot(rpc);
  }
}
