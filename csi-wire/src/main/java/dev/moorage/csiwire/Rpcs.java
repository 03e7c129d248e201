package dev.moorage.csiwire;

import com.google.protobuf.BoolValue;
import com.google.protobuf.Int64Value;
import csi.v1.ControllerGrpc;
import csi.v1.CsiProto;
import csi.v1.IdentityGrpc;
import csi.v1.NodeGrpc;
import dev.moorage.csi.ControllerExpandVolume;
import dev.moorage.csi.ControllerGetCapabilities;
import dev.moorage.csi.ControllerPublishVolume;
import dev.moorage.csi.ControllerUnpublishVolume;
import dev.moorage.csi.CreateVolume;
import dev.moorage.csi.CsiCall;
import dev.moorage.csi.DeleteVolume;
import dev.moorage.csi.Done;
import dev.moorage.csi.GetCapacity;
import dev.moorage.csi.GetPluginCapabilities;
import dev.moorage.csi.GetPluginInfo;
import dev.moorage.csi.NodeExpandVolume;
import dev.moorage.csi.NodeGetCapabilities;
import dev.moorage.csi.NodeGetInfo;
import dev.moorage.csi.NodeGetVolumeStats;
import dev.moorage.csi.NodeGetVolumeStats.Unit;
import dev.moorage.csi.NodeGetVolumeStats.Usage;
import dev.moorage.csi.NodeId;
import dev.moorage.csi.NodePublishVolume;
import dev.moorage.csi.NodeStageVolume;
import dev.moorage.csi.NodeUnpublishVolume;
import dev.moorage.csi.NodeUnstageVolume;
import dev.moorage.csi.Probe;
import dev.moorage.csi.ValidateVolumeCapabilities;
import dev.moorage.csi.Volume;
import dev.moorage.csi.VolumeCapability;
import dev.moorage.csi.VolumeId;
import java.util.List;

/// Every rpc that the words know, with its mapping.
final class Rpcs {
  private Rpcs() {}

  // Identity

  static final Rpc<
          GetPluginInfo,
          GetPluginInfo.Answer,
          CsiProto.GetPluginInfoRequest,
          CsiProto.GetPluginInfoResponse>
      GET_PLUGIN_INFO =
          new Rpc<>(
              IdentityGrpc.getGetPluginInfoMethod(),
              _ -> CsiProto.GetPluginInfoRequest.getDefaultInstance(),
              _ -> new GetPluginInfo(),
              answer ->
                  CsiProto.GetPluginInfoResponse.newBuilder()
                      .setName(answer.name())
                      .setVendorVersion(answer.vendorVersion())
                      .putAllManifest(answer.manifest())
                      .build(),
              message ->
                  new GetPluginInfo.Answer(
                      message.getName(), message.getVendorVersion(), message.getManifestMap()));

  static final Rpc<Probe, Probe.Answer, CsiProto.ProbeRequest, CsiProto.ProbeResponse> PROBE =
      new Rpc<>(
          IdentityGrpc.getProbeMethod(),
          _ -> CsiProto.ProbeRequest.getDefaultInstance(),
          _ -> new Probe(),
          answer ->
              CsiProto.ProbeResponse.newBuilder().setReady(BoolValue.of(answer.ready())).build(),
          message -> new Probe.Answer(!message.hasReady() || message.getReady().getValue()));

  // Controller

  static final Rpc<
          CreateVolume, Volume, CsiProto.CreateVolumeRequest, CsiProto.CreateVolumeResponse>
      CREATE_VOLUME =
          new Rpc<>(
              ControllerGrpc.getCreateVolumeMethod(),
              Rpcs::request,
              message ->
                  new CreateVolume(
                      message.getName(),
                      Parts.range(message.hasCapacityRange(), message.getCapacityRange()),
                      Parts.capabilities(message.getVolumeCapabilitiesList()),
                      message.getParametersMap(),
                      Parts.secrets(message.getSecretsMap()),
                      Parts.source(message.getVolumeContentSource()),
                      Parts.requirement(message.getAccessibilityRequirements()),
                      message.getMutableParamsMap()),
              answer ->
                  CsiProto.CreateVolumeResponse.newBuilder()
                      .setVolume(Parts.volume(answer))
                      .build(),
              message -> Parts.volume(message.getVolume()));

