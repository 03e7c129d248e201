package dev.moorage.csiwire.fuzz;

import com.google.protobuf.Message;
import csi.v1.CsiProto.CapacityRange;
import csi.v1.CsiProto.ControllerExpandVolumeRequest;
import csi.v1.CsiProto.ControllerGetVolumeHealthRequest;
import csi.v1.CsiProto.ControllerGetVolumeRequest;
import csi.v1.CsiProto.ControllerListVolumeHealthRequest;
import csi.v1.CsiProto.ControllerModifyVolumeRequest;
import csi.v1.CsiProto.ControllerPublishVolumeRequest;
import csi.v1.CsiProto.ControllerUnpublishVolumeRequest;
import csi.v1.CsiProto.CreateSnapshotRequest;
import csi.v1.CsiProto.CreateVolumeGroupSnapshotRequest;
import csi.v1.CsiProto.CreateVolumeRequest;
import csi.v1.CsiProto.DeleteSnapshotRequest;
import csi.v1.CsiProto.DeleteVolumeGroupSnapshotRequest;
import csi.v1.CsiProto.DeleteVolumeRequest;
import csi.v1.CsiProto.GetCapacityRequest;
import csi.v1.CsiProto.GetMetadataAllocatedRequest;
import csi.v1.CsiProto.GetMetadataDeltaRequest;
import csi.v1.CsiProto.GetSnapshotRequest;
import csi.v1.CsiProto.GetVolumeGroupSnapshotRequest;
import csi.v1.CsiProto.ListSnapshotsRequest;
import csi.v1.CsiProto.ListVolumesRequest;
import csi.v1.CsiProto.NodeExpandVolumeRequest;
import csi.v1.CsiProto.NodeGetVolumeHealthRequest;
import csi.v1.CsiProto.NodeGetVolumeStatsRequest;
import csi.v1.CsiProto.NodePublishVolumeRequest;
import csi.v1.CsiProto.NodeStageVolumeRequest;
import csi.v1.CsiProto.NodeUnpublishVolumeRequest;
import csi.v1.CsiProto.NodeUnstageVolumeRequest;
import csi.v1.CsiProto.Topology;
import csi.v1.CsiProto.TopologyRequirement;
import csi.v1.CsiProto.ValidateVolumeCapabilitiesRequest;
import csi.v1.CsiProto.VolumeCapability;
import csi.v1.CsiProto.VolumeContentSource;
import dev.moorage.csiwire.fuzz.World.Vol;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Makes requests that fit what exists, more or less.
record Requests(Dice dice, World world, Place place) {
  static final String SECRET = "pl4nted-secret";
  static final String FLAG = "context=pl4nted-flag";

  private static final String GHOST = "no-such-id";

  /// How often each rpc is called, of about 130.
  private static final Map<String, Integer> WEIGHTS =
      new TreeMap<>(
          Map.ofEntries(
              Map.entry("CreateVolume", 12),
              Map.entry("DeleteVolume", 7),
              Map.entry("ControllerPublishVolume", 9),
              Map.entry("ControllerUnpublishVolume", 6),
              Map.entry("NodeStageVolume", 10),
              Map.entry("NodeUnstageVolume", 6),
              Map.entry("NodePublishVolume", 11),
              Map.entry("NodeUnpublishVolume", 8),
              Map.entry("CreateSnapshot", 6),
              Map.entry("DeleteSnapshot", 5),
              Map.entry("ControllerExpandVolume", 4),
              Map.entry("NodeExpandVolume", 4),
              Map.entry("ControllerModifyVolume", 4),
              Map.entry("NodeGetVolumeStats", 4),
              Map.entry("CreateVolumeGroupSnapshot", 3),
              Map.entry("DeleteVolumeGroupSnapshot", 3)));

