package dev.moorage.driver;

import dev.moorage.csi.CsiException;
import dev.moorage.csi.Done;
import dev.moorage.csi.NodePublishVolume;
import dev.moorage.csi.NodeUnpublishVolume;
import dev.moorage.csi.VolumeId;
import dev.moorage.host.HostException;
import java.util.List;

/// Shows staged volumes at pods' paths by bind mounts, and back: filesystems and folders at a
/// folder, raw block devices at a file.
final class Publishing {
  private final Kit kit;
  private final Records records;

  Publishing(Kit kit) {
    this.kit = kit;
    this.records = kit.records();
  }

  Done publish(NodePublishVolume call) {
    Limits.volume(call.volume());
    Limits.required("target_path", call.targetPath());
    Wish.checkComplete(call.capability());
    Limits.map("publish_context", call.publishContext());
    Limits.map("volume_context", call.volumeContext());
    kit.checkUsable(call.volume());
    var refusal = kit.backend().support().refusal(call.capability());
    if (!refusal.isEmpty()) throw Refusals.precondition("volume " + call.volume() + ": " + refusal);
    if (call.stagingPath().isEmpty())
      throw Refusals.precondition("staging_target_path is missing: volumes are staged first");
    var staging = Paths.checked("staging_target_path", call.stagingPath());
    var wish = wish(call, kit.place("target_path", call.targetPath()));
    return kit.locks()
        .onPart(call.volume().text(), part(wish), call.rpc(), () -> publish(wish, staging));
  }

  /// Publishes a volume of the kit's own; the caller holds its key and has checked the path.
  void publishInside(NodePublishVolume call) {
    var _ = publish(wish(call, call.targetPath()), call.stagingPath());
  }

  private TargetRecord wish(NodePublishVolume call, String target) {
    boolean readOnly = call.readOnly() || MountFlags.readOnly(call.capability());
    var use = kit.backend().support().use(call.capability());
    var flags = MountFlags.hash(call.capability());
    return new TargetRecord(call.volume(), target, use, flags, readOnly, false);
  }

  /// One path at a time where they depend on one another, else paths side by side.
  private static String part(TargetRecord wish) {
    return wish.exclusive() || wish.use().block() ? KeyLocks.WHOLE : wish.path();
  }

  private Done publish(TargetRecord asked, String staging) {
    var stage = staged(asked.volume(), staging);
    if (!stage.use().fsType().equals(asked.use().fsType()))
      throw Refusals.precondition(
          "volume " + asked.volume() + " is staged as " + stage.use() + ", not " + asked.use());
    var wish = asked.of(stage);
    var found = records.target(wish.volume(), wish.path());
    if (found.isPresent() && again(found.get(), wish)) return Done.DONE;
    checkOthers(wish);
    new Target(kit.host(), wish).check();
    bring(wish, staging);
    return Done.DONE;
  }

  private StageRecord staged(VolumeId id, String staging) {
    return records
        .stage(id)
        .filter(stage -> stage.done() && stage.path().equals(staging))
        .filter(stage -> kit.shown(id).isStaged(stage))
        .orElseThrow(() -> Refusals.precondition("volume " + id + " is not staged at " + staging));
  }

  /// Whether it is published there already, exactly so. What is left of an interrupted try, or of a
  /// mount that is gone, is cleared away.
  private boolean again(TargetRecord found, TargetRecord wish) {
    if (!found.done() || kit.shown(found.volume()).at(found.path()).isEmpty()) {
      takeDown(found);
      return false;
    }
    var difference = found.differenceTo(wish);
    if (!difference.isEmpty())
      throw Refusals.exists("volume " + found.volume() + " at " + found.path() + ": " + difference);
    return true;
  }

