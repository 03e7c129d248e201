package dev.moorage.driver;

import dev.moorage.csi.CsiException;
import dev.moorage.csi.Done;
import dev.moorage.csi.NodePublishVolume;
import dev.moorage.csi.NodeUnpublishVolume;
import dev.moorage.csi.VolumeCapability.Access;
import dev.moorage.csi.VolumeId;
import dev.moorage.host.Files.Sort;
import dev.moorage.host.HostException;
import java.util.List;

/// Shows staged volumes at pods' paths by bind mounts; and back.
final class Publishing {
  private static final int FOLDER_MODE = 0750;

  private final Kit kit;
  private final GivesDevices backend;
  private final Records records;

  Publishing(Kit kit, GivesDevices backend) {
    this.kit = kit;
    this.backend = backend;
    this.records = kit.records();
  }

  Done publish(NodePublishVolume call) {
    Limits.volume(call.volume());
    Limits.required("target_path", call.targetPath());
    Wish.checkComplete(call.capability());
    kit.checkUsable(call.volume(), backend);
    var refusal = backend.support().refusal(call.capability());
    if (!refusal.isEmpty()) throw Refusals.precondition("volume " + call.volume() + ": " + refusal);
    if (call.stagingPath().isEmpty())
      throw Refusals.precondition("staging_target_path is missing: volumes are staged first");
    var staging = Paths.checked("staging_target_path", call.stagingPath());
    var target = Paths.checked("target_path", call.targetPath());
    var use = backend.support().use(call.capability());
    var wish = new TargetRecord(call.volume(), target, use, readOnly(call), false);
    // One path at a time where only one is allowed, else paths side by side.
    return kit.locks()
        .onPart(
            call.volume().text(),
            wish.exclusive() ? "" : target,
            call.rpc(),
            () -> publish(wish, staging));
  }

  private static boolean readOnly(NodePublishVolume call) {
    return call.readOnly()
        || call.capability().mode().readOnly()
        || (call.capability().access() instanceof Access.Mount mount
            && MountFlags.readOnly(mount.flags()));
  }

  private Done publish(TargetRecord asked, String staging) {
    var stage = staged(asked.volume(), staging);
    if (!stage.use().fsType().equals(asked.use().fsType()))
      throw Refusals.precondition(
          "volume " + asked.volume() + " is staged as " + stage.use() + ", not " + asked.use());
    var wish =
        new TargetRecord(
            asked.volume(), asked.path(), asked.use(), asked.readOnly() || stage.readOnly(), false);
    var found = records.target(wish.volume(), wish.path());
    if (found.isPresent() && again(found.get(), wish)) return Done.DONE;
    checkTarget(wish);
    checkOthers(wish);
    bring(wish, staging);
    return Done.DONE;
  }

  private StageRecord staged(VolumeId id, String staging) {
    return records
        .stage(id)
        .filter(stage -> stage.done() && stage.path().equals(staging))
        .filter(stage -> device(id).at(stage.path()).isPresent())
        .orElseThrow(() -> Refusals.precondition("volume " + id + " is not staged at " + staging));
  }

  /// Whether it is published there already, exactly so. What is left of an interrupted try, or of a
  /// mount that is gone, is cleared away.
  private boolean again(TargetRecord found, TargetRecord wish) {
    if (!found.done() || device(found.volume()).at(found.path()).isEmpty()) {
      takeDown(found);
      return false;
    }
    var difference = found.differenceTo(wish);
    if (!difference.isEmpty())
      throw Refusals.exists("volume " + found.volume() + " at " + found.path() + ": " + difference);
    return true;
  }

  private void checkTarget(TargetRecord wish) {
    var entry = kit.host().files().look(wish.path());
    if (entry.isPresent() && entry.get().sort() != Sort.FOLDER)
      throw Refusals.invalid(
          "target_path " + wish.path() + " is no folder but " + entry.get().sort());
    var mount = kit.host().mounts().at(wish.path());
    if (mount.isPresent())
      throw Refusals.exists(
          "volume "
              + wish.volume()
              + ": "
              + mount.get().source()
              + " is mounted at "
              + wish.path()
              + " already");
  }

  /// A volume of one writer alone is at one path; every other one may be at several, as Kubernetes
  /// lets pods of a node share it.
  private void checkOthers(TargetRecord wish) {
    for (var other : records.targets(wish.volume()))
      if (!other.path().equals(wish.path()) && (wish.exclusive() || other.exclusive()))
        throw Refusals.precondition(
            "volume "
                + wish.volume()
                + " is published at "
                + other.path()
                + " for one writer alone");
  }

  private void bring(TargetRecord wish, String staging) {
    try {
      // The intent: a crash from here on leaves a folder or a mount that the next start removes.
      records.put(wish);
      kit.host().files().makeFolder(wish.path(), FOLDER_MODE);
      kit.host().mounts().bind(staging, wish.path(), wish.readOnly());
      records.put(wish.finished());
      verify(wish);
    } catch (CsiException | HostException failure) {
      ControllerSide.undoAfter(failure, () -> takeDown(wish));
      throw failure;
    }
  }

  private void verify(TargetRecord wish) {
    var mount = device(wish.volume()).at(wish.path());
    if (mount.isEmpty() || (wish.readOnly() && !mount.get().readOnly()))
      throw Refusals.precondition(
          "volume " + wish.volume() + " was bound to " + wish.path() + ", found was " + mount);
  }

  Done unpublish(NodeUnpublishVolume call) {
    Limits.volume(call.volume());
    Limits.required("target_path", call.targetPath());
    var target = Paths.checked("target_path", call.targetPath());
    if (!VolumeIds.safe(call.volume())) return Done.DONE;
    return kit.locks()
        .onPart(call.volume().text(), target, call.rpc(), () -> unpublish(call.volume(), target));
  }

  private Done unpublish(VolumeId id, String path) {
    var found = records.target(id, path);
    // Not published there: nothing of ours is at the path, so nothing is touched.
    if (found.isEmpty()) return Done.DONE;
    device(id).checkNothingElseAt(path);
    takeDown(found.get());
    return Done.DONE;
  }

  /// Undoes a publishing, finished or not, from wherever an earlier try stopped; verified.
  void takeDown(TargetRecord target) {
    device(target.volume()).unmount(target.path());
    kit.host().files().removeFolder(target.path());
    records.remove(target);
  }

  /// Publishings that are not, or no longer, what the ledger says.
  List<TargetRecord> lost() {
    return records.targets().stream()
        .filter(target -> !target.done() || device(target.volume()).at(target.path()).isEmpty())
        .toList();
  }

  private Device device(VolumeId id) {
    return new Device(id, backend, kit.host());
  }
}