  private static CsiProto.CreateVolumeRequest request(CreateVolume call) {
    var message =
        CsiProto.CreateVolumeRequest.newBuilder()
            .setName(call.name())
            .addAllVolumeCapabilities(Parts.messages(call.capabilities()))
            .putAllParameters(call.parameters())
            .putAllSecrets(Parts.texts(call.secrets()))
            .putAllMutableParams(call.mutableParameters());
    if (Parts.set(call.capacity())) message.setCapacityRange(Parts.range(call.capacity()));
    var source = Parts.source(call.source());
    if (source.getTypeCase() != CsiProto.VolumeContentSource.TypeCase.TYPE_NOT_SET)
      message.setVolumeContentSource(source);
    if (!call.accessibility().requisite().isEmpty() || !call.accessibility().preferred().isEmpty())
      message.setAccessibilityRequirements(Parts.requirement(call.accessibility()));
    return message.build();
  }

  static final Rpc<DeleteVolume, Done, CsiProto.DeleteVolumeRequest, CsiProto.DeleteVolumeResponse>
      DELETE_VOLUME =
          new Rpc<>(
              ControllerGrpc.getDeleteVolumeMethod(),
              call ->
                  CsiProto.DeleteVolumeRequest.newBuilder()
                      .setVolumeId(call.volume().text())
                      .putAllSecrets(Parts.texts(call.secrets()))
                      .build(),
              message ->
                  new DeleteVolume(
                      new VolumeId(message.getVolumeId()), Parts.secrets(message.getSecretsMap())),
              _ -> CsiProto.DeleteVolumeResponse.getDefaultInstance(),
              _ -> Done.DONE);

  static final Rpc<
          ControllerPublishVolume,
          ControllerPublishVolume.Answer,
          CsiProto.ControllerPublishVolumeRequest,
          CsiProto.ControllerPublishVolumeResponse>
      CONTROLLER_PUBLISH =
          new Rpc<>(
              ControllerGrpc.getControllerPublishVolumeMethod(),
              Rpcs::request,
              message ->
                  new ControllerPublishVolume(
                      new VolumeId(message.getVolumeId()),
                      new NodeId(message.getNodeId()),
                      capability(message.hasVolumeCapability(), message.getVolumeCapability()),
                      message.getReadonly(),
                      Parts.secrets(message.getSecretsMap()),
                      message.getVolumeContextMap()),
              answer ->
                  CsiProto.ControllerPublishVolumeResponse.newBuilder()
                      .putAllPublishContext(answer.publishContext())
                      .build(),
              message -> new ControllerPublishVolume.Answer(message.getPublishContextMap()));

  private static CsiProto.ControllerPublishVolumeRequest request(ControllerPublishVolume call) {
    var message =
        CsiProto.ControllerPublishVolumeRequest.newBuilder()
            .setVolumeId(call.volume().text())
            .setNodeId(call.node().text())
            .setReadonly(call.readOnly())
            .putAllSecrets(Parts.texts(call.secrets()))
            .putAllVolumeContext(call.volumeContext());
    if (!call.capability().missing())
      message.setVolumeCapability(Parts.capability(call.capability()));
    return message.build();
  }

  private static VolumeCapability capability(boolean set, CsiProto.VolumeCapability capability) {
    return set ? Parts.capability(capability) : VolumeCapability.MISSING;
  }

  static final Rpc<
          ControllerUnpublishVolume,
          Done,
          CsiProto.ControllerUnpublishVolumeRequest,
          CsiProto.ControllerUnpublishVolumeResponse>
      CONTROLLER_UNPUBLISH =
          new Rpc<>(
              ControllerGrpc.getControllerUnpublishVolumeMethod(),
              call ->
                  CsiProto.ControllerUnpublishVolumeRequest.newBuilder()
                      .setVolumeId(call.volume().text())
                      .setNodeId(call.node().text())
                      .putAllSecrets(Parts.texts(call.secrets()))
                      .build(),
              message ->
                  new ControllerUnpublishVolume(
                      new VolumeId(message.getVolumeId()),
                      new NodeId(message.getNodeId()),
                      Parts.secrets(message.getSecretsMap())),
              _ -> CsiProto.ControllerUnpublishVolumeResponse.getDefaultInstance(),
              _ -> Done.DONE);