  /// A rpc's name.
  String rpc(List<String> all) {
    int sum = all.stream().mapToInt(name -> WEIGHTS.getOrDefault(name, 2)).sum();
    int left = dice.below(sum);
    for (var name : all) {
      left -= WEIGHTS.getOrDefault(name, 2);
      if (left < 0) return name;
    }
    throw new IllegalStateException("no rpc");
  }

  Message request(String rpc, Message empty) {
    return switch (rpc) {
      case "CreateVolume" -> createVolume();
      case "DeleteVolume" ->
          DeleteVolumeRequest.newBuilder().setVolumeId(id()).putAllSecrets(secrets()).build();
      case "ControllerPublishVolume" -> publish();
      case "ControllerUnpublishVolume" ->
          ControllerUnpublishVolumeRequest.newBuilder()
              .setVolumeId(id())
              .setNodeId(dice.of(place.node(), place.node(), "", "other-node"))
              .putAllSecrets(secrets())
              .build();
      case "ValidateVolumeCapabilities" -> validate();
      case "ListVolumes" ->
          ListVolumesRequest.newBuilder().setMaxEntries(most()).setStartingToken(token()).build();
      case "GetCapacity" -> capacity();
      case "ControllerGetVolume" ->
          ControllerGetVolumeRequest.newBuilder().setVolumeId(id()).build();
      case "ControllerModifyVolume" ->
          ControllerModifyVolumeRequest.newBuilder()
              .setVolumeId(id())
              .putAllMutableParams(mutable())
              .build();
      case "ControllerExpandVolume" -> expand();
      case "CreateSnapshot" -> createSnapshot();
      case "DeleteSnapshot" ->
          DeleteSnapshotRequest.newBuilder()
              .setSnapshotId(snapshot())
              .putAllSecrets(secrets())
              .build();
      case "ListSnapshots" -> listSnapshots();
      case "GetSnapshot" -> GetSnapshotRequest.newBuilder().setSnapshotId(snapshot()).build();
      case "CreateVolumeGroupSnapshot" -> createGroup();
      case "DeleteVolumeGroupSnapshot" -> deleteGroup();
      case "GetVolumeGroupSnapshot" -> getGroup();
      case "GetMetadataAllocated" ->
          GetMetadataAllocatedRequest.newBuilder()
              .setSnapshotId(snapshot())
              .setStartingOffset(dice.of(0L, 4096L, 1L << 20))
              .setMaxResults(most())
              .build();
      case "GetMetadataDelta" ->
          GetMetadataDeltaRequest.newBuilder()
              .setBaseSnapshotId(snapshot())
              .setTargetSnapshotId(snapshot())
              .setStartingOffset(dice.of(0L, 4096L))
              .setMaxResults(most())
              .build();
      case "ControllerListVolumeHealth" ->
          ControllerListVolumeHealthRequest.newBuilder()
              .setMaxEntries(most())
              .setStartingToken(token())
              .build();
      case "ControllerGetVolumeHealth" ->
          ControllerGetVolumeHealthRequest.newBuilder().setVolumeId(id()).build();
      case "NodeStageVolume" -> stage();
      case "NodeUnstageVolume" -> unstage();
      case "NodePublishVolume" -> dice.happens(0.06) ? inline() : nodePublish();
      case "NodeUnpublishVolume" -> unpublish();
      case "NodeGetVolumeStats" -> stats();
      case "NodeExpandVolume" -> nodeExpand();
      case "NodeGetVolumeHealth" ->
          NodeGetVolumeHealthRequest.newBuilder()
              .setVolumeId(id())
              .setVolumePublishPath(place.target(slot()))
              .setStagingTargetPath(place.staging(slot()))
              .build();
      default -> empty;
    };
  }

  private Map<String, String> secrets() {
    return dice.happens(0.3) ? Map.of("password", SECRET) : Map.of();
  }

  private int slot() {
    return dice.below(Place.SLOTS);
  }

  private String id() {
    return dice.happens(0.08) ? GHOST : dice.of(world.volumes.keySet(), GHOST);
  }

