package dev.moorage.csiwire;

import csi.v1.ControllerGrpc;
import csi.v1.CsiProto;
import csi.v1.GroupControllerGrpc;
import dev.moorage.csi.CreateSnapshot;
import dev.moorage.csi.CreateVolumeGroupSnapshot;
import dev.moorage.csi.DeleteSnapshot;
import dev.moorage.csi.DeleteVolumeGroupSnapshot;
import dev.moorage.csi.Done;
import dev.moorage.csi.GetSnapshot;
import dev.moorage.csi.GetVolumeGroupSnapshot;
import dev.moorage.csi.GroupSnapshot;
import dev.moorage.csi.GroupSnapshotId;
import dev.moorage.csi.ListSnapshots;
import dev.moorage.csi.Snapshot;
import dev.moorage.csi.SnapshotId;
import dev.moorage.csi.VolumeId;

/// The rpcs on snapshots, single ones and groups.
final class SnapshotRpcs {
  private SnapshotRpcs() {}

  static final Rpc<
          CreateSnapshot, Snapshot, CsiProto.CreateSnapshotRequest, CsiProto.CreateSnapshotResponse>
      CREATE_SNAPSHOT =
          new Rpc.Unary<>(
              ControllerGrpc.getCreateSnapshotMethod(),
              SnapshotRpcs::request,
              message ->
                  new CreateSnapshot(
                      new VolumeId(message.getSourceVolumeId()),
                      message.getName(),
                      Parts.secrets(message.getSecretsMap()),
                      message.getParametersMap(),
                      Parts.requirement(message.getAccessibilityRequirements())),
              answer ->
                  CsiProto.CreateSnapshotResponse.newBuilder()
                      .setSnapshot(snapshot(answer))
                      .build(),
              message -> snapshot(message.getSnapshot()));

  private static CsiProto.CreateSnapshotRequest request(CreateSnapshot call) {
    var message =
        CsiProto.CreateSnapshotRequest.newBuilder()
            .setSourceVolumeId(call.source().text())
            .setName(call.name())
            .putAllSecrets(Parts.texts(call.secrets()))
            .putAllParameters(call.parameters());
    if (Parts.set(call.accessibility()))
      message.setAccessibilityRequirements(Parts.requirement(call.accessibility()));
    return message.build();
  }

  static final Rpc<
          DeleteSnapshot, Done, CsiProto.DeleteSnapshotRequest, CsiProto.DeleteSnapshotResponse>
      DELETE_SNAPSHOT =
          new Rpc.Unary<>(
              ControllerGrpc.getDeleteSnapshotMethod(),
              call ->
                  CsiProto.DeleteSnapshotRequest.newBuilder()
                      .setSnapshotId(call.snapshot().text())
                      .putAllSecrets(Parts.texts(call.secrets()))
                      .build(),
              message ->
                  new DeleteSnapshot(
                      new SnapshotId(message.getSnapshotId()),
                      Parts.secrets(message.getSecretsMap())),
              _ -> CsiProto.DeleteSnapshotResponse.getDefaultInstance(),
              _ -> Done.DONE);

  static final Rpc<
          ListSnapshots,
          ListSnapshots.Answer,
          CsiProto.ListSnapshotsRequest,
          CsiProto.ListSnapshotsResponse>
      LIST_SNAPSHOTS =
          new Rpc.Unary<>(
              ControllerGrpc.getListSnapshotsMethod(),
              call ->
                  CsiProto.ListSnapshotsRequest.newBuilder()
                      .setMaxEntries(call.maxEntries())
                      .setStartingToken(call.startingToken())
                      .setSourceVolumeId(call.source().text())
                      .setSnapshotId(call.snapshot().text())
                      .putAllSecrets(Parts.texts(call.secrets()))
                      .build(),
              message ->
                  new ListSnapshots(
                      message.getMaxEntries(),
                      message.getStartingToken(),
                      new VolumeId(message.getSourceVolumeId()),
                      new SnapshotId(message.getSnapshotId()),
                      Parts.secrets(message.getSecretsMap())),
              answer ->
                  CsiProto.ListSnapshotsResponse.newBuilder()
                      .addAllEntries(answer.snapshots().stream().map(SnapshotRpcs::entry).toList())
                      .setNextToken(answer.nextToken())
                      .build(),
              message ->
                  new ListSnapshots.Answer(
                      message.getEntriesList().stream()
                          .map(entry -> snapshot(entry.getSnapshot()))
                          .toList(),
                      message.getNextToken()));

  private static CsiProto.ListSnapshotsResponse.Entry entry(Snapshot snapshot) {
    return CsiProto.ListSnapshotsResponse.Entry.newBuilder()
        .setSnapshot(snapshot(snapshot))
        .build();
  }

  static final Rpc<GetSnapshot, Snapshot, CsiProto.GetSnapshotRequest, CsiProto.GetSnapshotResponse>
      GET_SNAPSHOT =
          new Rpc.Unary<>(
              ControllerGrpc.getGetSnapshotMethod(),
              call ->
                  CsiProto.GetSnapshotRequest.newBuilder()
                      .setSnapshotId(call.snapshot().text())
                      .putAllSecrets(Parts.texts(call.secrets()))
                      .build(),
              message ->
                  new GetSnapshot(
                      new SnapshotId(message.getSnapshotId()),
                      Parts.secrets(message.getSecretsMap())),
              answer ->
                  CsiProto.GetSnapshotResponse.newBuilder().setSnapshot(snapshot(answer)).build(),
              message -> snapshot(message.getSnapshot()));

