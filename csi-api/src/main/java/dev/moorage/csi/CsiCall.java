package dev.moorage.csi;

/// One call of the Container Storage Interface, as a value. `toString` of every call shows no
/// secret.
///
/// A server answers `call.answer().cast(answer(call))` over one private method with an exhaustive
/// switch.
///
/// @param <R> the answer
public sealed interface CsiCall<R>
    permits GetPluginInfo,
        GetPluginCapabilities,
        Probe,
        CreateVolume,
        DeleteVolume,
        ControllerPublishVolume,
        ControllerUnpublishVolume,
        ValidateVolumeCapabilities,
        ListVolumes,
        GetCapacity,
        ControllerGetCapabilities,
        CreateSnapshot,
        DeleteSnapshot,
        ListSnapshots,
        GetSnapshot,
        ControllerExpandVolume,
        ControllerGetVolume,
        ControllerModifyVolume,
        ControllerListVolumeHealth,
        ControllerGetVolumeHealth,
        GroupControllerGetCapabilities,
        CreateVolumeGroupSnapshot,
        DeleteVolumeGroupSnapshot,
        GetVolumeGroupSnapshot,
        GetMetadataAllocated,
        GetMetadataDelta,
        NodeStageVolume,
        NodeUnstageVolume,
        NodePublishVolume,
        NodeUnpublishVolume,
        NodeGetVolumeStats,
        NodeExpandVolume,
        NodeGetCapabilities,
        NodeGetInfo,
        NodeGetVolumeHealth,
        NodeGetStorageHealth {

  /// The answer's class.
  Class<R> answer();

  /// The rpc's name, as the specification spells it.
  default String rpc() {
    return getClass().getSimpleName();
  }

  /// What the call is about, for journals and messages: the volume's name or id, or empty.
  default String subject() {
    return "";
  }
}