  private String snapshot() {
    return dice.happens(0.08) ? GHOST : dice.of(world.snapshots.keySet(), GHOST);
  }

  private int most() {
    return dice.of(0, 0, 0, 1, 2, 1000);
  }

  private String token() {
    return dice.happens(0.6) ? "" : dice.of(world.tokens, "no-token");
  }

  private CapacityRange range() {
    long size = dice.of(place.sizes());
    var range = CapacityRange.newBuilder().setRequiredBytes(size);
    if (dice.happens(0.2)) range.setLimitBytes(size * dice.of(1, 2, 4));
    return range.build();
  }

  private VolumeCapability capability() {
    var mode =
        VolumeCapability.AccessMode.newBuilder()
            .setModeValue(dice.happens(0.7) ? 1 : 1 + dice.below(7));
    var capability = VolumeCapability.newBuilder().setAccessMode(mode);
    if (dice.happens(0.25))
      return capability.setBlock(VolumeCapability.BlockVolume.getDefaultInstance()).build();
    var mount = VolumeCapability.MountVolume.newBuilder().setFsType(dice.of(place.fsTypes()));
    if (dice.happens(0.1)) mount.addMountFlags(dice.of("noatime", "ro", "discard"));
    if (dice.happens(0.03)) mount.addMountFlags(FLAG);
    return capability.setMount(mount).build();
  }

  private Map<String, String> parameters() {
    return dice.of(
        List.of(
            Map.<String, String>of(),
            Map.<String, String>of(),
            Map.<String, String>of(),
            Map.of("provisioning", "thin"),
            Map.of("provisioning", "thick", "label", "data"),
            Map.of("csi.storage.k8s.io/pvc/name", "claim"),
            Map.of("ext4.inodeRatio", "65536"),
            Map.of("unknown", "x")));
  }

  private Map<String, String> mutable() {
    return dice.of(
        List.of(
            Map.of("discard", "off"),
            Map.of("discard", "off"),
            Map.of("discard", "on"),
            Map.of("reserve", "full"),
            Map.of("reserve", "none"),
            Map.of("nonsense", "1")));
  }

  private Message createVolume() {
    if (dice.happens(0.1) && !world.volumes.isEmpty()) return dice.of(world.all()).made;
    var request =
        CreateVolumeRequest.newBuilder()
            .setName(dice.of(World.NAMES))
            .putAllParameters(parameters())
            .putAllSecrets(secrets())
            .addVolumeCapabilities(capability());
    if (dice.happens(0.9)) request.setCapacityRange(range());
    if (dice.happens(0.1)) request.putAllMutableParams(mutable());
    if (dice.happens(0.2)) source(request);
    if (dice.happens(0.1)) request.setAccessibilityRequirements(topology());
    return request.build();
  }

  private void source(CreateVolumeRequest.Builder request) {
    var source = VolumeContentSource.newBuilder();
    var found = world.volumes.get(id());
    if (dice.happens(0.5) || found == null) {
      source.setSnapshot(VolumeContentSource.SnapshotSource.newBuilder().setSnapshotId(snapshot()));
    } else {
      source.setVolume(VolumeContentSource.VolumeSource.newBuilder().setVolumeId(found.id));
      if (dice.happens(0.8)) request.setVolumeCapabilities(0, found.capability());
    }
    if (dice.happens(0.6)) request.clearCapacityRange();
    request.setVolumeContentSource(source);
  }

  private TopologyRequirement topology() {
    var here =
        Topology.newBuilder()
            .putSegments("topology.loop.moorage.dev/node", dice.of(place.node(), "elsewhere"));
    return TopologyRequirement.newBuilder().addRequisite(here).build();
  }

  private Message publish() {
    var id = id();
    return ControllerPublishVolumeRequest.newBuilder()
        .setVolumeId(id)
        .setNodeId(dice.happens(0.95) ? place.node() : "other-node")
        .setVolumeCapability(capabilityOf(id))
        .setReadonly(dice.happens(0.1))
        .putAllSecrets(secrets())
        .build();
  }

