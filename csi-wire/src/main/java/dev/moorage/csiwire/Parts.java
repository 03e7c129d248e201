package dev.moorage.csiwire;

import com.google.protobuf.Timestamp;
import csi.v1.CsiProto;
import dev.moorage.base.Bytes;
import dev.moorage.base.Secret;
import dev.moorage.csi.AccessMode;
import dev.moorage.csi.CapacityRange;
import dev.moorage.csi.ContentSource;
import dev.moorage.csi.CsiException;
import dev.moorage.csi.Secrets;
import dev.moorage.csi.SnapshotId;
import dev.moorage.csi.Topology;
import dev.moorage.csi.TopologyRequirement;
import dev.moorage.csi.Volume;
import dev.moorage.csi.VolumeCapability;
import dev.moorage.csi.VolumeCapability.Access;
import dev.moorage.csi.VolumeCondition;
import dev.moorage.csi.VolumeId;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// The parts that several messages share, in both directions. An amount below zero is refused: no
/// part of CSI allows one.
final class Parts {
  private Parts() {}

  static Bytes bytes(long count) {
    if (count < 0)
      throw new CsiException(
          CsiException.Code.INVALID_ARGUMENT, "an amount of bytes is never negative: " + count);
    return new Bytes(count);
  }

  static Secrets secrets(Map<String, String> texts) {
    var values = new TreeMap<String, Secret>();
    texts.forEach((name, text) -> values.put(name, new Secret(text)));
    return new Secrets(values);
  }

  static Map<String, String> texts(Secrets secrets) {
    var texts = new TreeMap<String, String>();
    secrets.values().forEach((name, secret) -> texts.put(name, secret.reveal()));
    return texts;
  }

  static CapacityRange range(boolean set, CsiProto.CapacityRange range) {
    return set
        ? new CapacityRange(bytes(range.getRequiredBytes()), bytes(range.getLimitBytes()))
        : CapacityRange.ANY;
  }

  static CsiProto.CapacityRange range(CapacityRange range) {
    return CsiProto.CapacityRange.newBuilder()
        .setRequiredBytes(range.required().count())
        .setLimitBytes(range.limit().count())
        .build();
  }

  static boolean set(CapacityRange range) {
    return !range.equals(CapacityRange.ANY);
  }

  static VolumeCapability capability(CsiProto.VolumeCapability capability) {
    Access access =
        switch (capability.getAccessTypeCase()) {
          case BLOCK -> new Access.Block();
          case MOUNT -> {
            var mount = capability.getMount();
            yield new Access.Mount(
                mount.getFsType(), mount.getMountFlagsList(), mount.getVolumeMountGroup());
          }
          case ACCESSTYPE_NOT_SET -> new Access.Missing();
        };
    return new VolumeCapability(access, mode(capability.getAccessMode().getModeValue()));
  }

  private static AccessMode mode(int number) {
    for (AccessMode mode : AccessMode.values()) if (mode.number() == number) return mode;
    return AccessMode.UNKNOWN;
  }

  static CsiProto.VolumeCapability capability(VolumeCapability capability) {
    var message = CsiProto.VolumeCapability.newBuilder();
    if (capability.mode() != AccessMode.UNKNOWN)
      message.setAccessMode(
          CsiProto.VolumeCapability.AccessMode.newBuilder()
              .setModeValue(capability.mode().number()));
    switch (capability.access()) {
      case Access.Block _ ->
          message.setBlock(CsiProto.VolumeCapability.BlockVolume.getDefaultInstance());
      case Access.Mount(var fsType, var flags, var group) ->
          message.setMount(
              CsiProto.VolumeCapability.MountVolume.newBuilder()
                  .setFsType(fsType)
                  .addAllMountFlags(flags)
                  .setVolumeMountGroup(group));
      case Access.Missing _ -> {}
    }
    return message.build();
  }

  static VolumeCapability capability(boolean set, CsiProto.VolumeCapability capability) {
    return set ? capability(capability) : VolumeCapability.MISSING;
  }

  static List<VolumeCapability> capabilities(List<CsiProto.VolumeCapability> capabilities) {
    return capabilities.stream().map(Parts::capability).toList();
  }