  static final Rpc<
          ValidateVolumeCapabilities,
          ValidateVolumeCapabilities.Answer,
          CsiProto.ValidateVolumeCapabilitiesRequest,
          CsiProto.ValidateVolumeCapabilitiesResponse>
      VALIDATE =
          new Rpc<>(
              ControllerGrpc.getValidateVolumeCapabilitiesMethod(),
              call ->
                  CsiProto.ValidateVolumeCapabilitiesRequest.newBuilder()
                      .setVolumeId(call.volume().text())
                      .putAllVolumeContext(call.volumeContext())
                      .addAllVolumeCapabilities(Parts.messages(call.capabilities()))
                      .putAllParameters(call.parameters())
                      .putAllSecrets(Parts.texts(call.secrets()))
                      .putAllMutableParams(call.mutableParameters())
                      .build(),
              message ->
                  new ValidateVolumeCapabilities(
                      new VolumeId(message.getVolumeId()),
                      message.getVolumeContextMap(),
                      Parts.capabilities(message.getVolumeCapabilitiesList()),
                      message.getParametersMap(),
                      Parts.secrets(message.getSecretsMap()),
                      message.getMutableParamsMap()),
              Rpcs::message,
              Rpcs::answer);

  private static CsiProto.ValidateVolumeCapabilitiesResponse message(
      ValidateVolumeCapabilities.Answer answer) {
    var message =
        CsiProto.ValidateVolumeCapabilitiesResponse.newBuilder().setMessage(answer.message());
    if (answer.confirmed())
      message.setConfirmed(
          CsiProto.ValidateVolumeCapabilitiesResponse.Confirmed.newBuilder()
              .putAllVolumeContext(answer.volumeContext())
              .addAllVolumeCapabilities(Parts.messages(answer.capabilities()))
              .putAllParameters(answer.parameters())
              .putAllMutableParams(answer.mutableParameters()));
    return message.build();
  }

  private static ValidateVolumeCapabilities.Answer answer(
      CsiProto.ValidateVolumeCapabilitiesResponse message) {
    var confirmed = message.getConfirmed();
    return new ValidateVolumeCapabilities.Answer(
        message.hasConfirmed(),
        confirmed.getVolumeContextMap(),
        Parts.capabilities(confirmed.getVolumeCapabilitiesList()),
        confirmed.getParametersMap(),
        confirmed.getMutableParamsMap(),
        message.getMessage());
  }

  static final Rpc<
          GetCapacity,
          GetCapacity.Answer,
          CsiProto.GetCapacityRequest,
          CsiProto.GetCapacityResponse>
      GET_CAPACITY =
          new Rpc<>(
              ControllerGrpc.getGetCapacityMethod(),
              call -> {
                var message =
                    CsiProto.GetCapacityRequest.newBuilder()
                        .addAllVolumeCapabilities(Parts.messages(call.capabilities()))
                        .putAllParameters(call.parameters());
                if (!call.topology().segments().isEmpty())
                  message.setAccessibleTopology(Parts.topology(call.topology()));
                return message.build();
              },
              message ->
                  new GetCapacity(
                      Parts.capabilities(message.getVolumeCapabilitiesList()),
                      message.getParametersMap(),
                      Parts.topology(message.getAccessibleTopology())),
              answer -> {
                var message =
                    CsiProto.GetCapacityResponse.newBuilder()
                        .setAvailableCapacity(answer.available().count());
                if (!answer.maximum().isZero())
                  message.setMaximumVolumeSize(Int64Value.of(answer.maximum().count()));
                if (!answer.minimum().isZero())
                  message.setMinimumVolumeSize(Int64Value.of(answer.minimum().count()));
                return message.build();
              },
              message ->
                  new GetCapacity.Answer(
                      Parts.bytes(message.getAvailableCapacity()),
                      Parts.bytes(message.getMaximumVolumeSize().getValue()),
                      Parts.bytes(message.getMinimumVolumeSize().getValue())));

