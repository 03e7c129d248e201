package dev.moorage.csiwire;

import csi.v1.ControllerGrpc;
import csi.v1.CsiProto;
import csi.v1.NodeGrpc;
import dev.moorage.csi.ControllerGetVolumeHealth;
import dev.moorage.csi.ControllerListVolumeHealth;
import dev.moorage.csi.NodeGetStorageHealth;
import dev.moorage.csi.NodeGetVolumeHealth;
import dev.moorage.csi.VolumeHealth;
import dev.moorage.csi.VolumeId;

/// The rpcs on the health of volumes and storage (CSI 1.13).
final class HealthRpcs {
  private HealthRpcs() {}

  static final Rpc<
          ControllerListVolumeHealth,
          ControllerListVolumeHealth.Answer,
          CsiProto.ControllerListVolumeHealthRequest,
          CsiProto.ControllerListVolumeHealthResponse>
      CONTROLLER_LIST =
          new Rpc.Unary<>(
              ControllerGrpc.getControllerListVolumeHealthMethod(),
              call ->
                  CsiProto.ControllerListVolumeHealthRequest.newBuilder()
                      .setMaxEntries(call.maxEntries())
                      .setStartingToken(call.startingToken())
                      .putAllSecrets(Parts.texts(call.secrets()))
                      .build(),
              message ->
                  new ControllerListVolumeHealth(
                      message.getMaxEntries(),
                      message.getStartingToken(),
                      Parts.secrets(message.getSecretsMap())),
              answer ->
                  CsiProto.ControllerListVolumeHealthResponse.newBuilder()
                      .addAllEntries(answer.entries().stream().map(HealthRpcs::volume).toList())
                      .setNextToken(answer.nextToken())
                      .build(),
              message ->
                  new ControllerListVolumeHealth.Answer(
                      message.getEntriesList().stream().map(HealthRpcs::volume).toList(),
                      message.getNextToken()));

  static final Rpc<
          ControllerGetVolumeHealth,
          VolumeHealth,
          CsiProto.ControllerGetVolumeHealthRequest,
          CsiProto.ControllerGetVolumeHealthResponse>
      CONTROLLER_GET =
          new Rpc.Unary<>(
              ControllerGrpc.getControllerGetVolumeHealthMethod(),
              call ->
                  CsiProto.ControllerGetVolumeHealthRequest.newBuilder()
                      .setVolumeId(call.volume().text())
                      .putAllSecrets(Parts.texts(call.secrets()))
                      .build(),
              message ->
                  new ControllerGetVolumeHealth(
                      new VolumeId(message.getVolumeId()), Parts.secrets(message.getSecretsMap())),
              answer ->
                  CsiProto.ControllerGetVolumeHealthResponse.newBuilder()
                      .setVolumeHealth(volume(answer))
                      .build(),
              message -> volume(message.getVolumeHealth()));

  static final Rpc<
          NodeGetVolumeHealth,
          VolumeHealth,
          CsiProto.NodeGetVolumeHealthRequest,
          CsiProto.NodeGetVolumeHealthResponse>
      NODE_VOLUME =
          new Rpc.Unary<>(
              NodeGrpc.getNodeGetVolumeHealthMethod(),
              call ->
                  CsiProto.NodeGetVolumeHealthRequest.newBuilder()
                      .setVolumeId(call.volume().text())
                      .setVolumePublishPath(call.publishPath())
                      .setStagingTargetPath(call.stagingPath())
                      .build(),
              message ->
                  new NodeGetVolumeHealth(
                      new VolumeId(message.getVolumeId()),
                      message.getVolumePublishPath(),
                      message.getStagingTargetPath()),
              answer ->
                  CsiProto.NodeGetVolumeHealthResponse.newBuilder()
                      .setVolumeHealth(volume(answer))
                      .build(),
              message -> volume(message.getVolumeHealth()));

  private static CsiProto.VolumeHealth volume(VolumeHealth health) {
    return CsiProto.VolumeHealth.newBuilder()
        .setVolumeId(health.volume().text())
        .addAllHealthStatuses(health.entries().stream().map(HealthRpcs::entry).toList())
        .build();
  }

  private static VolumeHealth volume(CsiProto.VolumeHealth health) {
    return new VolumeHealth(
        new VolumeId(health.getVolumeId()),
        health.getHealthStatusesList().stream().map(HealthRpcs::entry).toList());
  }

  private static CsiProto.VolumeHealth.VolumeHealthEntry entry(VolumeHealth.Entry entry) {
    return CsiProto.VolumeHealth.VolumeHealthEntry.newBuilder()
        .setStatusValue(entry.status().number())
        .setReason(entry.reason())
        .setMessage(entry.message())
        .build();
  }

  private static VolumeHealth.Entry entry(CsiProto.VolumeHealth.VolumeHealthEntry entry) {
    return new VolumeHealth.Entry(
        status(entry.getStatusValue()), entry.getReason(), entry.getMessage());
  }

  private static VolumeHealth.Status status(int number) {
    for (var status : VolumeHealth.Status.values()) if (status.number() == number) return status;
    return VolumeHealth.Status.UNKNOWN;
  }

  static final Rpc<
          NodeGetStorageHealth,
          NodeGetStorageHealth.Answer,
          CsiProto.NodeGetStorageHealthRequest,
          CsiProto.NodeGetStorageHealthResponse>
      NODE_STORAGE =
          new Rpc.Unary<>(
              NodeGrpc.getNodeGetStorageHealthMethod(),
              call ->
                  CsiProto.NodeGetStorageHealthRequest.newBuilder()
                      .putAllSecrets(Parts.texts(call.secrets()))
                      .build(),
              message -> new NodeGetStorageHealth(Parts.secrets(message.getSecretsMap())),
              answer ->
                  CsiProto.NodeGetStorageHealthResponse.newBuilder()
                      .addAllBackendHealth(
                          answer.entries().stream().map(HealthRpcs::storage).toList())
                      .build(),
              message ->
                  new NodeGetStorageHealth.Answer(
                      message.getBackendHealthList().stream().map(HealthRpcs::storage).toList()));

  private static CsiProto.NodeGetStorageHealthResponse.StorageBackendHealth storage(
      NodeGetStorageHealth.Entry entry) {
    var message =
        CsiProto.NodeGetStorageHealthResponse.StorageBackendHealth.newBuilder()
            .setStatusValue(entry.status().number())
            .setReason(entry.reason())
            .setMessage(entry.message());
    if (!entry.capability().missing())
      message.setVolumeCapability(Parts.capability(entry.capability()));
    return message.build();
  }

  private static NodeGetStorageHealth.Entry storage(
      CsiProto.NodeGetStorageHealthResponse.StorageBackendHealth entry) {
    return new NodeGetStorageHealth.Entry(
        storage(entry.getStatusValue()),
        entry.getReason(),
        entry.getMessage(),
        Parts.capability(entry.hasVolumeCapability(), entry.getVolumeCapability()));
  }

  private static NodeGetStorageHealth.Status storage(int number) {
    for (var status : NodeGetStorageHealth.Status.values())
      if (status.number() == number) return status;
    return NodeGetStorageHealth.Status.UNKNOWN;
  }
}
