package dev.moorage.csiwire;

import com.google.protobuf.BoolValue;
import csi.v1.CsiProto;
import csi.v1.IdentityGrpc;
import dev.moorage.csi.ControllerExpandVolume;
import dev.moorage.csi.ControllerGetCapabilities;
import dev.moorage.csi.ControllerGetVolume;
import dev.moorage.csi.ControllerGetVolumeHealth;
import dev.moorage.csi.ControllerListVolumeHealth;
import dev.moorage.csi.ControllerModifyVolume;
import dev.moorage.csi.ControllerPublishVolume;
import dev.moorage.csi.ControllerUnpublishVolume;
import dev.moorage.csi.CreateSnapshot;
import dev.moorage.csi.CreateVolume;
import dev.moorage.csi.CreateVolumeGroupSnapshot;
import dev.moorage.csi.CsiCall;
import dev.moorage.csi.DeleteSnapshot;
import dev.moorage.csi.DeleteVolume;
import dev.moorage.csi.DeleteVolumeGroupSnapshot;
import dev.moorage.csi.GetCapacity;
import dev.moorage.csi.GetMetadataAllocated;
import dev.moorage.csi.GetMetadataDelta;
import dev.moorage.csi.GetPluginCapabilities;
import dev.moorage.csi.GetPluginInfo;
import dev.moorage.csi.GetSnapshot;
import dev.moorage.csi.GetVolumeGroupSnapshot;
import dev.moorage.csi.GroupControllerGetCapabilities;
import dev.moorage.csi.ListSnapshots;
import dev.moorage.csi.ListVolumes;
import dev.moorage.csi.NodeExpandVolume;
import dev.moorage.csi.NodeGetCapabilities;
import dev.moorage.csi.NodeGetInfo;
import dev.moorage.csi.NodeGetStorageHealth;
import dev.moorage.csi.NodeGetVolumeHealth;
import dev.moorage.csi.NodeGetVolumeStats;
import dev.moorage.csi.NodePublishVolume;
import dev.moorage.csi.NodeStageVolume;
import dev.moorage.csi.NodeUnpublishVolume;
import dev.moorage.csi.NodeUnstageVolume;
import dev.moorage.csi.Probe;
import dev.moorage.csi.ValidateVolumeCapabilities;
import java.util.List;

/// Every rpc of the specification, with its mapping; those of the identity service stand here.
final class Rpcs {
  private Rpcs() {}

