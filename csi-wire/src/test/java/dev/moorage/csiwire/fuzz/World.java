package dev.moorage.csiwire.fuzz;

import csi.v1.CsiProto.CreateVolumeRequest;
import csi.v1.CsiProto.NodePublishVolumeRequest;
import csi.v1.CsiProto.NodeStageVolumeRequest;
import csi.v1.CsiProto.VolumeCapability;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What exists, by what the driver has answered so far.
final class World {
  /// Names that a storage must not take for paths, options or anything but names.
  static final List<String> NAMES =
      List.of(
          "vol-0",
          "vol-1",
          "pvc-0c5c1a4e-9d3e-4a65-8ab0-5f1f7e2c6a11",
          "-rf",
          "../../etc",
          "Ünïcode " + "ß".repeat(59),
          "a b\tc\n",
          "n".repeat(63),
          "n".repeat(64),
          ".");

  final TreeMap<String, Vol> volumes = new TreeMap<>();
  final TreeMap<String, Snap> snapshots = new TreeMap<>();
  final TreeMap<String, GroupSnap> groups = new TreeMap<>();
  final TreeMap<String, String> inline = new TreeMap<>(); // target path by the caller's id
  final TreeSet<String> tokens = new TreeSet<>();

  static final class Vol {
    final String id;
    final CreateVolumeRequest made;
    long size;
    boolean modified; // since it was made
    @Nullable Publication published;
    @Nullable NodeStageVolumeRequest staged;
    final TreeMap<String, NodePublishVolumeRequest> targets = new TreeMap<>();

    Vol(String id, CreateVolumeRequest made, long size) {
      this.id = id;
      this.made = made;
      this.size = size;
    }

    VolumeCapability capability() {
      return made.getVolumeCapabilities(0);
    }

    boolean used() {
      return published != null || staged != null || !targets.isEmpty();
    }
  }

  record Publication(VolumeCapability capability, boolean readOnly, Map<String, String> context) {}

  record Snap(String id, String name, String source, String group, long size) {}

  record GroupSnap(String id, String name, TreeSet<String> sources, TreeSet<String> members) {}

  Optional<Vol> named(String name) {
    return volumes.values().stream().filter(vol -> vol.made.getName().equals(name)).findFirst();
  }

  Optional<Snap> snapshotNamed(String name) {
    return snapshots.values().stream()
        .filter(snap -> snap.group().isEmpty() && snap.name().equals(name))
        .findFirst();
  }

  Optional<GroupSnap> groupNamed(String name) {
    return groups.values().stream().filter(group -> group.name().equals(name)).findFirst();
  }

  long published() {
    return volumes.values().stream().filter(vol -> vol.published != null).count();
  }

  /// Whether something of ours is at a path.
  boolean taken(String path) {
    if (inline.containsValue(path)) return true;
    for (var vol : volumes.values()) {
      if (vol.targets.containsKey(path)) return true;
      if (vol.staged != null && Paths.plain(vol.staged.getStagingTargetPath()).equals(path))
        return true;
    }
    return false;
  }

  /// Whether something of ours is at a path inside a folder, so that it stays in use.
  boolean isBelow(String folder) {
    return Stream.concat(
            inline.values().stream(),
            volumes.values().stream().flatMap(vol -> vol.targets.keySet().stream()))
        .anyMatch(path -> path.startsWith(folder + "/"));
  }

  List<Vol> all() {
    return new ArrayList<>(volumes.values());
  }
}
