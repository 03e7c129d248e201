package dev.moorage.driver;

import dev.moorage.base.Bytes;
import dev.moorage.csi.NodeExpandVolume;
import dev.moorage.csi.NodeGetInfo;
import dev.moorage.csi.NodeGetVolumeStats;
import dev.moorage.csi.NodeGetVolumeStats.Unit;
import dev.moorage.csi.NodeGetVolumeStats.Usage;
import dev.moorage.csi.NodeId;
import dev.moorage.csi.Topology;
import dev.moorage.csi.VolumeId;
import dev.moorage.driver.FilesystemRecord.State;
import dev.moorage.host.BlockDevices;
import dev.moorage.host.Filesystems;
import dev.moorage.host.HostException;
import dev.moorage.host.HostException.Errno;
import java.util.List;
import java.util.Optional;

/// The node's calls about what is there: the node itself, usage, and growing.
final class NodeSide {
  private final Kit kit;
  private final Records records;

  NodeSide(Kit kit) {
    this.kit = kit;
    this.records = kit.records();
  }

  NodeGetInfo.Answer info() {
    var here = kit.backend() instanceof ReportsTopology topology ? topology.here() : Topology.NONE;
    var settings = kit.settings();
    return new NodeGetInfo.Answer(new NodeId(settings.nodeId()), settings.maxVolumes(), here);
  }

  NodeGetVolumeStats.Answer stats(NodeGetVolumeStats call) {
    Limits.volume(call.volume());
    Limits.required("volume_path", call.volumePath());
    var id = InlineVolumes.known(records, call.volume());
    var stage = shownAt(id, call.volumePath());
    if (!showsConditions()) return new NodeGetVolumeStats.Answer(usage(stage, call.volumePath()));
    var condition = new NodeHealth(kit).condition(id);
    try {
      return new NodeGetVolumeStats.Answer(usage(stage, call.volumePath()), Optional.of(condition));
    } catch (HostException unknown) {
      if (!condition.abnormal()) throw unknown;
      // The condition says why there are no numbers.
      return new NodeGetVolumeStats.Answer(List.of(), Optional.of(condition));
    }
  }

  /// Conditions beside other answers are CSI 1.12's.
  private boolean showsConditions() {
    return kit.settings().csiVersion() == CsiVersion.V1_12;
  }

  private List<Usage> usage(StageRecord stage, String path) {
    return switch (kit.shown(stage.volume())) {
      case Folder folder -> usage(folder.backend().usage(stage.volume()));
      case Device device when stage.use().block() ->
          List.of(new Usage(Unit.BYTES, seen(device).size().count(), 0, 0));
      case Device _ -> usage(kit.host().filesystems().usage(path));
    };
  }

  private static List<Usage> usage(Filesystems.Usage usage) {
    return List.of(
        new Usage(
            Unit.BYTES, usage.total().count(), usage.used().count(), usage.available().count()),
        new Usage(Unit.INODES, usage.inodes(), usage.inodesUsed(), usage.inodesFree()));
  }

  private static BlockDevices.Seen seen(Device device) {
    return device
        .seen()
        .orElseThrow(() -> Refusals.notFound("volume " + device.volume() + " has no device"));
  }

  NodeExpandVolume.Answer expand(NodeExpandVolume call) {
    if (!(kit.backend() instanceof Expands && kit.backend() instanceof GivesDevices))
      throw Refusals.cannot(call.rpc());
    Limits.volume(call.volume());
    Limits.required("volume_path", call.volumePath());
    if (!call.capability().missing()) {
      var refusal = kit.backend().support().refusal(call.capability());
      if (!refusal.isEmpty()) throw Refusals.invalid("volume " + call.volume() + ": " + refusal);
    }
    return kit.locks().alone(call.volume().text(), call.rpc(), () -> expandAlone(call));
  }

  private NodeExpandVolume.Answer expandAlone(NodeExpandVolume call) {
    var stage = shownAt(call.volume(), call.volumePath());
    if (!call.capability().missing() && call.capability().block() != stage.use().block())
      throw Refusals.invalid("volume " + call.volume() + " is staged as " + stage.use());
    if (!(kit.shown(call.volume()) instanceof Device device))
      throw Refusals.precondition("volume " + call.volume() + " has no device that could grow");
    var size = size(call.volume());
    if (!size.isZero()) checkRange(call, size);
    if (stage.use().block()) {
      device.backend().refresh(call.volume());
      return new NodeExpandVolume.Answer(seen(device).size());
    }
    var known = records.filesystem(call.volume());
    boolean fills = known.isPresent() && !size.isZero() && !known.get().size().isBelow(size);
    if (!fills) grow(device, stage, size);
    return new NodeExpandVolume.Answer(size);
  }

  /// The size in the ledger; zero where this process does not keep it.
  private Bytes size(VolumeId id) {
    return kit.settings().mode() == Driver.Mode.NODE ? Bytes.ZERO : kit.usable(id).size();
  }

  private static void checkRange(NodeExpandVolume call, Bytes size) {
    if (!call.capacity().holds(size))
      throw Refusals.outOfRange(
          "volume "
              + call.volume()
              + " has "
              + size
              + ", which is not from "
              + call.capacity().required()
              + " to "
              + call.capacity().limit()
              + "; the controller must expand it first");
  }

  private void grow(Device device, StageRecord stage, Bytes size) {
    device.backend().refresh(stage.volume());
    var path =
        device
            .path()
            .orElseThrow(() -> Refusals.notFound("volume " + stage.volume() + " has no device"));
    if (stage.readOnly())
      throw Refusals.precondition(
          "volume " + stage.volume() + " is staged read-only; it grows when staged writable");
    try {
      kit.host().filesystems().grow(path, stage.use().fsType(), stage.path());
    } catch (HostException refused) {
      if (!refused.is(Errno.EPERM)) throw refused;
      growsUnmounted(stage);
    }
    records.put(FilesystemRecord.filling(stage.volume(), stage.use().fsType(), size));
  }

  /// Noted, so that the volume's health tells it until the next staging has done it.
  private void growsUnmounted(StageRecord stage) {
    var type = stage.use().fsType();
    records
        .filesystem(stage.volume())
        .ifPresent(known -> records.put(known.in(State.GROWS_UNMOUNTED)));
    var why =
        "this kernel does not grow "
            + type
            + " while it is mounted; it grows when the volume is staged next";
    kit.decided("GrowUnmounted", stage.volume(), why);
    throw Refusals.precondition("volume " + stage.volume() + ": " + why);
  }

  /// How a volume is staged that is shown at a path. Unknown volumes and wrong paths are the same
  /// to the caller.
  private StageRecord shownAt(VolumeId id, String path) {
    kit.checkUsable(id);
    var trimmed =
        path.length() > 1 && path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    var shown = kit.shown(id);
    return records
        .stage(id)
        .filter(stage ->
            shown.at(trimmed).isPresent()
                || (stage.path().equals(trimmed) && shown.isStaged(stage)))
        .orElseThrow(() -> Refusals.notFound("volume " + id + " is not mounted at " + path));
  }
}
