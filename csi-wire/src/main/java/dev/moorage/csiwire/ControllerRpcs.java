package dev.moorage.csiwire;

import com.google.protobuf.Int64Value;
import csi.v1.ControllerGrpc;
import csi.v1.CsiProto;
import dev.moorage.csi.ControllerExpandVolume;
import dev.moorage.csi.ControllerGetVolume;
import dev.moorage.csi.ControllerModifyVolume;
import dev.moorage.csi.ControllerPublishVolume;
import dev.moorage.csi.ControllerUnpublishVolume;
import dev.moorage.csi.CreateVolume;
import dev.moorage.csi.DeleteVolume;
import dev.moorage.csi.Done;
import dev.moorage.csi.GetCapacity;
import dev.moorage.csi.ListVolumes;
import dev.moorage.csi.NodeId;
import dev.moorage.csi.ValidateVolumeCapabilities;
import dev.moorage.csi.Volume;
import dev.moorage.csi.VolumeId;

/// The rpcs of the controller service on volumes.
final class ControllerRpcs {
  private ControllerRpcs() {}

  static final Rpc<
          CreateVolume, Volume, CsiProto.CreateVolumeRequest, CsiProto.CreateVolumeResponse>
      CREATE_VOLUME =
          new Rpc.Unary<>(
              ControllerGrpc.getCreateVolumeMethod(),
              ControllerRpcs::request,
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
    if (Parts.set(call.accessibility()))
      message.setAccessibilityRequirements(Parts.requirement(call.accessibility()));
    return message.build();
  }

  static final Rpc<DeleteVolume, Done, CsiProto.DeleteVolumeRequest, CsiProto.DeleteVolumeResponse>
      DELETE_VOLUME =
          new Rpc.Unary<>(
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
          new Rpc.Unary<>(
              ControllerGrpc.getControllerPublishVolumeMethod(),
              ControllerRpcs::request,
              message ->
                  new ControllerPublishVolume(
                      new VolumeId(message.getVolumeId()),
                      new NodeId(message.getNodeId()),
                      Parts.capability(
                          message.hasVolumeCapability(), message.getVolumeCapability()),
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

  static final Rpc<
          ControllerUnpublishVolume,
          Done,
          CsiProto.ControllerUnpublishVolumeRequest,
          CsiProto.ControllerUnpublishVolumeResponse>
      CONTROLLER_UNPUBLISH =
          new Rpc.Unary<>(
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
          new Rpc.Unary<>(
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
              ControllerRpcs::message,
              ControllerRpcs::answer);

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
          new Rpc.Unary<>(
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
          new Rpc.Unary<>(
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
                      Parts.capability(
                          message.hasVolumeCapability(), message.getVolumeCapability())),
              answer ->
                  CsiProto.ControllerExpandVolumeResponse.newBuilder()
                      .setCapacityBytes(answer.capacity().count())
                      .setNodeExpansionRequired(answer.nodeExpansionRequired())
                      .build(),
              message ->
                  new ControllerExpandVolume.Answer(
                      Parts.bytes(message.getCapacityBytes()), message.getNodeExpansionRequired()));

  static final Rpc<
          ListVolumes,
          ListVolumes.Answer,
          CsiProto.ListVolumesRequest,
          CsiProto.ListVolumesResponse>
      LIST_VOLUMES =
          new Rpc.Unary<>(
              ControllerGrpc.getListVolumesMethod(),
              call ->
                  CsiProto.ListVolumesRequest.newBuilder()
                      .setMaxEntries(call.maxEntries())
                      .setStartingToken(call.startingToken())
                      .build(),
              message -> new ListVolumes(message.getMaxEntries(), message.getStartingToken()),
              answer ->
                  CsiProto.ListVolumesResponse.newBuilder()
                      .addAllEntries(answer.entries().stream().map(ControllerRpcs::listed).toList())
                      .setNextToken(answer.nextToken())
                      .build(),
              message ->
                  new ListVolumes.Answer(
                      message.getEntriesList().stream().map(ControllerRpcs::listed).toList(),
                      message.getNextToken()));

  private static CsiProto.ListVolumesResponse.Entry listed(ListVolumes.Entry entry) {
    var status =
        CsiProto.ListVolumesResponse.VolumeStatus.newBuilder()
            .addAllPublishedNodeIds(entry.published().stream().map(NodeId::text).toList());
    entry.condition().map(Parts::condition).ifPresent(status::setVolumeCondition);
    return CsiProto.ListVolumesResponse.Entry.newBuilder()
        .setVolume(Parts.volume(entry.volume()))
        .setStatus(status)
        .build();
  }

  private static ListVolumes.Entry listed(CsiProto.ListVolumesResponse.Entry entry) {
    var status = entry.getStatus();
    return new ListVolumes.Entry(
        Parts.volume(entry.getVolume()),
        status.getPublishedNodeIdsList().stream().map(NodeId::new).toList(),
        Parts.condition(status.hasVolumeCondition(), status.getVolumeCondition()));
  }

  static final Rpc<
          ControllerGetVolume,
          ListVolumes.Entry,
          CsiProto.ControllerGetVolumeRequest,
          CsiProto.ControllerGetVolumeResponse>
      GET_VOLUME =
          new Rpc.Unary<>(
              ControllerGrpc.getControllerGetVolumeMethod(),
              call ->
                  CsiProto.ControllerGetVolumeRequest.newBuilder()
                      .setVolumeId(call.volume().text())
                      .build(),
              message -> new ControllerGetVolume(new VolumeId(message.getVolumeId())),
              ControllerRpcs::found,
              ControllerRpcs::found);

  private static CsiProto.ControllerGetVolumeResponse found(ListVolumes.Entry entry) {
    var status =
        CsiProto.ControllerGetVolumeResponse.VolumeStatus.newBuilder()
            .addAllPublishedNodeIds(entry.published().stream().map(NodeId::text).toList());
    entry.condition().map(Parts::condition).ifPresent(status::setVolumeCondition);
    return CsiProto.ControllerGetVolumeResponse.newBuilder()
        .setVolume(Parts.volume(entry.volume()))
        .setStatus(status)
        .build();
  }

  private static ListVolumes.Entry found(CsiProto.ControllerGetVolumeResponse message) {
    var status = message.getStatus();
    return new ListVolumes.Entry(
        Parts.volume(message.getVolume()),
        status.getPublishedNodeIdsList().stream().map(NodeId::new).toList(),
        Parts.condition(status.hasVolumeCondition(), status.getVolumeCondition()));
  }

  static final Rpc<
          ControllerModifyVolume,
          Done,
          CsiProto.ControllerModifyVolumeRequest,
          CsiProto.ControllerModifyVolumeResponse>
      MODIFY_VOLUME =
          new Rpc.Unary<>(
              ControllerGrpc.getControllerModifyVolumeMethod(),
              call ->
                  CsiProto.ControllerModifyVolumeRequest.newBuilder()
                      .setVolumeId(call.volume().text())
                      .putAllSecrets(Parts.texts(call.secrets()))
                      .putAllMutableParams(call.mutableParameters())
                      .build(),
              message ->
                  new ControllerModifyVolume(
                      new VolumeId(message.getVolumeId()),
                      Parts.secrets(message.getSecretsMap()),
                      message.getMutableParamsMap()),
              _ -> CsiProto.ControllerModifyVolumeResponse.getDefaultInstance(),
              _ -> Done.DONE);
}
