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
import dev.moorage.host.HostException;
import dev.moorage.host.HostException.Errno;
import dev.moorage.host.Mounts.Mount;
import java.util.List;

/// The node's calls about what is there: the node itself, usage, and growing.
final class NodeSide {
  private final Kit kit;
  private final GivesDevices backend;
  private final Records records;

  NodeSide(Kit kit, GivesDevices backend) {
    this.kit = kit;
    this.backend = backend;
    this.records = kit.records();
  }

  NodeGetInfo.Answer info() {
    var here = backend instanceof ReportsTopology topology ? topology.here() : Topology.NONE;
    var settings = kit.settings();
    return new NodeGetInfo.Answer(new NodeId(settings.nodeId()), settings.maxVolumes(), here);
  }

  NodeGetVolumeStats.Answer stats(NodeGetVolumeStats call) {
    Limits.volume(call.volume());
    Limits.required("volume_path", call.volumePath());
    var mount = mounted(call.volume(), call.volumePath());
    var usage = kit.host().filesystems().usage(mount.target());
    return new NodeGetVolumeStats.Answer(
        List.of(
            new Usage(
                Unit.BYTES, usage.total().count(), usage.used().count(), usage.available().count()),
            new Usage(Unit.INODES, usage.inodes(), usage.inodesUsed(), usage.inodesFree())));
  }

  NodeExpandVolume.Answer expand(NodeExpandVolume call) {
    if (!(backend instanceof Expands))
      throw Refusals.unimplemented("NodeExpandVolume is not something this driver can do");
    Limits.volume(call.volume());
    Limits.required("volume_path", call.volumePath());
    if (!call.capability().missing()) {
      var refusal = backend.support().refusal(call.capability());
      if (!refusal.isEmpty()) throw Refusals.invalid("volume " + call.volume() + ": " + refusal);
    }
    return kit.locks().alone(call.volume().text(), call.rpc(), () -> expandAlone(call));
  }

  private NodeExpandVolume.Answer expandAlone(NodeExpandVolume call) {
    mounted(call.volume(), call.volumePath());
    var size = size(call.volume());
    if (!size.isZero()) checkRange(call, size);
    var stage =
        records
            .stage(call.volume())
            .orElseThrow(
                () -> Refusals.notFound("volume " + call.volume() + " is not staged here"));
    var known = records.filesystem(call.volume());
    boolean fills = known.isPresent() && !size.isZero() && !known.get().size().isBelow(size);
    if (!fills) grow(stage, size);
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

  private void grow(StageRecord stage, Bytes size) {
    backend.refresh(stage.volume());
    var device =
        backend
            .device(stage.volume())
            .orElseThrow(() -> Refusals.notFound("volume " + stage.volume() + " has no device"));
    try {
      kit.host().filesystems().grow(device, stage.use().fsType(), stage.path());
    } catch (HostException refused) {
      if (!refused.is(Errno.EPERM)) throw refused;
      throw Refusals.precondition(
          "volume "
              + stage.volume()
              + ": this kernel does not grow "
              + stage.use().fsType()
              + " while it is mounted; it grows when the volume is staged next");
    }
    records.put(new FilesystemRecord(stage.volume(), stage.use().fsType(), false, size));
  }

  /// Where the volume is mounted. Unknown volumes and wrong paths are the same to the caller.
  private Mount mounted(VolumeId id, String path) {
    kit.checkUsable(id, backend);
    var trimmed =
        path.length() > 1 && path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    return new Device(id, backend, kit.host())
        .at(trimmed)
        .orElseThrow(() -> Refusals.notFound("volume " + id + " is not mounted at " + path));
  }
}
