package dev.moorage.driver;

import dev.moorage.csi.CsiException;
import dev.moorage.csi.GroupSnapshot;
import dev.moorage.csi.ListVolumes;
import dev.moorage.csi.NodeId;
import dev.moorage.csi.Snapshot;
import dev.moorage.csi.Topology;
import dev.moorage.csi.Volume;
import dev.moorage.csi.VolumeCondition;
import dev.moorage.csi.VolumeHealth;
import dev.moorage.csi.VolumeHealth.Status;
import dev.moorage.driver.VolumeRecord.Publication;
import dev.moorage.host.HostException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// What callers are told of what is in the ledger: the same from every call.
record Answers(Kit kit) {

  Volume volume(VolumeRecord volume) {
    return new Volume(volume.id(), volume.size(), volume.context(), volume.source(), kit.places());
  }

  ListVolumes.Entry entry(VolumeRecord volume) {
    return new ListVolumes.Entry(volume(volume), published(volume), condition(volume));
  }

  private List<NodeId> published(VolumeRecord volume) {
    return volume.published().stream().map(Publication::node).toList();
  }

  private Optional<VolumeCondition> condition(VolumeRecord volume) {
    if (kit.settings().csiVersion() != CsiVersion.V1_12) return Optional.empty();
    if (!(kit.backend() instanceof ReportsHealth backend)) return Optional.empty();
    return Optional.of(condition(health(backend, volume)));
  }

  /// One volume that cannot be looked at does not hide the others.
  static List<VolumeHealth.Entry> health(ReportsHealth backend, VolumeRecord volume) {
    try {
      return backend.health(volume);
    } catch (CsiException | HostException failure) {
      var why = String.valueOf(failure.getMessage());
      return List.of(new VolumeHealth.Entry(Status.DEGRADED, "HealthUnknown", why));
    }
  }

  /// Health in the words of CSI 1.12.
  static VolumeCondition condition(List<VolumeHealth.Entry> health) {
    if (health.isEmpty()) return new VolumeCondition(false, "nothing adverse is known");
    return new VolumeCondition(
        true, health.stream().map(Answers::text).collect(Collectors.joining("; ")));
  }

  private static String text(VolumeHealth.Entry entry) {
    return entry.message().isEmpty() ? entry.reason() : entry.reason() + ": " + entry.message();
  }

  Snapshot snapshot(SnapshotRecord snapshot) {
    return new Snapshot(
        snapshot.id(),
        snapshot.source().id(),
        snapshot.size(),
        snapshot.created(),
        true,
        snapshot.group(),
        snapshotPlaces());
  }

  private List<Topology> snapshotPlaces() {
    return kit.settings().csiVersion() == CsiVersion.V1_12 ? List.of() : kit.places();
  }

  GroupSnapshot group(GroupRecord group) {
    var members =
        group.members().values().stream()
            .flatMap(id -> kit.records().snapshot(id).stream())
            .map(this::snapshot)
            .toList();
    return new GroupSnapshot(group.id(), members, group.created(), true);
  }
}