  private VolumeCapability capabilityOf(String id) {
    var vol = world.volumes.get(id);
    return vol == null || dice.happens(0.08) ? capability() : vol.capability();
  }

  private Message validate() {
    var id = id();
    return ValidateVolumeCapabilitiesRequest.newBuilder()
        .setVolumeId(id)
        .addVolumeCapabilities(capabilityOf(id))
        .putAllParameters(parameters())
        .build();
  }

  private Message capacity() {
    var request = GetCapacityRequest.newBuilder().putAllParameters(parameters());
    if (dice.happens(0.5)) request.addVolumeCapabilities(capability());
    return request.build();
  }

  private Message expand() {
    var id = id();
    var request =
        ControllerExpandVolumeRequest.newBuilder().setVolumeId(id).setCapacityRange(range(id));
    if (dice.happens(0.5)) request.setVolumeCapability(capabilityOf(id));
    return request.build();
  }

  private CapacityRange range(String id) {
    var vol = world.volumes.get(id);
    if (vol == null || dice.happens(0.3)) return range();
    return CapacityRange.newBuilder()
        .setRequiredBytes(vol.size + dice.of(0L, 1L, 4L << 20, -1L))
        .build();
  }

  private Message createSnapshot() {
    return CreateSnapshotRequest.newBuilder()
        .setName(dice.of(World.NAMES))
        .setSourceVolumeId(id())
        .putAllSecrets(secrets())
        .build();
  }

  private Message listSnapshots() {
    var request = ListSnapshotsRequest.newBuilder().setMaxEntries(most()).setStartingToken(token());
    if (dice.happens(0.3)) request.setSnapshotId(snapshot());
    if (dice.happens(0.3)) request.setSourceVolumeId(id());
    return request.build();
  }

  private Message createGroup() {
    var sources = new ArrayList<>(world.volumes.keySet());
    if (sources.size() > 2) sources.subList(2, sources.size()).clear();
    if (dice.happens(0.1)) sources.add(GHOST);
    return CreateVolumeGroupSnapshotRequest.newBuilder()
        .setName(dice.of("group-0", "../group", "Gruppe ß"))
        .addAllSourceVolumeIds(sources)
        .build();
  }

  private Message deleteGroup() {
    var group = dice.of(world.groups.values(), new World.GroupSnap(GHOST, "", none(), none()));
    return DeleteVolumeGroupSnapshotRequest.newBuilder()
        .setGroupSnapshotId(group.id())
        .addAllSnapshotIds(group.members())
        .build();
  }

  private Message getGroup() {
    var group = dice.of(world.groups.values(), new World.GroupSnap(GHOST, "", none(), none()));
    return GetVolumeGroupSnapshotRequest.newBuilder()
        .setGroupSnapshotId(group.id())
        .addAllSnapshotIds(group.members())
        .build();
  }

  private static java.util.TreeSet<String> none() {
    return new java.util.TreeSet<>(List.of("x"));
  }

  private Message stage() {
    var published = world.all().stream().filter(vol -> vol.published != null).toList();
    if (published.isEmpty() || dice.happens(0.1)) return staged(id(), place.staging(slot()));
    var vol = dice.of(published);
    var path =
        vol.staged != null && dice.happens(0.7)
            ? vol.staged.getStagingTargetPath()
            : place.staging(slot());
    return staged(vol.id, path);
  }

  private Message staged(String id, String path) {
    var request =
        NodeStageVolumeRequest.newBuilder()
            .setVolumeId(id)
            .setStagingTargetPath(path)
            .setVolumeCapability(capabilityOf(id))
            .putAllSecrets(secrets());
    var vol = world.volumes.get(id);
    if (vol != null && vol.published != null) request.putAllPublishContext(vol.published.context());
    return request.build();
  }

