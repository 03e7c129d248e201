package dev.moorage.driver;

import dev.moorage.base.Bytes;
import dev.moorage.csi.CsiException;
import dev.moorage.csi.Done;
import dev.moorage.csi.NodeStageVolume;
import dev.moorage.csi.NodeUnstageVolume;
import dev.moorage.csi.VolumeCapability;
import dev.moorage.csi.VolumeId;
import dev.moorage.driver.VolumeRecord.Publication;
import dev.moorage.host.Files.Sort;
import dev.moorage.host.HostException;
import java.util.ArrayList;
import java.util.List;

/// Makes volumes ready on this node, and back: a filesystem mounted at the global path, a folder
/// bound there, or a raw block device attached.
final class Staging {
  private final Kit kit;
  private final Records records;
  private final Attaching attaching;

  Staging(Kit kit) {
    this.kit = kit;
    this.records = kit.records();
    this.attaching = new Attaching(kit);
  }

  Done stage(NodeStageVolume call) {
    Limits.volume(call.volume());
    Limits.required("staging_target_path", call.stagingPath());
    Wish.checkComplete(call.capability());
    Limits.map("publish_context", call.publishContext());
    Limits.map("volume_context", call.volumeContext());
    return kit.locks().alone(call.volume().text(), call.rpc(), () -> stageAlone(call));
  }

  private Done stageAlone(NodeStageVolume call) {
    var volume = known(call.volume());
    attaching.checkStageHere(call.volume(), volume.published(), call.publishContext());
    var refusal = refusal(volume, call);
    if (!refusal.isEmpty()) throw Refusals.precondition("volume " + call.volume() + ": " + refusal);
    var path = kit.place("staging_target_path", call.stagingPath());
    return stage(call, volume, path);
  }

  /// Stages a volume of the kit's own at a folder of the kit's own; the caller holds its key.
  void stageInside(NodeStageVolume call) {
    var _ = stage(call, known(call.volume()), call.stagingPath());
  }

  private Done stage(NodeStageVolume call, Known volume, String path) {
    var wish = wish(call, path, readOnly(volume.published(), call.capability()));
    var found = records.stage(call.volume());
    if (found.isPresent() && again(found.get(), wish)) return Done.DONE;
    checkFolder(wish);
    kit.shown(call.volume()).checkNothingElseAt(path);
    bring(
        wish,
        new Formatting.Wanted(
            volume.size(), MountFlags.of(call.capability()), call.volumeContext()));
    return Done.DONE;
  }

  /// What staging needs to know of a volume.
  private record Known(Bytes size, String fsType, List<Publication> published) {}

  private Known known(VolumeId id) {
    kit.checkUsable(id);
    if (kit.settings().mode() == Driver.Mode.NODE) return new Known(Bytes.ZERO, "", List.of());
    var volume = kit.usable(id);
    return new Known(volume.size(), volume.fsType(), volume.published());
  }

  private String refusal(Known volume, NodeStageVolume call) {
    var capability = call.capability();
    var support = kit.backend().support();
    var refusal = support.refusal(capability);
    if (!refusal.isEmpty()) return refusal;
    if (kit.shown(call.volume()) instanceof Folder && !MountFlags.fitFolder(capability))
      return "it is a folder, which takes no mount flags but ro and rw";
    var fsType = support.use(capability).fsType();
    return volume.fsType().isEmpty() || volume.fsType().equals(fsType)
        ? ""
        : "it is for " + volume.fsType() + ", not for " + fsType;
  }

  private StageRecord wish(NodeStageVolume call, String path, boolean readOnly) {
    var flags = MountFlags.hash(call.capability());
    var use = kit.backend().support().use(call.capability());
    return new StageRecord(call.volume(), path, use, flags, readOnly, false);
  }

  private static boolean readOnly(List<Publication> published, VolumeCapability capability) {
    return MountFlags.readOnly(capability) || published.stream().anyMatch(Publication::readOnly);
  }