  static final Rpc<
          GetPluginInfo,
          GetPluginInfo.Answer,
          CsiProto.GetPluginInfoRequest,
          CsiProto.GetPluginInfoResponse>
      GET_PLUGIN_INFO =
          new Rpc.Unary<>(
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
      new Rpc.Unary<>(
          IdentityGrpc.getProbeMethod(),
          _ -> CsiProto.ProbeRequest.getDefaultInstance(),
          _ -> new Probe(),
          answer ->
              CsiProto.ProbeResponse.newBuilder().setReady(BoolValue.of(answer.ready())).build(),
          message -> new Probe.Answer(!message.hasReady() || message.getReady().getValue()));

  /// All rpcs, for the server.
  static final List<Rpc<?, ?, ?, ?>> ALL =
      List.of(
          GET_PLUGIN_INFO,
          Capabilities.PLUGIN,
          PROBE,
          ControllerRpcs.CREATE_VOLUME,
          ControllerRpcs.DELETE_VOLUME,
          ControllerRpcs.CONTROLLER_PUBLISH,
          ControllerRpcs.CONTROLLER_UNPUBLISH,
          ControllerRpcs.VALIDATE,
          ControllerRpcs.LIST_VOLUMES,
          ControllerRpcs.GET_CAPACITY,
          Capabilities.CONTROLLER,
          SnapshotRpcs.CREATE_SNAPSHOT,
          SnapshotRpcs.DELETE_SNAPSHOT,
          SnapshotRpcs.LIST_SNAPSHOTS,
          SnapshotRpcs.GET_SNAPSHOT,
          ControllerRpcs.CONTROLLER_EXPAND,
          ControllerRpcs.GET_VOLUME,
          ControllerRpcs.MODIFY_VOLUME,
          HealthRpcs.CONTROLLER_LIST,
          HealthRpcs.CONTROLLER_GET,
          Capabilities.GROUP_CONTROLLER,
          SnapshotRpcs.CREATE_GROUP,
          SnapshotRpcs.DELETE_GROUP,
          SnapshotRpcs.GET_GROUP,
          MetadataRpcs.ALLOCATED,
          MetadataRpcs.DELTA,
          NodeRpcs.NODE_STAGE,
          NodeRpcs.NODE_UNSTAGE,
          NodeRpcs.NODE_PUBLISH,
          NodeRpcs.NODE_UNPUBLISH,
          NodeRpcs.NODE_STATS,
          NodeRpcs.NODE_EXPAND,
          Capabilities.NODE,
          NodeRpcs.NODE_GET_INFO,
          HealthRpcs.NODE_VOLUME,
          HealthRpcs.NODE_STORAGE);

  /// The rpc of a call.
  static Rpc<?, ?, ?, ?> of(CsiCall<?> call) {
    return switch (call) {
      case GetPluginInfo _ -> GET_PLUGIN_INFO;
      case GetPluginCapabilities _ -> Capabilities.PLUGIN;
      case Probe _ -> PROBE;
      case CreateVolume _ -> ControllerRpcs.CREATE_VOLUME;
      case DeleteVolume _ -> ControllerRpcs.DELETE_VOLUME;
      case ControllerPublishVolume _ -> ControllerRpcs.CONTROLLER_PUBLISH;
      case ControllerUnpublishVolume _ -> ControllerRpcs.CONTROLLER_UNPUBLISH;
      case ValidateVolumeCapabilities _ -> ControllerRpcs.VALIDATE;
      case ListVolumes _ -> ControllerRpcs.LIST_VOLUMES;
      case GetCapacity _ -> ControllerRpcs.GET_CAPACITY;
      case ControllerGetCapabilities _ -> Capabilities.CONTROLLER;
      case CreateSnapshot _ -> SnapshotRpcs.CREATE_SNAPSHOT;
      case DeleteSnapshot _ -> SnapshotRpcs.DELETE_SNAPSHOT;
      case ListSnapshots _ -> SnapshotRpcs.LIST_SNAPSHOTS;
      case GetSnapshot _ -> SnapshotRpcs.GET_SNAPSHOT;
      case ControllerExpandVolume _ -> ControllerRpcs.CONTROLLER_EXPAND;
      case ControllerGetVolume _ -> ControllerRpcs.GET_VOLUME;
      case ControllerModifyVolume _ -> ControllerRpcs.MODIFY_VOLUME;
      case ControllerListVolumeHealth _ -> HealthRpcs.CONTROLLER_LIST;
      case ControllerGetVolumeHealth _ -> HealthRpcs.CONTROLLER_GET;
      case GroupControllerGetCapabilities _ -> Capabilities.GROUP_CONTROLLER;
      case CreateVolumeGroupSnapshot _ -> SnapshotRpcs.CREATE_GROUP;
      case DeleteVolumeGroupSnapshot _ -> SnapshotRpcs.DELETE_GROUP;
      case GetVolumeGroupSnapshot _ -> SnapshotRpcs.GET_GROUP;
      case GetMetadataAllocated _ -> MetadataRpcs.ALLOCATED;
      case GetMetadataDelta _ -> MetadataRpcs.DELTA;
      case NodeStageVolume _ -> NodeRpcs.NODE_STAGE;
      case NodeUnstageVolume _ -> NodeRpcs.NODE_UNSTAGE;
      case NodePublishVolume _ -> NodeRpcs.NODE_PUBLISH;
      case NodeUnpublishVolume _ -> NodeRpcs.NODE_UNPUBLISH;
      case NodeGetVolumeStats _ -> NodeRpcs.NODE_STATS;
      case NodeExpandVolume _ -> NodeRpcs.NODE_EXPAND;
      case NodeGetCapabilities _ -> Capabilities.NODE;
      case NodeGetInfo _ -> NodeRpcs.NODE_GET_INFO;
      case NodeGetVolumeHealth _ -> HealthRpcs.NODE_VOLUME;
      case NodeGetStorageHealth _ -> HealthRpcs.NODE_STORAGE;
    };
  }
}