  private List<Vol> staged() {
    return world.all().stream().filter(vol -> vol.staged != null).toList();
  }

  private Message unstage() {
    var staged = staged();
    var request = NodeUnstageVolumeRequest.newBuilder();
    if (staged.isEmpty() || dice.happens(0.15))
      return request.setVolumeId(id()).setStagingTargetPath(place.staging(slot())).build();
    var vol = dice.of(staged);
    return request.setVolumeId(vol.id).setStagingTargetPath(path(vol)).build();
  }

  private static String path(Vol vol) {
    return vol.staged == null ? "" : vol.staged.getStagingTargetPath();
  }

  private Message nodePublish() {
    var staged = staged();
    var request =
        NodePublishVolumeRequest.newBuilder()
            .setTargetPath(place.target(slot()))
            .setReadonly(dice.happens(0.15))
            .putAllSecrets(secrets());
    if (staged.isEmpty() || dice.happens(0.1)) {
      var id = id();
      return request
          .setVolumeId(id)
          .setStagingTargetPath(place.staging(slot()))
          .setVolumeCapability(capabilityOf(id))
          .build();
    }
    var vol = dice.of(staged);
    if (dice.happens(0.3)) request.setTargetPath(dice.of(vol.targets.keySet(), place.target(0)));
    return request
        .setVolumeId(vol.id)
        .setStagingTargetPath(path(vol))
        .setVolumeCapability(
            vol.staged == null || dice.happens(0.1)
                ? capabilityOf(vol.id)
                : vol.staged.getVolumeCapability())
        .build();
  }

  private Message inline() {
    return NodePublishVolumeRequest.newBuilder()
        .setVolumeId(dice.of("csi-inline-1", "csi-inline-2", "../inline"))
        .setTargetPath(place.target(slot()))
        .setVolumeCapability(capability())
        .putVolumeContext("csi.storage.k8s.io/ephemeral", "true")
        .putVolumeContext("size", dice.of("16Mi", "320Mi", "1Gi", "-5", "10", "huge"))
        .build();
  }

  private Message unpublish() {
    var request = NodeUnpublishVolumeRequest.newBuilder();
    if (!world.inline.isEmpty() && dice.happens(0.4)) {
      var id = dice.of(world.inline.keySet());
      return request.setVolumeId(id).setTargetPath(world.inline.getOrDefault(id, "")).build();
    }
    var shown = world.all().stream().filter(vol -> !vol.targets.isEmpty()).toList();
    if (shown.isEmpty() || dice.happens(0.15))
      return request.setVolumeId(id()).setTargetPath(place.target(slot())).build();
    var vol = dice.of(shown);
    return request.setVolumeId(vol.id).setTargetPath(dice.of(vol.targets.keySet())).build();
  }

  private Message stats() {
    var request = NodeGetVolumeStatsRequest.newBuilder();
    var staged = staged();
    if (staged.isEmpty() || dice.happens(0.15))
      return request.setVolumeId(id()).setVolumePath(place.target(slot())).build();
    var vol = dice.of(staged);
    return request
        .setVolumeId(vol.id)
        .setVolumePath(dice.of(vol.targets.keySet(), path(vol)))
        .build();
  }

  private Message nodeExpand() {
    var request = NodeExpandVolumeRequest.newBuilder();
    var staged = staged();
    if (staged.isEmpty() || dice.happens(0.15))
      return request.setVolumeId(id()).setVolumePath(place.target(slot())).build();
    var vol = dice.of(staged);
    request.setVolumeId(vol.id).setVolumePath(dice.of(vol.targets.keySet(), path(vol)));
    if (dice.happens(0.5))
      request.setCapacityRange(CapacityRange.newBuilder().setRequiredBytes(vol.size));
    if (dice.happens(0.5)) request.setVolumeCapability(capabilityOf(vol.id));
    return request.build();
  }
}
