package dev.moorage.conformance;

import static dev.moorage.csi.ControllerGetCapabilities.Capability.CREATE_DELETE_SNAPSHOT;
import static dev.moorage.csi.ControllerGetCapabilities.Capability.EXPAND_VOLUME;
import static dev.moorage.csi.ControllerGetCapabilities.Capability.GET_CAPACITY;
import static dev.moorage.csi.ControllerGetCapabilities.Capability.GET_SNAPSHOT;
import static dev.moorage.csi.ControllerGetCapabilities.Capability.GET_VOLUME;
import static dev.moorage.csi.ControllerGetCapabilities.Capability.GET_VOLUME_HEALTH;
import static dev.moorage.csi.ControllerGetCapabilities.Capability.LIST_SNAPSHOTS;
import static dev.moorage.csi.ControllerGetCapabilities.Capability.LIST_VOLUMES;
import static dev.moorage.csi.ControllerGetCapabilities.Capability.LIST_VOLUME_HEALTH;
import static dev.moorage.csi.ControllerGetCapabilities.Capability.MODIFY_VOLUME;
import static dev.moorage.csi.ControllerGetCapabilities.Capability.PUBLISH_UNPUBLISH_VOLUME;
import static dev.moorage.csi.CsiException.Code.UNIMPLEMENTED;

import dev.moorage.base.Bytes;
import dev.moorage.csi.AccessMode;
import dev.moorage.csi.CapacityRange;
import dev.moorage.csi.ControllerExpandVolume;
import dev.moorage.csi.ControllerGetVolume;
import dev.moorage.csi.ControllerGetVolumeHealth;
import dev.moorage.csi.ControllerListVolumeHealth;
import dev.moorage.csi.ControllerPublishVolume;
import dev.moorage.csi.ControllerUnpublishVolume;
import dev.moorage.csi.CreateSnapshot;
import dev.moorage.csi.CsiCall;
import dev.moorage.csi.GetCapacity;
import dev.moorage.csi.ListSnapshots;
import dev.moorage.csi.ListVolumes;
import dev.moorage.csi.NodeExpandVolume;
import dev.moorage.csi.NodeGetCapabilities;
import dev.moorage.csi.NodeGetStorageHealth;
import dev.moorage.csi.NodeGetVolumeHealth;
import dev.moorage.csi.NodeGetVolumeStats;
import dev.moorage.csi.NodeId;
import dev.moorage.csi.NodeStageVolume;
import dev.moorage.csi.NodeUnstageVolume;
import dev.moorage.csi.Secrets;
import dev.moorage.csi.SnapshotId;
import dev.moorage.csi.Topology;
import dev.moorage.csi.TopologyRequirement;
import dev.moorage.csi.VolumeCapability;
import dev.moorage.csi.VolumeId;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/// What a driver does not advertise it answers with UNIMPLEMENTED: callers would retry anything
/// else.
final class HonestyChecks {
  private HonestyChecks() {}

