package dev.moorage.driver;

import dev.moorage.csi.CreateSnapshot;
import dev.moorage.csi.CsiException;
import dev.moorage.csi.CsiException.Code;
import dev.moorage.csi.DeleteSnapshot;
import dev.moorage.csi.Done;
import dev.moorage.csi.GroupSnapshotId;
import dev.moorage.csi.Snapshot;
import dev.moorage.csi.SnapshotId;
import dev.moorage.csi.Topology;
import dev.moorage.driver.KeyLocks.Hold;
import dev.moorage.driver.SnapshotRecord.State;
import dev.moorage.host.HostException;
import java.util.List;

/// Cuts snapshots of volumes, and removes them.
final class Cutting {
  private final Kit kit;
  private final Records records;
  private final Space space;
  private final Answers answers;

  Cutting(Kit kit) {
    this.kit = kit;
    this.records = kit.records();
    this.space = new Space(kit);
    this.answers = new Answers(kit);
  }

  Snapshot create(CreateSnapshot call) {
    var backend = cutting(call.rpc());
    var wish = CutWish.checked(call, backend.snapshotParameters());
    var id = SnapshotIds.of(wish.name());
    var holds = List.of(Hold.whole(id.text()), Hold.content(wish.source().text()));
    return kit.locks().all(holds, call.rpc(), () -> create(backend, id, wish));
  }

  private Snapshot create(Snapshots backend, SnapshotId id, CutWish wish) {
    var step = CutStep.next(records.snapshot(id), wish, kit.volume(wish.source()), kit.here());
    return switch (step) {
      case CutStep.SameAgain(var snapshot) -> answers.snapshot(snapshot);
      case CutStep.Cut(var source) -> cut(backend, intent(id, wish, source));
      case CutStep.Conflict(var difference) ->
          throw Refusals.exists("snapshot " + wish.name() + " exists, but " + difference);
      case CutStep.StillGoing() ->
          throw new CsiException(
              Code.ABORTED, "snapshot " + wish.name() + " is still being removed; try again");
      case CutStep.NoSource() ->
          throw Refusals.notFound(
              "snapshot " + wish.name() + ": there is no volume " + wish.source());
      case CutStep.OutOfReach() -> throw Refusals.exhausted(outOfReach(wish));
    };
  }

  private String outOfReach(CutWish wish) {
    return "snapshot "
        + wish.name()
        + ": this driver cuts snapshots at "
        + kit.here().segments()
        + " only, asked was "
        + wish.requisite().stream().map(Topology::segments).toList();
  }

  private SnapshotRecord intent(SnapshotId id, CutWish wish, VolumeRecord source) {
    return new SnapshotRecord(
        id,
        wish.name(),
        asCut(source),
        kit.now(),
        wish.parameters(),
        new State.Cutting(GroupSnapshotId.NONE));
  }

  /// A volume as its snapshot remembers it: with all that may be in its storage, and no state.
  static VolumeRecord asCut(VolumeRecord source) {
    return source.grown(source.space()).publishedTo(List.of());
  }

  private Snapshot cut(Snapshots backend, SnapshotRecord snapshot) {
    if (!space.reserve(snapshot))
      throw Refusals.exhausted(
          space.noRoom(
              "snapshot " + snapshot.name() + " of " + snapshot.source().name(), snapshot.size()));
    try {
      // The intent: a crash from here on leaves something that the next start undoes.
      records.put(snapshot);
      var source = kit.usable(snapshot.source().id());
      new Freezer(kit).holding(List.of(source), () -> backend.cut(snapshot, source));
      var ready = snapshot.in(new State.Ready(GroupSnapshotId.NONE));
      records.put(ready);
      return answers.snapshot(ready);
    } catch (CsiException | HostException failure) {
      ControllerSide.undoAfter(failure, () -> remove(backend, snapshot));
      throw failure;
    }
  }

  /// Removes what there is of a snapshot, and then the knowledge of it; also after a crash.
  void remove(Snapshots backend, SnapshotRecord snapshot) {
    backend.delete(snapshot);
    records.forget(snapshot.id());
    space.release(snapshot.id());
  }

  Done delete(DeleteSnapshot call) {
    var backend = cutting(call.rpc());
    Limits.snapshot("snapshot_id", call.snapshot());
    if (!SnapshotIds.safe(call.snapshot())) return Done.DONE;
    return kit.locks()
        .alone(call.snapshot().text(), call.rpc(), () -> delete(backend, call.snapshot()));
  }

  private Done delete(Snapshots backend, SnapshotId id) {
    var found = records.snapshot(id);
    if (found.isEmpty()) return Done.DONE;
    var group = found.get().group();
    if (!group.equals(GroupSnapshotId.NONE))
      throw Refusals.invalid(
          "snapshot " + id + " belongs to group snapshot " + group + " and goes with it only");
    finishDelete(backend, found.get());
    return Done.DONE;
  }

  /// Removes a snapshot, from wherever an earlier try stopped. Volumes made from it stay.
  void finishDelete(Snapshots backend, SnapshotRecord snapshot) {
    // The intent: once anything may be gone the snapshot must never look usable again.
    if (!(snapshot.state() instanceof State.Deleting))
      records.put(snapshot.in(new State.Deleting(snapshot.group())));
    try {
      remove(backend, snapshot);
    } catch (CsiException refused) {
      if (Refusals.leftAsItWas(refused)) records.put(snapshot);
      throw refused;
    }
  }

  private Snapshots cutting(String rpc) {
    if (kit.backend() instanceof Snapshots backend) return backend;
    throw Refusals.cannot(rpc);
  }
}