  /// A volume of one writer alone is at one path; every other one may be at several, as Kubernetes
  /// lets pods of a node share it. A raw device takes writes from all its paths or from none.
  private void checkOthers(TargetRecord wish) {
    for (var other : records.targets(wish.volume())) {
      if (other.path().equals(wish.path())) continue;
      if (wish.exclusive() || other.exclusive())
        throw Refusals.precondition(
            "volume "
                + wish.volume()
                + " is published at "
                + other.path()
                + " for one writer alone");
      if (wish.use().block() && other.readOnly() != wish.readOnly())
        throw Refusals.precondition(
            "volume "
                + wish.volume()
                + " is published "
                + StageRecord.access(other.readOnly())
                + " at "
                + other.path()
                + "; a raw device is read-only at all its paths or at none");
    }
  }

  private void bring(TargetRecord wish, String staging) {
    try {
      // The intent: a crash from here on leaves a folder, a file or a mount that the next start
      // removes.
      records.put(wish);
      new Target(kit.host(), wish).make();
      show(wish, staging);
      records.put(wish.finished());
      verify(wish);
    } catch (CsiException | HostException failure) {
      ControllerSide.undoAfter(failure, () -> takeDown(wish));
      throw failure;
    }
  }

  private void show(TargetRecord wish, String staging) {
    if (!wish.use().block()) {
      kit.host().mounts().bind(staging, wish.path(), wish.readOnly());
      return;
    }
    var device = device(wish.volume());
    var node =
        device
            .path()
            .orElseThrow(
                () -> Refusals.precondition("volume " + wish.volume() + " has no device here"));
    // Before anybody can open it.
    if (wish.readOnly()) device.protect(true);
    kit.host().mounts().bind(node, wish.path(), wish.readOnly());
  }

  private Device device(VolumeId id) {
    if (kit.shown(id) instanceof Device device) return device;
    throw Refusals.precondition("volume " + id + " is a folder, not a block device");
  }

  private void verify(TargetRecord wish) {
    var mount = kit.shown(wish.volume()).at(wish.path());
    if (mount.isEmpty() || (wish.readOnly() && !mount.get().readOnly()))
      throw Refusals.precondition(
          "volume " + wish.volume() + " was bound to " + wish.path() + ", found was " + mount);
  }

  Done unpublish(NodeUnpublishVolume call) {
    Limits.volume(call.volume());
    Limits.required("target_path", call.targetPath());
    var target = Paths.checked("target_path", call.targetPath());
    if (!VolumeIds.safe(call.volume())) return Done.DONE;
    var part = records.target(call.volume(), target).map(Publishing::part).orElse(target);
    return kit.locks()
        .onPart(call.volume().text(), part, call.rpc(), () -> unpublish(call.volume(), target));
  }

  private Done unpublish(VolumeId id, String path) {
    var found = records.target(id, path);
    // Not published there: nothing of ours is at the path, so nothing is touched.
    if (found.isEmpty()) return Done.DONE;
    kit.shown(id).checkNothingElseAt(path);
    takeDown(found.get());
    return Done.DONE;
  }

  /// Undoes a publishing, finished or not, from wherever an earlier try stopped; verified.
  void takeDown(TargetRecord target) {
    kit.shown(target.volume()).unmount(target.path());
    new Target(kit.host(), target).remove();
    if (target.use().block() && target.readOnly()) allowWrites(target);
    records.remove(target);
  }

  /// The last reader of a device that is staged writable gives it back as it was.
  private void allowWrites(TargetRecord last) {
    boolean stays =
        records.stage(last.volume()).filter(StageRecord::readOnly).isPresent()
            || records.targets(last.volume()).stream()
                .anyMatch(other -> !other.path().equals(last.path()) && other.readOnly());
    if (!stays && kit.shown(last.volume()) instanceof Device device) device.protect(false);
  }

  /// Publishings that are not, or no longer, what the ledger says.
  List<TargetRecord> lost() {
    return records.targets().stream()
        .filter(target -> !target.done() || kit.shown(target.volume()).at(target.path()).isEmpty())
        .toList();
  }
}
