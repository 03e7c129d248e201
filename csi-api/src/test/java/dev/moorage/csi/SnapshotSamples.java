package dev.moorage.csi;

import dev.moorage.base.Bytes;
import dev.moorage.csi.Samples.Sample;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;

/// The samples of calls on snapshots: single ones, groups, and what they hold.
final class SnapshotSamples {
  private SnapshotSamples() {}

  private static final VolumeId VOLUME = new VolumeId("vol-1");
  private static final SnapshotId OLD = new SnapshotId("snap-1");
  private static final SnapshotId NEW = new SnapshotId("snap-2");
  private static final GroupSnapshotId GROUP = new GroupSnapshotId("group-1");
  private static final Instant CREATED = Instant.ofEpochSecond(1_700_000_000, 123_456_789);
  private static final Topology HERE = new Topology(Map.of("topology.test/node", "node-1"));
  private static final Snapshot SNAPSHOT =
      new Snapshot(OLD, VOLUME, Bytes.gibi(1), CREATED, true, GROUP, List.of(HERE));
  private static final Snapshot BARE =
      new Snapshot(
          new SnapshotId(""),
          new VolumeId(""),
          Bytes.ZERO,
          Instant.EPOCH,
          false,
          GroupSnapshotId.NONE,
          List.of());
  private static final BlockMetadata METADATA =
      new BlockMetadata(
          List.of(
              new BlockMetadata.Message(
                  BlockMetadata.Type.VARIABLE_LENGTH,
                  Bytes.gibi(1),
                  List.of(
                      new BlockMetadata.Range(4096, 8192), new BlockMetadata.Range(65536, 4096))),
              new BlockMetadata.Message(
                  BlockMetadata.Type.VARIABLE_LENGTH,
                  Bytes.gibi(1),
                  List.of(new BlockMetadata.Range(1 << 30, 4096)))));

  static List<Sample<?>> filled() {
    var secrets = Samples.SECRETS;
    var parameters = Map.of("freeze", "ja");
    return List.of(
        new Sample<>(
            new CreateSnapshot(
                VOLUME,
                "snapshot-1",
                secrets,
                parameters,
                new TopologyRequirement(List.of(HERE), List.of(HERE))),
            SNAPSHOT),
        new Sample<>(new DeleteSnapshot(OLD, secrets), Done.DONE),
        new Sample<>(
            new ListSnapshots(3, "token-1", VOLUME, OLD, secrets),
            new ListSnapshots.Answer(List.of(SNAPSHOT, SNAPSHOT), "token-2")),
        new Sample<>(new GetSnapshot(OLD, secrets), SNAPSHOT),
        new Sample<>(
            new GroupControllerGetCapabilities(),
            new GroupControllerGetCapabilities.Answer(
                EnumSet.allOf(GroupControllerGetCapabilities.Capability.class))),
        new Sample<>(
            new CreateVolumeGroupSnapshot(
                "group-1", List.of(VOLUME, new VolumeId("vol-2")), secrets, parameters),
            new GroupSnapshot(GROUP, List.of(SNAPSHOT, SNAPSHOT), CREATED, true)),
        new Sample<>(new DeleteVolumeGroupSnapshot(GROUP, List.of(OLD, NEW), secrets), Done.DONE),
        new Sample<>(
            new GetVolumeGroupSnapshot(GROUP, List.of(OLD, NEW), secrets),
            new GroupSnapshot(GROUP, List.of(SNAPSHOT), CREATED, true)),
        new Sample<>(new GetMetadataAllocated(OLD, 4096, 2, secrets), METADATA),
        new Sample<>(new GetMetadataDelta(OLD, NEW, 4096, 2, secrets), METADATA));
  }

  static List<Sample<?>> empty() {
    var snapshot = new SnapshotId("");
    var group = GroupSnapshotId.NONE;
    var none = Secrets.NONE;
    return List.of(
        new Sample<>(
            new CreateSnapshot(new VolumeId(""), "", none, Map.of(), TopologyRequirement.NONE),
            BARE),
        new Sample<>(new DeleteSnapshot(snapshot, none), Done.DONE),
        new Sample<>(
            new ListSnapshots(0, "", new VolumeId(""), snapshot, none),
            new ListSnapshots.Answer(List.of(), "")),
        new Sample<>(new GetSnapshot(snapshot, none), BARE),
        new Sample<>(
            new GroupControllerGetCapabilities(),
            new GroupControllerGetCapabilities.Answer(
                EnumSet.noneOf(GroupControllerGetCapabilities.Capability.class))),
        new Sample<>(
            new CreateVolumeGroupSnapshot("", List.of(), none, Map.of()),
            new GroupSnapshot(group, List.of(), Instant.EPOCH, false)),
        new Sample<>(new DeleteVolumeGroupSnapshot(group, List.of(), none), Done.DONE),
        new Sample<>(
            new GetVolumeGroupSnapshot(group, List.of(), none),
            new GroupSnapshot(group, List.of(), Instant.EPOCH, false)),
        new Sample<>(new GetMetadataAllocated(snapshot, 0, 0, none), new BlockMetadata(List.of())),
        new Sample<>(
            new GetMetadataDelta(snapshot, snapshot, 0, 0, none), new BlockMetadata(List.of())));
  }

  static List<Sample<?>> variants() {
    var samples = new ArrayList<Sample<?>>();
    samples.add(
        new Sample<>(
            new ListSnapshots(0, "", new VolumeId(""), OLD, Secrets.NONE),
            new ListSnapshots.Answer(List.of(BARE), "")));
    for (var type : BlockMetadata.Type.values())
      samples.add(
          new Sample<>(
              new GetMetadataAllocated(OLD, Long.MAX_VALUE, Integer.MAX_VALUE, Secrets.NONE),
              new BlockMetadata(List.of(new BlockMetadata.Message(type, Bytes.ZERO, List.of())))));
    return samples;
  }
}
