package dev.moorage.drivers.loop;

import dev.moorage.base.Bytes;
import dev.moorage.csi.AccessMode;
import dev.moorage.csi.CapacityRange;
import dev.moorage.csi.ContentSource;
import dev.moorage.csi.ControllerExpandVolume;
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
import java.util.List;
import java.util.Map;

/// The calls of one volume's life.
///
/// @param fsType `xfs` or `ext4`
record Life(String name, String fsType) {
  static final String NODE = "node-a";
  static final String KUBELET = "/kubelet";
  static final Bytes SIZE = Bytes.mebi(400);
  static final Bytes LARGER = Bytes.mebi(600);

  VolumeId id() {
    return new VolumeId(name);
  }

  String staging() {
    return KUBELET + "/plugins/" + name + "/globalmount";
  }

  String target(String pod) {
    return KUBELET + "/pods/" + pod + "/volumes/" + name + "/mount";
  }

  VolumeCapability capability() {
    return capability(AccessMode.SINGLE_NODE_MULTI_WRITER);
  }

  VolumeCapability capability(AccessMode mode) {
    return VolumeCapability.mount(fsType, mode);
  }

  CreateVolume create() {
    return create(CapacityRange.atLeast(SIZE), Map.of("label", "a-label"));
  }

  CreateVolume create(CapacityRange range, Map<String, String> parameters) {
    return new CreateVolume(
        name,
        range,
        List.of(capability()),
        parameters,
        Secrets.NONE,
        new ContentSource.Empty(),
        TopologyRequirement.NONE,
        Map.of());
  }

  /// A volume with a source's content.
  CreateVolume from(ContentSource source, Bytes size) {
    return new CreateVolume(
        name,
        CapacityRange.atLeast(size),
        List.of(capability()),
        Map.of("label", "a-label"),
        Secrets.NONE,
        source,
        TopologyRequirement.NONE,
        Map.of());
  }

  CreateSnapshot snapshot(String snapshot) {
    return new CreateSnapshot(id(), snapshot, Secrets.NONE, Map.of(), TopologyRequirement.NONE);
  }

  ControllerPublishVolume attach() {
    return attach(NODE, false);
  }

  ControllerPublishVolume attach(String node, boolean readOnly) {
    return new ControllerPublishVolume(
        id(), new NodeId(node), capability(), readOnly, Secrets.NONE, Map.of());
  }

  NodeStageVolume stage() {
    return stage(capability(), staging());
  }

  NodeStageVolume stage(VolumeCapability capability, String path) {
    return new NodeStageVolume(
        id(), Map.of("node", NODE), path, capability, Secrets.NONE, Map.of("label", "a-label"));
  }

  NodePublishVolume publish(String pod) {
    return publish(target(pod), capability(), false);
  }

  NodePublishVolume publish(String target, VolumeCapability capability, boolean readOnly) {
    return new NodePublishVolume(
        id(),
        Map.of("node", NODE),
        staging(),
        target,
        capability,
        readOnly,
        Secrets.NONE,
        Map.of("label", "a-label"));
  }

  ControllerExpandVolume expand(Bytes size) {
    return new ControllerExpandVolume(
        id(), CapacityRange.atLeast(size), Secrets.NONE, capability());
  }

  NodeExpandVolume expandOnNode(Bytes size) {
    return new NodeExpandVolume(
        id(), target("pod-1"), CapacityRange.atLeast(size), staging(), capability(), Secrets.NONE);
  }

  NodeUnpublishVolume unpublish(String pod) {
    return new NodeUnpublishVolume(id(), target(pod));
  }

  NodeUnstageVolume unstage() {
    return new NodeUnstageVolume(id(), staging());
  }

  ControllerUnpublishVolume detach() {
    return new ControllerUnpublishVolume(id(), new NodeId(NODE), Secrets.NONE);
  }

  DeleteVolume delete() {
    return new DeleteVolume(id(), Secrets.NONE);
  }

  /// From nothing to a grown volume in a pod.
  List<CsiCall<?>> up() {
    return List.of(
        create(), attach(), stage(), publish("pod-1"), expand(LARGER), expandOnNode(LARGER));
  }

  /// And back.
  List<CsiCall<?>> down() {
    return List.of(unpublish("pod-1"), unstage(), detach(), delete());
  }
}
