package dev.moorage.csiwire;

import csi.v1.CsiProto;
import csi.v1.NodeGrpc;
import dev.moorage.csi.Done;
import dev.moorage.csi.NodeExpandVolume;
import dev.moorage.csi.NodeGetInfo;
import dev.moorage.csi.NodeGetVolumeStats;
import dev.moorage.csi.NodeGetVolumeStats.Unit;
import dev.moorage.csi.NodeGetVolumeStats.Usage;
import dev.moorage.csi.NodeId;
import dev.moorage.csi.NodePublishVolume;
import dev.moorage.csi.NodeStageVolume;
import dev.moorage.csi.NodeUnpublishVolume;
import dev.moorage.csi.NodeUnstageVolume;
import dev.moorage.csi.VolumeId;
import java.util.List;

/// The rpcs of the node service on volumes.
final class NodeRpcs {
  private NodeRpcs() {}

  static final Rpc<
          NodeStageVolume, Done, CsiProto.NodeStageVolumeRequest, CsiProto.NodeStageVolumeResponse>
      NODE_STAGE =
          new Rpc.Unary<>(
              NodeGrpc.getNodeStageVolumeMethod(),
              call -> {
                var message =
                    CsiProto.NodeStageVolumeRequest.newBuilder()
                        .setVolumeId(call.volume().text())
                        .putAllPublishContext(call.publishContext())
                        .setStagingTargetPath(call.stagingPath())
                        .putAllSecrets(Parts.texts(call.secrets()))
                        .putAllVolumeContext(call.volumeContext());
                if (!call.capability().missing())
                  message.setVolumeCapability(Parts.capability(call.capability()));
                return message.build();
              },
              message ->
                  new NodeStageVolume(
                      new VolumeId(message.getVolumeId()),
                      message.getPublishContextMap(),
                      message.getStagingTargetPath(),
                      Parts.capability(
                          message.hasVolumeCapability(), message.getVolumeCapability()),
                      Parts.secrets(message.getSecretsMap()),
                      message.getVolumeContextMap()),
              _ -> CsiProto.NodeStageVolumeResponse.getDefaultInstance(),
              _ -> Done.DONE);

  static final Rpc<
          NodeUnstageVolume,
          Done,
          CsiProto.NodeUnstageVolumeRequest,
          CsiProto.NodeUnstageVolumeResponse>
      NODE_UNSTAGE =
          new Rpc.Unary<>(
              NodeGrpc.getNodeUnstageVolumeMethod(),
              call ->
                  CsiProto.NodeUnstageVolumeRequest.newBuilder()
                      .setVolumeId(call.volume().text())
                      .setStagingTargetPath(call.stagingPath())
                      .build(),
              message ->
                  new NodeUnstageVolume(
                      new VolumeId(message.getVolumeId()), message.getStagingTargetPath()),
              _ -> CsiProto.NodeUnstageVolumeResponse.getDefaultInstance(),
              _ -> Done.DONE);

  static final Rpc<
          NodePublishVolume,
          Done,
          CsiProto.NodePublishVolumeRequest,
          CsiProto.NodePublishVolumeResponse>
      NODE_PUBLISH =
          new Rpc.Unary<>(
              NodeGrpc.getNodePublishVolumeMethod(),
              call -> {
                var message =
                    CsiProto.NodePublishVolumeRequest.newBuilder()
                        .setVolumeId(call.volume().text())
                        .putAllPublishContext(call.publishContext())
                        .setStagingTargetPath(call.stagingPath())
                        .setTargetPath(call.targetPath())
                        .setReadonly(call.readOnly())
                        .putAllSecrets(Parts.texts(call.secrets()))
                        .putAllVolumeContext(call.volumeContext());
                if (!call.capability().missing())
                  message.setVolumeCapability(Parts.capability(call.capability()));
                return message.build();
              },
              message ->
                  new NodePublishVolume(
                      new VolumeId(message.getVolumeId()),
                      message.getPublishContextMap(),
                      message.getStagingTargetPath(),
                      message.getTargetPath(),
                      Parts.capability(
                          message.hasVolumeCapability(), message.getVolumeCapability()),
                      message.getReadonly(),
                      Parts.secrets(message.getSecretsMap()),
                      message.getVolumeContextMap()),
              _ -> CsiProto.NodePublishVolumeResponse.getDefaultInstance(),
              _ -> Done.DONE);

  static final Rpc<
          NodeUnpublishVolume,
          Done,
          CsiProto.NodeUnpublishVolumeRequest,
          CsiProto.NodeUnpublishVolumeResponse>
      NODE_UNPUBLISH =
          new Rpc.Unary<>(
              NodeGrpc.getNodeUnpublishVolumeMethod(),
              call ->
                  CsiProto.NodeUnpublishVolumeRequest.newBuilder()
                      .setVolumeId(call.volume().text())
                      .setTargetPath(call.targetPath())
                      .build(),
              message ->
                  new NodeUnpublishVolume(
                      new VolumeId(message.getVolumeId()), message.getTargetPath()),
              _ -> CsiProto.NodeUnpublishVolumeResponse.getDefaultInstance(),
              _ -> Done.DONE);

