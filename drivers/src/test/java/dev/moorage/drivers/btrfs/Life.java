package dev.moorage.drivers.btrfs;

import dev.moorage.base.Bytes;
import dev.moorage.csi.AccessMode;
import dev.moorage.csi.CapacityRange;
import dev.moorage.csi.ContentSource;
import dev.moorage.csi.ControllerExpandVolume;
import dev.moorage.csi.CreateSnapshot;
import dev.moorage.csi.CreateVolume;
import dev.moorage.csi.CsiCall;
import dev.moorage.csi.DeleteSnapshot;
import dev.moorage.csi.DeleteVolume;
import dev.moorage.csi.NodeGetVolumeStats;
import dev.moorage.csi.NodePublishVolume;
import dev.moorage.csi.NodeStageVolume;
import dev.moorage.csi.NodeUnpublishVolume;
import dev.moorage.csi.NodeUnstageVolume;
import dev.moorage.csi.Secrets;
import dev.moorage.csi.SnapshotId;
import dev.moorage.csi.TopologyRequirement;
import dev.moorage.csi.VolumeCapability;
import dev.moorage.csi.VolumeId;
import java.util.List;
import java.util.Map;

/// The calls of one volume's life, with a snapshot, a volume from that and a clone.
///
/// @param kubelet the folder that volumes are shown in
record Life(String kubelet) {
  static final Bytes SIZE = Bytes.mebi(64);
  static final Bytes LARGER = Bytes.mebi(96);
  static final VolumeId VOLUME = new VolumeId("pvc-1");
  static final VolumeId RESTORED = new VolumeId("restored");
  static final VolumeId CLONED = new VolumeId("cloned");
  static final SnapshotId SNAPSHOT = new SnapshotId("snap_s-1");
  private static final VolumeCapability SHARED =
      VolumeCapability.mount("btrfs", AccessMode.MULTI_NODE_MULTI_WRITER);

  String staging() {
    return kubelet + "/global";
  }

  String target(String pod) {
    return kubelet + "/" + pod + "/mount";
  }

  static CreateVolume create(VolumeId id, Bytes size, ContentSource source) {
    return new CreateVolume(
        id.text(),
        CapacityRange.atLeast(size),
        List.of(SHARED),
        Map.of(),
        Secrets.NONE,
        source,
        TopologyRequirement.NONE,
        Map.of());
  }

  CreateVolume create() {
    return create(VOLUME, SIZE, new ContentSource.Empty());
  }

  NodeStageVolume stage() {
    return new NodeStageVolume(VOLUME, Map.of(), staging(), SHARED, Secrets.NONE, Map.of());
  }

  NodePublishVolume publish(String pod, boolean readOnly) {
    return new NodePublishVolume(
        VOLUME, Map.of(), staging(), target(pod), SHARED, readOnly, Secrets.NONE, Map.of());
  }

  ControllerExpandVolume expand() {
    return new ControllerExpandVolume(VOLUME, CapacityRange.atLeast(LARGER), Secrets.NONE, SHARED);
  }

  CreateSnapshot snapshot() {
    return new CreateSnapshot(VOLUME, "s-1", Secrets.NONE, Map.of(), TopologyRequirement.NONE);
  }

  CreateVolume restore() {
    return create(RESTORED, LARGER, new ContentSource.Snapshot(SNAPSHOT));
  }

  CreateVolume copy() {
    return create(CLONED, LARGER, new ContentSource.Volume(VOLUME));
  }

  NodeGetVolumeStats stats(String pod) {
    return new NodeGetVolumeStats(VOLUME, target(pod), staging());
  }

  NodeUnpublishVolume unpublish(String pod) {
    return new NodeUnpublishVolume(VOLUME, target(pod));
  }

  static DeleteVolume delete(VolumeId id) {
    return new DeleteVolume(id, Secrets.NONE);
  }

  DeleteSnapshot deleteSnapshot() {
    return new DeleteSnapshot(SNAPSHOT, Secrets.NONE);
  }

  List<CsiCall<?>> up() {
    return List.of(
        create(),
        stage(),
        publish("pod-1", false),
        publish("pod-2", true),
        snapshot(),
        expand(),
        restore(),
        copy());
  }

  /// In an order that proves that copies stand alone.
  List<CsiCall<?>> down() {
    return List.of(
        unpublish("pod-1"),
        unpublish("pod-2"),
        new NodeUnstageVolume(VOLUME, staging()),
        delete(VOLUME),
        deleteSnapshot(),
        delete(RESTORED),
        delete(CLONED));
  }
}
