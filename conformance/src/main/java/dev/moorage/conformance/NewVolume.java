package dev.moorage.conformance;

import dev.moorage.base.Bytes;
import dev.moorage.csi.AccessMode;
import dev.moorage.csi.CapacityRange;
import dev.moorage.csi.ContentSource;
import dev.moorage.csi.CreateVolume;
import dev.moorage.csi.SnapshotId;
import dev.moorage.csi.Topology;
import dev.moorage.csi.TopologyRequirement;
import dev.moorage.csi.VolumeCapability;
import dev.moorage.csi.VolumeId;
import java.util.List;
import java.util.Map;

/// A CreateVolume request in the making; every change gives another one.
record NewVolume(Options options, CreateVolume call) {

  /// An ordinary volume.
  static NewVolume usual(Options options, String name) {
    var wanted = options.wanted();
    return new NewVolume(
        options,
        new CreateVolume(
            name,
            CapacityRange.atLeast(wanted.size()),
            List.of(Form.MOUNT.capability(AccessMode.SINGLE_NODE_WRITER, wanted.fsType())),
            wanted.parameters(),
            options.secretsOf("CreateVolumeSecret"),
            new ContentSource.Empty(),
            TopologyRequirement.NONE,
            Map.of()));
  }

  String name() {
    return call.name();
  }

  VolumeCapability capability() {
    return call.capabilities().isEmpty()
        ? VolumeCapability.MISSING
        : call.capabilities().getFirst();
  }

  NewVolume named(String name) {
    return with(name, call.capacity(), call.capabilities(), call.parameters());
  }

  NewVolume sized(Bytes required, Bytes limit) {
    return sized(new CapacityRange(required, limit));
  }

  NewVolume sized(CapacityRange range) {
    return with(call.name(), range, call.capabilities(), call.parameters());
  }

  NewVolume used(Form form, AccessMode mode) {
    return used(form.capability(mode, options.wanted().fsType()));
  }

  NewVolume used(VolumeCapability... capabilities) {
    return with(call.name(), call.capacity(), List.of(capabilities), call.parameters());
  }

  NewVolume parameters(Map<String, String> parameters) {
    return with(call.name(), call.capacity(), call.capabilities(), parameters);
  }

  private NewVolume with(
      String name,
      CapacityRange range,
      List<VolumeCapability> capabilities,
      Map<String, String> parameters) {
    return new NewVolume(
        options,
        new CreateVolume(
            name,
            range,
            capabilities,
            parameters,
            call.secrets(),
            call.source(),
            call.accessibility(),
            call.mutableParameters()));
  }

  NewVolume from(SnapshotId snapshot) {
    return from(new ContentSource.Snapshot(snapshot));
  }

  NewVolume from(VolumeId volume) {
    return from(new ContentSource.Volume(volume));
  }

  NewVolume from(ContentSource source) {
    return with(source, call.accessibility(), call.mutableParameters());
  }

  NewVolume at(Topology... alternatives) {
    var places = List.of(alternatives);
    return with(call.source(), new TopologyRequirement(places, places), call.mutableParameters());
  }

  NewVolume mutable(Map<String, String> mutable) {
    return with(call.source(), call.accessibility(), mutable);
  }

  private NewVolume with(
      ContentSource source, TopologyRequirement places, Map<String, String> mutable) {
    return new NewVolume(
        options,
        new CreateVolume(
            call.name(),
            call.capacity(),
            call.capabilities(),
            call.parameters(),
            call.secrets(),
            source,
            places,
            mutable));
  }
}