  /// Whether it is staged already, exactly so. What is left of an interrupted try, or of a mount
  /// that is gone (the node booted since), is cleared away.
  private boolean again(StageRecord found, StageRecord wish) {
    if (!found.done() || !kit.shown(found.volume()).isStaged(found)) {
      takeDown(found);
      return false;
    }
    if (!found.path().equals(wish.path()))
      throw Refusals.precondition(
          "volume " + found.volume() + " is staged at " + found.path() + " already");
    var difference = found.differenceTo(wish);
    if (!difference.isEmpty())
      throw Refusals.exists("volume " + found.volume() + " at " + found.path() + ": " + difference);
    return true;
  }

  private void checkFolder(StageRecord wish) {
    var entry = kit.host().files().look(wish.path());
    if (entry.isEmpty() || entry.get().sort() != Sort.FOLDER)
      throw Refusals.invalid(
          "staging_target_path "
              + wish.path()
              + " must be a folder that the caller made; found: "
              + entry.map(there -> there.sort().toString()).orElse("nothing"));
  }

  private void bring(StageRecord wish, Formatting.Wanted wanted) {
    try {
      // The intent: a crash from here on leaves a device or a mount that the next start takes down.
      records.put(wish);
      show(wish, wanted);
      records.put(wish.finished());
      verify(wish);
    } catch (CsiException | HostException failure) {
      ControllerSide.undoAfter(failure, () -> takeDown(wish));
      throw failure;
    }
  }

  private void show(StageRecord wish, Formatting.Wanted wanted) {
    var shown = kit.shown(wish.volume());
    var path = shown.connect();
    switch (shown) {
      case Folder _ -> kit.host().mounts().bind(path, wish.path(), wish.readOnly());
      case Device device when wish.use().block() -> device.protect(wish.readOnly());
      case Device(_, var backend, _) -> new Formatting(kit, backend).mount(path, wish, wanted);
    }
  }

  private void verify(StageRecord wish) {
    if (!kit.shown(wish.volume()).isStaged(wish))
      throw Refusals.precondition(
          "volume " + wish.volume() + " was staged at " + wish.path() + " but is not there");
  }

  Done unstage(NodeUnstageVolume call) {
    Limits.volume(call.volume());
    Limits.required("staging_target_path", call.stagingPath());
    var path = Paths.checked("staging_target_path", call.stagingPath());
    if (!VolumeIds.safe(call.volume())) return Done.DONE;
    return kit.locks().alone(call.volume().text(), call.rpc(), () -> unstage(call.volume(), path));
  }

  private Done unstage(VolumeId id, String path) {
    var found = records.stage(id).filter(stage -> stage.path().equals(path));
    if (found.isEmpty()) return Done.DONE;
    refuseIfPublished(found.get());
    takeDown(found.get());
    return Done.DONE;
  }

  /// Taking the mount away under a pod would succeed and keep the device, and taking a raw device
  /// away would give it to somebody else: the order is checked, not left to the kernel.
  private void refuseIfPublished(StageRecord stage) {
    var elsewhere = new ArrayList<>(kit.shown(stage.volume()).paths());
    elsewhere.removeIf(stage.path()::equals);
    if (!elsewhere.isEmpty())
      throw Refusals.precondition(
          "volume " + stage.volume() + " is still published at " + elsewhere);
  }

  /// Undoes a staging, finished or not, from wherever an earlier try stopped; verified.
  void takeDown(StageRecord stage) {
    var shown = kit.shown(stage.volume());
    shown.unmount(stage.path());
    // Another volume may get this device next.
    if (shown instanceof Device device && stage.use().block() && stage.readOnly())
      device.protect(false);
    shown.letGo();
    records.remove(stage);
  }

  /// Stagings that are not, or no longer, what the ledger says.
  List<StageRecord> lost() {
    return records.stages().stream()
        .filter(stage -> !stage.done() || !kit.shown(stage.volume()).isStaged(stage))
        .toList();
  }
}
