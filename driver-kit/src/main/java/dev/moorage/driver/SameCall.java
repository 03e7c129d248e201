package dev.moorage.driver;

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
import dev.moorage.csi.Secrets;
import dev.moorage.csi.ValidateVolumeCapabilities;
import java.util.Optional;

/// When two calls are one call made twice.
final class SameCall {
  private SameCall() {}

  /// All of a call but its secrets; empty for a call that changes nothing.
  static Optional<CsiCall<?>> key(CsiCall<?> call) {
    return switch (call) {
      case CreateVolume c ->
          Optional.of(
              new CreateVolume(
                  c.name(),
                  c.capacity(),
                  c.capabilities(),
                  c.parameters(),
                  Secrets.NONE,
                  c.source(),
                  c.accessibility(),
                  c.mutableParameters()));
      case DeleteVolume c -> Optional.of(new DeleteVolume(c.volume(), Secrets.NONE));
      case ControllerPublishVolume c ->
          Optional.of(
              new ControllerPublishVolume(
                  c.volume(),
                  c.node(),
                  c.capability(),
                  c.readOnly(),
                  Secrets.NONE,
                  c.volumeContext()));
      case ControllerUnpublishVolume c ->
          Optional.of(new ControllerUnpublishVolume(c.volume(), c.node(), Secrets.NONE));
      case ControllerExpandVolume c ->
          Optional.of(
              new ControllerExpandVolume(c.volume(), c.capacity(), Secrets.NONE, c.capability()));
      case ControllerModifyVolume c ->
          Optional.of(new ControllerModifyVolume(c.volume(), Secrets.NONE, c.mutableParameters()));
      case CreateSnapshot c ->
          Optional.of(
              new CreateSnapshot(
                  c.source(), c.name(), Secrets.NONE, c.parameters(), c.accessibility()));
      case DeleteSnapshot c -> Optional.of(new DeleteSnapshot(c.snapshot(), Secrets.NONE));
      case CreateVolumeGroupSnapshot c ->
          Optional.of(
              new CreateVolumeGroupSnapshot(c.name(), c.sources(), Secrets.NONE, c.parameters()));
      case DeleteVolumeGroupSnapshot c ->
          Optional.of(new DeleteVolumeGroupSnapshot(c.group(), c.snapshots(), Secrets.NONE));
      case NodeStageVolume c ->
          Optional.of(
              new NodeStageVolume(
                  c.volume(),
                  c.publishContext(),
                  c.stagingPath(),
                  c.capability(),
                  Secrets.NONE,
                  c.volumeContext()));
      case NodePublishVolume c ->
          Optional.of(
              new NodePublishVolume(
                  c.volume(),
                  c.publishContext(),
                  c.stagingPath(),
                  c.targetPath(),
                  c.capability(),
                  c.readOnly(),
                  Secrets.NONE,
                  c.volumeContext()));
      case NodeExpandVolume c ->
          Optional.of(
              new NodeExpandVolume(
                  c.volume(),
                  c.volumePath(),
                  c.capacity(),
                  c.stagingPath(),
                  c.capability(),
                  Secrets.NONE));
      case NodeUnstageVolume c -> Optional.of(c);
      case NodeUnpublishVolume c -> Optional.of(c);
      case GetPluginInfo _,
          GetPluginCapabilities _,
          Probe _,
          ValidateVolumeCapabilities _,
          ListVolumes _,
          GetCapacity _,
          ControllerGetCapabilities _,
          ListSnapshots _,
          GetSnapshot _,
          ControllerGetVolume _,
          ControllerListVolumeHealth _,
          ControllerGetVolumeHealth _,
          GroupControllerGetCapabilities _,
          GetVolumeGroupSnapshot _,
          GetMetadataAllocated _,
          GetMetadataDelta _,
          NodeGetVolumeStats _,
          NodeGetCapabilities _,
          NodeGetInfo _,
          NodeGetVolumeHealth _,
          NodeGetStorageHealth _ ->
          Optional.empty();
    };
  }
}