  static List<Check> all() {
    var topic = new Topic("unimplemented", "CSI specification, RPC Interface: unsupported calls");
    asked(topic, "ListVolumes", new Need.Lacking(LIST_VOLUMES), b -> new ListVolumes(0, ""));
    asked(
        topic,
        "GetCapacity",
        new Need.Lacking(GET_CAPACITY),
        b -> new GetCapacity(List.of(), Map.of(), Topology.NONE));
    asked(
        topic,
        "ControllerGetVolume",
        new Need.Lacking(GET_VOLUME),
        b -> new ControllerGetVolume(volume(b)));
    asked(
        topic,
        "ListSnapshots",
        new Need.Lacking(LIST_SNAPSHOTS),
        b -> new ListSnapshots(0, "", new VolumeId(""), new SnapshotId(""), Secrets.NONE));
    asked(
        topic,
        "GetSnapshot",
        new Need.Lacking(GET_SNAPSHOT),
        b -> ListSnapshotsChecks.get(b, new SnapshotId(b.name("none"))));
    asked(
        topic, "CreateSnapshot", new Need.Lacking(CREATE_DELETE_SNAPSHOT), HonestyChecks::snapshot);
    asked(
        topic,
        "DeleteSnapshot",
        new Need.Lacking(CREATE_DELETE_SNAPSHOT),
        b -> SnapshotChecks.delete(b, b.name("none")));
    asked(topic, "ControllerExpandVolume", new Need.Lacking(EXPAND_VOLUME), HonestyChecks::expand);
    asked(
        topic,
        "ControllerModifyVolume",
        new Need.Lacking(MODIFY_VOLUME),
        b -> ModifyChecks.modify(b, b.name("none"), Map.of("a", "b")));
    asked(
        topic,
        "ControllerPublishVolume",
        new Need.Lacking(PUBLISH_UNPUBLISH_VOLUME),
        HonestyChecks::attach);
    asked(
        topic,
        "ControllerUnpublishVolume",
        new Need.Lacking(PUBLISH_UNPUBLISH_VOLUME),
        b -> new ControllerUnpublishVolume(volume(b), new NodeId(""), Secrets.NONE));
    asked(
        topic,
        "NodeStageVolume",
        new Need.LackingHere(NodeGetCapabilities.Capability.STAGE_UNSTAGE_VOLUME),
        HonestyChecks::stage);
    asked(
        topic,
        "NodeUnstageVolume",
        new Need.LackingHere(NodeGetCapabilities.Capability.STAGE_UNSTAGE_VOLUME),
        b -> new NodeUnstageVolume(volume(b), b.paths().staging("x")));
    asked(
        topic,
        "NodeGetVolumeStats",
        new Need.LackingHere(NodeGetCapabilities.Capability.GET_VOLUME_STATS),
        b -> new NodeGetVolumeStats(volume(b), b.paths().folder(), ""));
    asked(
        topic,
        "NodeExpandVolume",
        new Need.LackingHere(NodeGetCapabilities.Capability.EXPAND_VOLUME),
        HonestyChecks::expandHere);
    asked(
        topic,
        "ControllerGetVolumeHealth",
        new Need.Lacking(GET_VOLUME_HEALTH),
        b -> new ControllerGetVolumeHealth(volume(b), Secrets.NONE));
    asked(
        topic,
        "ControllerListVolumeHealth",
        new Need.Lacking(LIST_VOLUME_HEALTH),
        b -> new ControllerListVolumeHealth(0, "", Secrets.NONE));
    asked(
        topic,
        "NodeGetVolumeHealth",
        new Need.LackingHere(NodeGetCapabilities.Capability.GET_VOLUME_HEALTH),
        b -> new NodeGetVolumeHealth(volume(b), b.paths().folder() + "/x", ""));
    asked(
        topic,
        "NodeGetStorageHealth",
        new Need.LackingHere(NodeGetCapabilities.Capability.GET_STORAGE_HEALTH),
        b -> new NodeGetStorageHealth(Secrets.NONE));
    return topic.list();
  }

  private static void asked(
      Topic topic, String rpc, Need lacking, Function<Bench, CsiCall<?>> call) {
    topic.add(
        rpc,
        "Who does not advertise " + rpc + " answers it with UNIMPLEMENTED.",
        b -> b.refused(call.apply(b), UNIMPLEMENTED),
        lacking);
  }

  private static VolumeId volume(Bench b) {
    return new VolumeId(b.name("none"));
  }

  private static CsiCall<?> snapshot(Bench b) {
    return new CreateSnapshot(
        volume(b), b.name("s"), Secrets.NONE, Map.of(), TopologyRequirement.NONE);
  }

  private static CsiCall<?> expand(Bench b) {
    return new ControllerExpandVolume(
        volume(b),
        CapacityRange.atLeast(Bytes.gibi(1)),
        Secrets.NONE,
        VolumeCapability.mount("", AccessMode.SINGLE_NODE_WRITER));
  }

  private static CsiCall<?> expandHere(Bench b) {
    return new NodeExpandVolume(
        volume(b),
        b.paths().folder() + "/x",
        CapacityRange.atLeast(Bytes.gibi(1)),
        "",
        b.volume("a").capability(),
        Secrets.NONE);
  }

  private static CsiCall<?> attach(Bench b) {
    return new ControllerPublishVolume(
        volume(b),
        new NodeId(b.name("node")),
        b.volume("a").capability(),
        false,
        Secrets.NONE,
        Map.of());
  }

  private static CsiCall<?> stage(Bench b) {
    return new NodeStageVolume(
        volume(b),
        Map.of(),
        b.paths().staging("x"),
        b.volume("a").capability(),
        Secrets.NONE,
        Map.of());
  }
}