  static final Rpc<
          NodeGetVolumeStats,
          NodeGetVolumeStats.Answer,
          CsiProto.NodeGetVolumeStatsRequest,
          CsiProto.NodeGetVolumeStatsResponse>
      NODE_STATS =
          new Rpc.Unary<>(
              NodeGrpc.getNodeGetVolumeStatsMethod(),
              call ->
                  CsiProto.NodeGetVolumeStatsRequest.newBuilder()
                      .setVolumeId(call.volume().text())
                      .setVolumePath(call.volumePath())
                      .setStagingTargetPath(call.stagingPath())
                      .build(),
              message ->
                  new NodeGetVolumeStats(
                      new VolumeId(message.getVolumeId()),
                      message.getVolumePath(),
                      message.getStagingTargetPath()),
              answer -> {
                var message =
                    CsiProto.NodeGetVolumeStatsResponse.newBuilder()
                        .addAllUsage(answer.usage().stream().map(NodeRpcs::usage).toList());
                answer.condition().map(Parts::condition).ifPresent(message::setVolumeCondition);
                return message.build();
              },
              message ->
                  new NodeGetVolumeStats.Answer(
                      usages(message.getUsageList()),
                      Parts.condition(message.hasVolumeCondition(), message.getVolumeCondition())));

  private static CsiProto.VolumeUsage usage(Usage usage) {
    return CsiProto.VolumeUsage.newBuilder()
        .setUnit(
            usage.unit() == Unit.BYTES
                ? CsiProto.VolumeUsage.Unit.BYTES
                : CsiProto.VolumeUsage.Unit.INODES)
        .setTotal(usage.total())
        .setUsed(usage.used())
        .setAvailable(usage.available())
        .build();
  }

  private static List<Usage> usages(List<CsiProto.VolumeUsage> usages) {
    return usages.stream()
        .filter(usage ->
            usage.getUnit() == CsiProto.VolumeUsage.Unit.BYTES
                || usage.getUnit() == CsiProto.VolumeUsage.Unit.INODES)
        .map(usage ->
            new Usage(
                usage.getUnit() == CsiProto.VolumeUsage.Unit.BYTES ? Unit.BYTES : Unit.INODES,
                usage.getTotal(),
                usage.getUsed(),
                usage.getAvailable()))
        .toList();
  }

  static final Rpc<
          NodeExpandVolume,
          NodeExpandVolume.Answer,
          CsiProto.NodeExpandVolumeRequest,
          CsiProto.NodeExpandVolumeResponse>
      NODE_EXPAND =
          new Rpc.Unary<>(
              NodeGrpc.getNodeExpandVolumeMethod(),
              call -> {
                var message =
                    CsiProto.NodeExpandVolumeRequest.newBuilder()
                        .setVolumeId(call.volume().text())
                        .setVolumePath(call.volumePath())
                        .setStagingTargetPath(call.stagingPath())
                        .putAllSecrets(Parts.texts(call.secrets()));
                if (Parts.set(call.capacity()))
                  message.setCapacityRange(Parts.range(call.capacity()));
                if (!call.capability().missing())
                  message.setVolumeCapability(Parts.capability(call.capability()));
                return message.build();
              },
              message ->
                  new NodeExpandVolume(
                      new VolumeId(message.getVolumeId()),
                      message.getVolumePath(),
                      Parts.range(message.hasCapacityRange(), message.getCapacityRange()),
                      message.getStagingTargetPath(),
                      Parts.capability(
                          message.hasVolumeCapability(), message.getVolumeCapability()),
                      Parts.secrets(message.getSecretsMap())),
              answer ->
                  CsiProto.NodeExpandVolumeResponse.newBuilder()
                      .setCapacityBytes(answer.capacity().count())
                      .build(),
              message -> new NodeExpandVolume.Answer(Parts.bytes(message.getCapacityBytes())));

  static final Rpc<
          NodeGetInfo,
          NodeGetInfo.Answer,
          CsiProto.NodeGetInfoRequest,
          CsiProto.NodeGetInfoResponse>
      NODE_GET_INFO =
          new Rpc.Unary<>(
              NodeGrpc.getNodeGetInfoMethod(),
              _ -> CsiProto.NodeGetInfoRequest.getDefaultInstance(),
              _ -> new NodeGetInfo(),
              answer -> {
                var message =
                    CsiProto.NodeGetInfoResponse.newBuilder()
                        .setNodeId(answer.node().text())
                        .setMaxVolumesPerNode(answer.maxVolumes());
                if (!answer.topology().segments().isEmpty())
                  message.setAccessibleTopology(Parts.topology(answer.topology()));
                return message.build();
              },
              message ->
                  new NodeGetInfo.Answer(
                      new NodeId(message.getNodeId()),
                      message.getMaxVolumesPerNode(),
                      Parts.topology(message.getAccessibleTopology())));
}
