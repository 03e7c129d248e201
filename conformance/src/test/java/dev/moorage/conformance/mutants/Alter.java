package dev.moorage.conformance.mutants;

import dev.moorage.base.Bytes;
import dev.moorage.csi.CapacityRange;
import dev.moorage.csi.ContentSource;
import dev.moorage.csi.CreateSnapshot;
import dev.moorage.csi.CreateVolume;
import dev.moorage.csi.Snapshot;
import dev.moorage.csi.Topology;
import dev.moorage.csi.TopologyRequirement;
import dev.moorage.csi.Volume;
import dev.moorage.csi.VolumeCapability;
import dev.moorage.csi.VolumeId;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Calls and answers with one field changed.
final class Alter {
  private Alter() {}

  static CreateVolume name(CreateVolume call, String name) {
    return new CreateVolume(
        name,
        call.capacity(),
        call.capabilities(),
        call.parameters(),
        call.secrets(),
        call.source(),
        call.accessibility(),
        call.mutableParameters());
  }

  static CreateVolume capacity(CreateVolume call, CapacityRange capacity) {
    return new CreateVolume(
        call.name(),
        capacity,
        call.capabilities(),
        call.parameters(),
        call.secrets(),
        call.source(),
        call.accessibility(),
        call.mutableParameters());
  }

  static CreateVolume capabilities(CreateVolume call, List<VolumeCapability> capabilities) {
    return new CreateVolume(
        call.name(),
        call.capacity(),
        capabilities,
        call.parameters(),
        call.secrets(),
        call.source(),
        call.accessibility(),
        call.mutableParameters());
  }

  static CreateVolume parameters(CreateVolume call, Map<String, String> parameters) {
    return new CreateVolume(
        call.name(),
        call.capacity(),
        call.capabilities(),
        parameters,
        call.secrets(),
        call.source(),
        call.accessibility(),
        call.mutableParameters());
  }

  static CreateVolume source(CreateVolume call, ContentSource source) {
    return new CreateVolume(
        call.name(),
        call.capacity(),
        call.capabilities(),
        call.parameters(),
        call.secrets(),
        source,
        call.accessibility(),
        call.mutableParameters());
  }

  static CreateVolume anywhere(CreateVolume call) {
    return new CreateVolume(
        call.name(),
        call.capacity(),
        call.capabilities(),
        call.parameters(),
        call.secrets(),
        call.source(),
        TopologyRequirement.NONE,
        call.mutableParameters());
  }

  static Volume source(Volume volume, ContentSource source) {
    return new Volume(
        volume.id(), volume.capacity(), volume.context(), source, volume.accessible());
  }

  static Volume capacity(Volume volume, Bytes capacity) {
    return new Volume(
        volume.id(), capacity, volume.context(), volume.source(), volume.accessible());
  }

  static Volume accessible(Volume volume, List<Topology> accessible) {
    return new Volume(
        volume.id(), volume.capacity(), volume.context(), volume.source(), accessible);
  }

  static Volume context(Volume volume, String key, String value) {
    return new Volume(
        volume.id(),
        volume.capacity(),
        with(volume.context(), key, value),
        volume.source(),
        volume.accessible());
  }

  static Map<String, String> with(Map<String, String> texts, String key, String value) {
    var more = new LinkedHashMap<>(texts);
    more.put(key, value);
    return more;
  }

  static CreateSnapshot name(CreateSnapshot call, String name) {
    return new CreateSnapshot(
        call.source(), name, call.secrets(), call.parameters(), call.accessibility());
  }

  static CreateSnapshot source(CreateSnapshot call, VolumeId source) {
    return new CreateSnapshot(
        source, call.name(), call.secrets(), call.parameters(), call.accessibility());
  }

  static Snapshot created(Snapshot snapshot, Instant created) {
    return new Snapshot(
        snapshot.id(),
        snapshot.source(),
        snapshot.size(),
        created,
        snapshot.ready(),
        snapshot.group(),
        snapshot.accessible());
  }

  static Snapshot unready(Snapshot snapshot) {
    return new Snapshot(
        snapshot.id(),
        snapshot.source(),
        snapshot.size(),
        snapshot.created(),
        false,
        snapshot.group(),
        snapshot.accessible());
  }
}
