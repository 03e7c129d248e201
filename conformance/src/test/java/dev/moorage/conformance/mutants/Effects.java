package dev.moorage.conformance.mutants;

import dev.moorage.base.Bytes;
import dev.moorage.csi.Csi;
import dev.moorage.csi.Done;
import dev.moorage.csi.NodeGetVolumeStats.Unit;
import dev.moorage.csi.NodeGetVolumeStats.Usage;
import dev.moorage.csi.NodePublishVolume;
import dev.moorage.csi.NodeUnpublishVolume;
import dev.moorage.host.Host;
import dev.moorage.host.HostException;
import java.util.List;

/// Wrong things done to the host behind a correct driver's back.
final class Effects {
  private Effects() {}

  /// Shows the staged volume writable where it was read-only.
  static void makeWritable(Host host, NodePublishVolume call) {
    boolean mounted = host.mounts().at(call.targetPath()).isPresent();
    boolean staged = host.mounts().at(call.stagingPath()).isPresent();
    if (!mounted || !staged || call.capability().block()) return;
    host.mounts().unmount(call.targetPath());
    host.mounts().bind(call.stagingPath(), call.targetPath(), false);
  }

  /// Deletes the files in a mounted folder where that is possible.
  static void empty(World world, String folder) {
    if (world.host().mounts().at(folder).isEmpty()) return;
    try {
      Restored.emptied(world, folder);
    } catch (HostException _) {
      // read-only, or a device: nothing to delete
    }
  }

  /// The usage of the host's root disk, whatever the volume.
  static List<Usage> rootUsage(Host host) {
    var root = host.filesystems().usage("/");
    return List.of(
        new Usage(Unit.BYTES, root.total().count(), root.used().count(), root.available().count()),
        new Usage(Unit.INODES, root.inodes(), root.inodesUsed(), root.inodesFree()));
  }

  static Csi fileForDevice(World world) {
    var targets = new Memory<String, Boolean>();
    var host = world.host();
    return new Bent(world)
        .at(
            NodePublishVolume.class,
            (call, down) -> {
              if (targets.has(call.targetPath())) return Done.DONE;
              var done = down.call(call);
              if (!call.capability().block()) return done;
              host.mounts().unmount(call.targetPath());
              host.files().removeFile(call.targetPath());
              host.files().allocate(call.targetPath(), Bytes.mebi(1));
              targets.put(call.targetPath(), true);
              return done;
            })
        .at(
            NodeUnpublishVolume.class,
            (call, down) -> {
              if (targets.has(call.targetPath())) host.files().removeFile(call.targetPath());
              targets.remove(call.targetPath());
              return down.call(call);
            });
  }

  static Csi emptyFolder(World world) {
    var host = world.host();
    return new Bent(world)
        .at(
            NodePublishVolume.class,
            (call, down) -> {
              var done = down.call(call);
              if (call.capability().block()) return done;
              if (host.mounts().at(call.targetPath()).isEmpty()) return done;
              var other = parent(call.targetPath()) + "/.not-the-volume";
              host.files().makeFolder(other, 0750);
              host.mounts().unmount(call.targetPath());
              host.mounts().bind(other, call.targetPath(), call.readOnly());
              return done;
            })
        .at(
            NodeUnpublishVolume.class,
            (call, down) -> {
              var done = down.call(call);
              if (!call.targetPath().isEmpty())
                host.files().removeFolder(parent(call.targetPath()) + "/.not-the-volume");
              return done;
            });
  }

  private static String parent(String path) {
    return path.substring(0, Math.max(0, path.lastIndexOf('/')));
  }
}
