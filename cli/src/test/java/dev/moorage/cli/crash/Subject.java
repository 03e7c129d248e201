package dev.moorage.cli.crash;

import dev.moorage.base.Bytes;
import dev.moorage.csi.AccessMode;
import dev.moorage.csi.CapacityRange;
import dev.moorage.csi.ContentSource;
import dev.moorage.csi.ControllerExpandVolume;
import dev.moorage.csi.ControllerModifyVolume;
import dev.moorage.csi.ControllerPublishVolume;
import dev.moorage.csi.ControllerUnpublishVolume;
import dev.moorage.csi.CreateSnapshot;
import dev.moorage.csi.CreateVolume;
import dev.moorage.csi.CsiCall;
import dev.moorage.csi.DeleteVolume;
import dev.moorage.csi.NodeExpandVolume;
import dev.moorage.csi.NodeId;
import dev.moorage.csi.NodePublishVolume;
import dev.moorage.csi.NodeStageVolume;
import dev.moorage.csi.NodeUnpublishVolume;
import dev.moorage.csi.NodeUnstageVolume;
import dev.moorage.csi.Secrets;
import dev.moorage.csi.TopologyRequirement;
import dev.moorage.csi.VolumeCapability;
import dev.moorage.csi.VolumeId;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// The calls of one volume.
///
/// @param kubelet the folder of its paths
/// @param use a filesystem's type, or `block`
record Subject(String name, Path kubelet, String use) {
  static final String BLOCK = "block";
  private static final Map<String, String> CONTEXT = Map.of("node", MortalDriver.NODE);

  VolumeId id() {
    return new VolumeId(name);
  }

  /// Little more than the tools insist on.
  Bytes size() {
    return switch (use) {
      case "xfs" -> Bytes.mebi(300);
      case "btrfs" -> Bytes.mebi(256);
      default -> Bytes.mebi(32);
    };
  }

  Bytes larger() {
    return size().plus(Bytes.mebi(64));
  }

  Path staging() {
    return kubelet.resolve(name + "-staging");
  }

  Path target() {
    return kubelet.resolve(name);
  }

  VolumeCapability capability() {
    return use.equals(BLOCK)
        ? new VolumeCapability(
            new VolumeCapability.Access.Block(), AccessMode.SINGLE_NODE_MULTI_WRITER)
        : VolumeCapability.mount(use, AccessMode.SINGLE_NODE_MULTI_WRITER);
  }

  CreateVolume create() {
    return create(new ContentSource.Empty(), size(), Map.of());
  }

  CreateVolume thin() {
    return create(new ContentSource.Empty(), size(), Map.of("provisioning", "thin"));
  }

  CreateVolume from(ContentSource source, Bytes size) {
    return create(source, size, Map.of());
  }

  private CreateVolume create(ContentSource source, Bytes size, Map<String, String> parameters) {
    return new CreateVolume(
        name,
        CapacityRange.atLeast(size),
        List.of(capability()),
        parameters,
        Secrets.NONE,
        source,
        TopologyRequirement.NONE,
        Map.of());
  }

  CreateSnapshot snapshot(String snapshot) {
    return new CreateSnapshot(id(), snapshot, Secrets.NONE, Map.of(), TopologyRequirement.NONE);
  }

  ControllerPublishVolume attach() {
    return new ControllerPublishVolume(
        id(), new NodeId(MortalDriver.NODE), capability(), false, Secrets.NONE, Map.of());
  }

  NodeStageVolume stage() {
    return new NodeStageVolume(
        id(), CONTEXT, staging().toString(), capability(), Secrets.NONE, Map.of());
  }

  NodePublishVolume publish(boolean readOnly) {
    return new NodePublishVolume(
        id(),
        CONTEXT,
        staging().toString(),
        target().toString(),
        capability(),
        readOnly,
        Secrets.NONE,
        Map.of());
  }

  /// Made, staged and published in one call.
  NodePublishVolume publishInline() {
    return new NodePublishVolume(
        id(),
        Map.of(),
        "",
        target().toString(),
        capability(),
        false,
        Secrets.NONE,
        Map.of("csi.storage.k8s.io/ephemeral", "true", "size", Long.toString(size().count())));
  }

  ControllerExpandVolume expand() {
    return new ControllerExpandVolume(
        id(), CapacityRange.atLeast(larger()), Secrets.NONE, capability());
  }

  NodeExpandVolume expandOnNode() {
    return new NodeExpandVolume(
        id(),
        target().toString(),
        CapacityRange.atLeast(larger()),
        staging().toString(),
        capability(),
        Secrets.NONE);
  }

  ControllerModifyVolume modify(Map<String, String> parameters) {
    return new ControllerModifyVolume(id(), Secrets.NONE, parameters);
  }

  NodeUnpublishVolume unpublish() {
    return new NodeUnpublishVolume(id(), target().toString());
  }

  NodeUnstageVolume unstage() {
    return new NodeUnstageVolume(id(), staging().toString());
  }

  ControllerUnpublishVolume detach() {
    return new ControllerUnpublishVolume(id(), new NodeId(MortalDriver.NODE), Secrets.NONE);
  }

  DeleteVolume delete() {
    return new DeleteVolume(id(), Secrets.NONE);
  }

  /// From attach to publish.
  List<CsiCall<?>> show() {
    return List.of(attach(), stage(), publish(false));
  }

  /// From unpublish to detach.
  List<CsiCall<?>> hide() {
    return List.of(unpublish(), unstage(), detach());
  }
}