  // Groups

  static final Rpc<
          CreateVolumeGroupSnapshot,
          GroupSnapshot,
          CsiProto.CreateVolumeGroupSnapshotRequest,
          CsiProto.CreateVolumeGroupSnapshotResponse>
      CREATE_GROUP =
          new Rpc.Unary<>(
              GroupControllerGrpc.getCreateVolumeGroupSnapshotMethod(),
              call ->
                  CsiProto.CreateVolumeGroupSnapshotRequest.newBuilder()
                      .setName(call.name())
                      .addAllSourceVolumeIds(call.sources().stream().map(VolumeId::text).toList())
                      .putAllSecrets(Parts.texts(call.secrets()))
                      .putAllParameters(call.parameters())
                      .build(),
              message ->
                  new CreateVolumeGroupSnapshot(
                      message.getName(),
                      message.getSourceVolumeIdsList().stream().map(VolumeId::new).toList(),
                      Parts.secrets(message.getSecretsMap()),
                      message.getParametersMap()),
              answer ->
                  CsiProto.CreateVolumeGroupSnapshotResponse.newBuilder()
                      .setGroupSnapshot(group(answer))
                      .build(),
              message -> group(message.getGroupSnapshot()));

  static final Rpc<
          DeleteVolumeGroupSnapshot,
          Done,
          CsiProto.DeleteVolumeGroupSnapshotRequest,
          CsiProto.DeleteVolumeGroupSnapshotResponse>
      DELETE_GROUP =
          new Rpc.Unary<>(
              GroupControllerGrpc.getDeleteVolumeGroupSnapshotMethod(),
              call ->
                  CsiProto.DeleteVolumeGroupSnapshotRequest.newBuilder()
                      .setGroupSnapshotId(call.group().text())
                      .addAllSnapshotIds(call.snapshots().stream().map(SnapshotId::text).toList())
                      .putAllSecrets(Parts.texts(call.secrets()))
                      .build(),
              message ->
                  new DeleteVolumeGroupSnapshot(
                      new GroupSnapshotId(message.getGroupSnapshotId()),
                      message.getSnapshotIdsList().stream().map(SnapshotId::new).toList(),
                      Parts.secrets(message.getSecretsMap())),
              _ -> CsiProto.DeleteVolumeGroupSnapshotResponse.getDefaultInstance(),
              _ -> Done.DONE);

  static final Rpc<
          GetVolumeGroupSnapshot,
          GroupSnapshot,
          CsiProto.GetVolumeGroupSnapshotRequest,
          CsiProto.GetVolumeGroupSnapshotResponse>
      GET_GROUP =
          new Rpc.Unary<>(
              GroupControllerGrpc.getGetVolumeGroupSnapshotMethod(),
              call ->
                  CsiProto.GetVolumeGroupSnapshotRequest.newBuilder()
                      .setGroupSnapshotId(call.group().text())
                      .addAllSnapshotIds(call.snapshots().stream().map(SnapshotId::text).toList())
                      .putAllSecrets(Parts.texts(call.secrets()))
                      .build(),
              message ->
                  new GetVolumeGroupSnapshot(
                      new GroupSnapshotId(message.getGroupSnapshotId()),
                      message.getSnapshotIdsList().stream().map(SnapshotId::new).toList(),
                      Parts.secrets(message.getSecretsMap())),
              answer ->
                  CsiProto.GetVolumeGroupSnapshotResponse.newBuilder()
                      .setGroupSnapshot(group(answer))
                      .build(),
              message -> group(message.getGroupSnapshot()));

  // Parts

  private static CsiProto.Snapshot snapshot(Snapshot snapshot) {
    return CsiProto.Snapshot.newBuilder()
        .setSizeBytes(snapshot.size().count())
        .setSnapshotId(snapshot.id().text())
        .setSourceVolumeId(snapshot.source().text())
        .setCreationTime(Parts.time(snapshot.created()))
        .setReadyToUse(snapshot.ready())
        .setGroupSnapshotId(snapshot.group().text())
        .addAllAccessibleTopology(snapshot.accessible().stream().map(Parts::topology).toList())
        .build();
  }

  private static Snapshot snapshot(CsiProto.Snapshot snapshot) {
    return new Snapshot(
        new SnapshotId(snapshot.getSnapshotId()),
        new VolumeId(snapshot.getSourceVolumeId()),
        Parts.bytes(snapshot.getSizeBytes()),
        Parts.time(snapshot.getCreationTime()),
        snapshot.getReadyToUse(),
        new GroupSnapshotId(snapshot.getGroupSnapshotId()),
        snapshot.getAccessibleTopologyList().stream().map(Parts::topology).toList());
  }

  private static CsiProto.VolumeGroupSnapshot group(GroupSnapshot group) {
    return CsiProto.VolumeGroupSnapshot.newBuilder()
        .setGroupSnapshotId(group.id().text())
        .addAllSnapshots(group.snapshots().stream().map(SnapshotRpcs::snapshot).toList())
        .setCreationTime(Parts.time(group.created()))
        .setReadyToUse(group.ready())
        .build();
  }

  private static GroupSnapshot group(CsiProto.VolumeGroupSnapshot group) {
    return new GroupSnapshot(
        new GroupSnapshotId(group.getGroupSnapshotId()),
        group.getSnapshotsList().stream().map(SnapshotRpcs::snapshot).toList(),
        Parts.time(group.getCreationTime()),
        group.getReadyToUse());
  }
}