  static List<CsiProto.VolumeCapability> messages(List<VolumeCapability> capabilities) {
    return capabilities.stream().map(Parts::capability).toList();
  }

  static Topology topology(CsiProto.Topology topology) {
    return new Topology(topology.getSegmentsMap());
  }

  static CsiProto.Topology topology(Topology topology) {
    return CsiProto.Topology.newBuilder().putAllSegments(topology.segments()).build();
  }

  static TopologyRequirement requirement(CsiProto.TopologyRequirement requirement) {
    return new TopologyRequirement(
        requirement.getRequisiteList().stream().map(Parts::topology).toList(),
        requirement.getPreferredList().stream().map(Parts::topology).toList());
  }

  static CsiProto.TopologyRequirement requirement(TopologyRequirement requirement) {
    return CsiProto.TopologyRequirement.newBuilder()
        .addAllRequisite(requirement.requisite().stream().map(Parts::topology).toList())
        .addAllPreferred(requirement.preferred().stream().map(Parts::topology).toList())
        .build();
  }

  static boolean set(TopologyRequirement requirement) {
    return !requirement.equals(TopologyRequirement.NONE);
  }

  static ContentSource source(CsiProto.VolumeContentSource source) {
    return switch (source.getTypeCase()) {
      case SNAPSHOT ->
          new ContentSource.Snapshot(new SnapshotId(source.getSnapshot().getSnapshotId()));
      case VOLUME -> new ContentSource.Volume(new VolumeId(source.getVolume().getVolumeId()));
      case TYPE_NOT_SET -> new ContentSource.Empty();
    };
  }

  static CsiProto.VolumeContentSource source(ContentSource source) {
    var message = CsiProto.VolumeContentSource.newBuilder();
    switch (source) {
      case ContentSource.Empty _ -> {}
      case ContentSource.Snapshot(var id) ->
          message.setSnapshot(
              CsiProto.VolumeContentSource.SnapshotSource.newBuilder().setSnapshotId(id.text()));
      case ContentSource.Volume(var id) ->
          message.setVolume(
              CsiProto.VolumeContentSource.VolumeSource.newBuilder().setVolumeId(id.text()));
    }
    return message.build();
  }

  static Volume volume(CsiProto.Volume volume) {
    return new Volume(
        new VolumeId(volume.getVolumeId()),
        bytes(volume.getCapacityBytes()),
        volume.getVolumeContextMap(),
        source(volume.getContentSource()),
        volume.getAccessibleTopologyList().stream().map(Parts::topology).toList());
  }

  static CsiProto.Volume volume(Volume volume) {
    var message =
        CsiProto.Volume.newBuilder()
            .setVolumeId(volume.id().text())
            .setCapacityBytes(volume.capacity().count())
            .putAllVolumeContext(volume.context())
            .addAllAccessibleTopology(volume.accessible().stream().map(Parts::topology).toList());
    if (!(volume.source() instanceof ContentSource.Empty))
      message.setContentSource(source(volume.source()));
    return message.build();
  }

  static CsiProto.VolumeCondition condition(VolumeCondition condition) {
    return CsiProto.VolumeCondition.newBuilder()
        .setAbnormal(condition.abnormal())
        .setMessage(condition.message())
        .build();
  }

  static Optional<VolumeCondition> condition(boolean set, CsiProto.VolumeCondition condition) {
    return set
        ? Optional.of(new VolumeCondition(condition.getAbnormal(), condition.getMessage()))
        : Optional.empty();
  }

  static Timestamp time(Instant time) {
    return Timestamp.newBuilder()
        .setSeconds(time.getEpochSecond())
        .setNanos(time.getNano())
        .build();
  }

  /// A time that a driver left out is the epoch.
  static Instant time(Timestamp time) {
    try {
      return Instant.ofEpochSecond(time.getSeconds(), time.getNanos());
    } catch (DateTimeException | ArithmeticException nonsense) {
      throw new CsiException(
          CsiException.Code.INVALID_ARGUMENT, "no time: " + time.getSeconds() + " s", nonsense);
    }
  }
}