  static final Rpc<
          ControllerExpandVolume,
          ControllerExpandVolume.Answer,
          CsiProto.ControllerExpandVolumeRequest,
          CsiProto.ControllerExpandVolumeResponse>
      CONTROLLER_EXPAND =
          new Rpc<>(
              ControllerGrpc.getControllerExpandVolumeMethod(),
              call -> {
                var message =
                    CsiProto.ControllerExpandVolumeRequest.newBuilder()
                        .setVolumeId(call.volume().text())
                        .putAllSecrets(Parts.texts(call.secrets()));
                if (Parts.set(call.capacity()))
                  message.setCapacityRange(Parts.range(call.capacity()));
                if (!call.capability().missing())
                  message.setVolumeCapability(Parts.capability(call.capability()));
                return message.build();
              },
              message ->
                  new ControllerExpandVolume(
                      new VolumeId(message.getVolumeId()),
                      Parts.range(message.hasCapacityRange(), message.getCapacityRange()),
                      Parts.secrets(message.getSecretsMap()),
                      capability(message.hasVolumeCapability(), message.getVolumeCapability())),
              answer ->
                  CsiProto.ControllerExpandVolumeResponse.newBuilder()
                      .setCapacityBytes(answer.capacity().count())
                      .setNodeExpansionRequired(answer.nodeExpansionRequired())
                      .build(),
              message ->
                  new ControllerExpandVolume.Answer(
                      Parts.bytes(message.getCapacityBytes()), message.getNodeExpansionRequired()));

  // Node

  static final Rpc<
          NodeStageVolume, Done, CsiProto.NodeStageVolumeRequest, CsiProto.NodeStageVolumeResponse>
      NODE_STAGE =
          new Rpc<>(
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
                      capability(message.hasVolumeCapability(), message.getVolumeCapability()),
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
          new Rpc<>(
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
          new Rpc<>(
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
                      capability(message.hasVolumeCapability(), message.getVolumeCapability()),
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
          new Rpc<>(
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
          new Rpc<>(
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
              answer ->
                  CsiProto.NodeGetVolumeStatsResponse.newBuilder()
                      .addAllUsage(answer.usage().stream().map(Rpcs::usage).toList())
                      .build(),
              message -> new NodeGetVolumeStats.Answer(usages(message.getUsageList())));

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
          new Rpc<>(
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
                      capability(message.hasVolumeCapability(), message.getVolumeCapability()),
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
          new Rpc<>(
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

  /// All rpcs, for the server.
  static final List<Rpc<?, ?, ?, ?>> ALL =
      List.of(
          GET_PLUGIN_INFO,
          Capabilities.PLUGIN,
          PROBE,
          CREATE_VOLUME,
          DELETE_VOLUME,
          CONTROLLER_PUBLISH,
          CONTROLLER_UNPUBLISH,
          VALIDATE,
          GET_CAPACITY,
          Capabilities.CONTROLLER,
          CONTROLLER_EXPAND,
          NODE_STAGE,
          NODE_UNSTAGE,
          NODE_PUBLISH,
          NODE_UNPUBLISH,
          NODE_STATS,
          NODE_EXPAND,
          Capabilities.NODE,
          NODE_GET_INFO);

  /// The rpc of a call.
  static Rpc<?, ?, ?, ?> of(CsiCall<?> call) {
    return switch (call) {
      case GetPluginInfo _ -> GET_PLUGIN_INFO;
      case GetPluginCapabilities _ -> Capabilities.PLUGIN;
      case Probe _ -> PROBE;
      case CreateVolume _ -> CREATE_VOLUME;
      case DeleteVolume _ -> DELETE_VOLUME;
      case ControllerPublishVolume _ -> CONTROLLER_PUBLISH;
      case ControllerUnpublishVolume _ -> CONTROLLER_UNPUBLISH;
      case ValidateVolumeCapabilities _ -> VALIDATE;
      case GetCapacity _ -> GET_CAPACITY;
      case ControllerGetCapabilities _ -> Capabilities.CONTROLLER;
      case ControllerExpandVolume _ -> CONTROLLER_EXPAND;
      case NodeStageVolume _ -> NODE_STAGE;
      case NodeUnstageVolume _ -> NODE_UNSTAGE;
      case NodePublishVolume _ -> NODE_PUBLISH;
      case NodeUnpublishVolume _ -> NODE_UNPUBLISH;
      case NodeGetVolumeStats _ -> NODE_STATS;
      case NodeExpandVolume _ -> NODE_EXPAND;
      case NodeGetCapabilities _ -> Capabilities.NODE;
      case NodeGetInfo _ -> NODE_GET_INFO;
    };
  }
}
