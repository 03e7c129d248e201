package dev.moorage.driver;

import dev.moorage.csi.CsiException;
import dev.moorage.csi.GroupSnapshotId;
import dev.moorage.driver.VolumeRecord.State;
import dev.moorage.host.HostException;

/// Finishes or undoes what a crash left half-made, before anything is served. The node's side
/// first: a volume that is still shown cannot be removed.
final class Recovery {
  private final Kit kit;

  Recovery(Kit kit) {
    this.kit = kit;
  }

  void run() {
    if (kit.hasNodeSide()) clearNode();
    if (kit.backend() instanceof GroupSnapshots backend)
      for (var group : kit.records().groups()) resolve(backend, group);
    if (kit.backend() instanceof Snapshots backend)
      for (var snapshot : kit.records().snapshots()) resolve(backend, snapshot);
    for (var volume : kit.records().volumes()) resolve(volume);
  }

  private void clearNode() {
    var publishing = new Publishing(kit);
    for (var target : publishing.lost()) {
      kit.decided("Unpublish", target.volume(), why(target.done()));
      resolve(target.volume().text(), () -> publishing.takeDown(target));
    }
    var staging = new Staging(kit);
    for (var stage : staging.lost()) {
      kit.decided("Unstage", stage.volume(), why(stage.done()));
      resolve(stage.volume().text(), () -> staging.takeDown(stage));
    }
    var inline = new InlineVolumes(kit);
    for (var half : inline.halfMade()) {
      kit.decided("TakeAwayInline", half.volume(), "a crash interrupted it");
      resolve(half.volume().text(), () -> inline.takeAway(half));
    }
  }

  private static String why(boolean done) {
    return done ? "its mount is gone" : "a crash interrupted it";
  }

  private void resolve(VolumeRecord volume) {
    switch (volume.state()) {
      case State.Ready _ -> {}
      case State.Creating() -> {
        if (kit.backend() instanceof CreatesVolumes backend)
          resolve("UndoCreate", volume.id().text(), () -> new Volumes(kit).undo(backend, volume));
      }
      case State.Growing growing -> {
        if (kit.backend() instanceof Expands backend)
          resolve(
              "FinishExpand",
              volume.id().text(),
              () -> new Growth(kit).grow(backend, volume, growing.target()));
      }
      case State.Modifying _ -> {
        if (kit.backend() instanceof ModifiesVolumes backend)
          resolve(
              "FinishModify",
              volume.id().text(),
              () -> new Modification(kit).finish(backend, volume));
      }
      case State.Deleting() -> {
        if (kit.backend() instanceof CreatesVolumes backend)
          resolve(
              "FinishDelete",
              volume.id().text(),
              () -> new Volumes(kit).finishDelete(backend, volume));
      }
    }
  }

  private void resolve(GroupSnapshots backend, GroupRecord group) {
    var groups = new GroupCutting(kit);
    switch (group.state()) {
      case READY -> {}
      case CUTTING ->
          resolve("UndoCutTogether", group.id().text(), () -> groups.remove(backend, group));
      case DELETING ->
          resolve(
              "FinishDeleteGroup", group.id().text(), () -> groups.finishDelete(backend, group));
    }
  }

  /// A snapshot of its own; its group rules over any other one.
  private void resolve(Snapshots backend, SnapshotRecord snapshot) {
    if (!snapshot.group().equals(GroupSnapshotId.NONE)) return;
    var cutting = new Cutting(kit);
    switch (snapshot.state()) {
      case SnapshotRecord.State.Ready _ -> {}
      case SnapshotRecord.State.Cutting _ ->
          resolve("UndoCut", snapshot.id().text(), () -> cutting.remove(backend, snapshot));
      case SnapshotRecord.State.Deleting _ ->
          resolve(
              "FinishDeleteSnapshot",
              snapshot.id().text(),
              () -> cutting.finishDelete(backend, snapshot));
    }
  }

  private void resolve(String step, String on, Runnable act) {
    kit.decided(step, on, "a crash interrupted it");
    resolve(on, act);
  }

  /// One thing that cannot be put right does not keep the others from being served: its intent
  /// stays, and the next call for it meets the same error.
  private void resolve(String on, Runnable act) {
    try {
      act.run();
    } catch (CsiException | HostException failure) {
      kit.failed("Recover", on, String.valueOf(failure.getMessage()));
    }
  }
}
