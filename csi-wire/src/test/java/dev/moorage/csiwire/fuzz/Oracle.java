package dev.moorage.csiwire.fuzz;

import static io.grpc.Status.Code.ABORTED;
import static io.grpc.Status.Code.ALREADY_EXISTS;
import static io.grpc.Status.Code.FAILED_PRECONDITION;
import static io.grpc.Status.Code.INVALID_ARGUMENT;
import static io.grpc.Status.Code.NOT_FOUND;
import static io.grpc.Status.Code.OK;
import static io.grpc.Status.Code.OUT_OF_RANGE;
import static io.grpc.Status.Code.RESOURCE_EXHAUSTED;
import static io.grpc.Status.Code.UNIMPLEMENTED;

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
import csi.v1.CsiProto.GetMetadataAllocatedRequest;
import csi.v1.CsiProto.GetMetadataDeltaRequest;
import csi.v1.CsiProto.GetSnapshotRequest;
import csi.v1.CsiProto.GetVolumeGroupSnapshotRequest;
import csi.v1.CsiProto.ListSnapshotsRequest;
import csi.v1.CsiProto.ListVolumesRequest;
import csi.v1.CsiProto.NodeExpandVolumeRequest;
import csi.v1.CsiProto.NodeGetStorageHealthRequest;
import csi.v1.CsiProto.NodeGetVolumeHealthRequest;
import csi.v1.CsiProto.NodeGetVolumeStatsRequest;
import csi.v1.CsiProto.NodePublishVolumeRequest;
import csi.v1.CsiProto.NodeStageVolumeRequest;
import csi.v1.CsiProto.NodeUnpublishVolumeRequest;
import csi.v1.CsiProto.NodeUnstageVolumeRequest;
import csi.v1.CsiProto.ValidateVolumeCapabilitiesRequest;
import csi.v1.CsiProto.VolumeCapability;
import csi.v1.CsiProto.VolumeContentSource;
import dev.moorage.csiwire.fuzz.World.Snap;
import dev.moorage.csiwire.fuzz.World.Vol;
import io.grpc.Status.Code;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/// Which codes are right for a request, by the specification and by what exists. Where more than
/// one rule strikes, any of their codes is right, but a missing or wrong field comes first.
record Oracle(World world, Place place) {

  Set<Code> right(Message request) {
    return switch (request) {
      case CreateVolumeRequest create -> create(create);
      case DeleteVolumeRequest delete -> delete(delete);
      case ControllerPublishVolumeRequest publish -> publish(publish);
      case ControllerUnpublishVolumeRequest unpublish -> unpublish(unpublish);
      case ValidateVolumeCapabilitiesRequest validate -> validate(validate);
      case ListVolumesRequest list -> page(list.getMaxEntries(), list.getStartingToken());
      case ControllerListVolumeHealthRequest list ->
          with(page(list.getMaxEntries(), list.getStartingToken()), UNIMPLEMENTED);
      case ControllerGetVolumeRequest get -> lookUp(get.getVolumeId());
      case ControllerGetVolumeHealthRequest get -> with(lookUp(get.getVolumeId()), UNIMPLEMENTED);
      case ControllerModifyVolumeRequest modify -> modify(modify);
      case ControllerExpandVolumeRequest expand -> expand(expand);
      case CreateSnapshotRequest create -> createSnapshot(create);
      case DeleteSnapshotRequest delete -> deleteSnapshot(delete);
      case ListSnapshotsRequest list -> listSnapshots(list);
      case GetSnapshotRequest get -> lookUpSnapshots(get.getSnapshotId());
      case CreateVolumeGroupSnapshotRequest create -> createGroup(create);
      case DeleteVolumeGroupSnapshotRequest delete ->
          group(delete.getGroupSnapshotId(), delete.getSnapshotIdsList(), OK);
      case GetVolumeGroupSnapshotRequest get ->
          group(get.getGroupSnapshotId(), get.getSnapshotIdsList(), NOT_FOUND);
      case GetMetadataAllocatedRequest get -> allocated(get);
      case GetMetadataDeltaRequest get -> delta(get);
      case NodeStageVolumeRequest stage -> stage(stage);
      case NodeUnstageVolumeRequest unstage -> unstage(unstage);
      case NodePublishVolumeRequest publish -> nodePublish(publish);
      case NodeUnpublishVolumeRequest unpublish -> nodeUnpublish(unpublish);
      case NodeGetVolumeStatsRequest stats -> shown(stats.getVolumeId(), stats.getVolumePath());
      case NodeGetVolumeHealthRequest health ->
          with(
              shown(health.getVolumeId(), health.getVolumePublishPath()),
              UNIMPLEMENTED,
              OK,
              NOT_FOUND,
              INVALID_ARGUMENT);
      case NodeExpandVolumeRequest expand -> nodeExpand(expand);
      case NodeGetStorageHealthRequest _ -> EnumSet.of(OK, UNIMPLEMENTED);
      default -> EnumSet.of(OK, INVALID_ARGUMENT);
    };
  }

  private static Set<Code> with(Set<Code> codes, Code... more) {
    var all = EnumSet.copyOf(codes);
    all.addAll(List.of(more));
    return all;
  }

  /// Identities with control characters are unknown, or wrong.
  private static Set<Code> id(String id, Code... codes) {
    var all = EnumSet.copyOf(List.of(codes));
    if (Checks.controls(id)) all.add(INVALID_ARGUMENT);
    return all;
  }

  private static final Set<Code> WRONG = EnumSet.of(INVALID_ARGUMENT);

  private Set<Code> create(CreateVolumeRequest create) {
    if (wrong(create)) return WRONG;
    var range = create.getCapacityRange();
    var found = world.named(create.getName());
    if (Checks.contradictory(range)) return EnumSet.of(OUT_OF_RANGE, INVALID_ARGUMENT);
    if (found.isPresent()) {
      var vol = found.get();
      if (vol.made.equals(create) && !vol.modified && Checks.holds(range, vol.size))
        return EnumSet.of(OK);
      var all = EnumSet.of(OK, ALREADY_EXISTS, INVALID_ARGUMENT);
      if (Checks.holds(range, vol.size)) return all;
      all.remove(OK);
      return all;
    }
    var all = EnumSet.of(OK, INVALID_ARGUMENT, OUT_OF_RANGE, RESOURCE_EXHAUSTED);
    if (missing(create.getVolumeContentSource())) {
      all.add(NOT_FOUND);
      all.remove(OK);
    }
    return all;
  }

  private boolean wrong(CreateVolumeRequest create) {
    return Checks.wrongName(create.getName())
        || create.getVolumeCapabilitiesCount() == 0
        || create.getVolumeCapabilitiesList().stream().anyMatch(Checks::unusable)
        || create.getVolumeCapabilitiesList().stream().map(Checks::use).distinct().count() > 1
        || Checks.large(create.getParametersMap())
        || Checks.large(create.getMutableParamsMap())
        || Checks.unknownParameters(create.getParametersMap())
        || Checks.unknownMutable(create.getMutableParamsMap())
        || Checks.negative(create.getCapacityRange())
        || wrong(create.getVolumeContentSource());
  }

  private static boolean wrong(VolumeContentSource source) {
    return switch (source.getTypeCase()) {
      case SNAPSHOT -> Checks.wrongId(source.getSnapshot().getSnapshotId());
      case VOLUME -> Checks.wrongId(source.getVolume().getVolumeId());
      case TYPE_NOT_SET -> false;
    };
  }

  private boolean missing(VolumeContentSource source) {
    return switch (source.getTypeCase()) {
      case SNAPSHOT -> !world.snapshots.containsKey(source.getSnapshot().getSnapshotId());
      case VOLUME -> !world.volumes.containsKey(source.getVolume().getVolumeId());
      case TYPE_NOT_SET -> false;
    };
  }

  private Set<Code> delete(DeleteVolumeRequest delete) {
    var id = delete.getVolumeId();
    if (Checks.wrongId(id)) return WRONG;
    var vol = world.volumes.get(id);
    if (vol == null) return id(id, OK);
    return EnumSet.of(vol.used() ? FAILED_PRECONDITION : OK);
  }

  private Set<Code> publish(ControllerPublishVolumeRequest publish) {
    var id = publish.getVolumeId();
    var capability = publish.getVolumeCapability();
    if (Checks.wrongId(id)
        || publish.getNodeId().isEmpty()
        || Checks.longer(publish.getNodeId(), 256)
        || Checks.incomplete(capability)
        || Checks.large(publish.getVolumeContextMap())) return WRONG;
    var vol = world.volumes.get(id);
    if (vol == null || !publish.getNodeId().equals(place.node()))
      return id(id + publish.getNodeId(), NOT_FOUND);
    if (Checks.unusable(capability) || !Checks.use(capability).equals(Checks.use(vol.capability())))
      return WRONG;
    var flags = Checks.flags(capability) ? WRONG : EnumSet.noneOf(Code.class);
    return with(publish(publish, vol), flags.toArray(Code[]::new));
  }

  private Set<Code> publish(ControllerPublishVolumeRequest publish, Vol vol) {
    var there = vol.published;
    if (there == null)
      return EnumSet.of(world.published() >= place.most() ? RESOURCE_EXHAUSTED : OK);
    boolean same =
        mode(there.capability()) == mode(publish.getVolumeCapability())
            && there.readOnly() == publish.getReadonly();
    return EnumSet.of(same ? OK : ALREADY_EXISTS);
  }

  private static int mode(VolumeCapability capability) {
    return capability.getAccessMode().getModeValue();
  }

  private Set<Code> unpublish(ControllerUnpublishVolumeRequest unpublish) {
    var id = unpublish.getVolumeId();
    var node = unpublish.getNodeId();
    if (Checks.wrongId(id)) return WRONG;
    if (Checks.longer(node, 256)) return EnumSet.of(OK, INVALID_ARGUMENT);
    var vol = world.volumes.get(id);
    boolean here = node.isEmpty() || node.equals(place.node());
    if (vol == null || vol.published == null || !here) return id(id + node, OK);
    return EnumSet.of(vol.staged == null ? OK : FAILED_PRECONDITION);
  }

  private Set<Code> validate(ValidateVolumeCapabilitiesRequest validate) {
    var id = validate.getVolumeId();
    if (Checks.wrongId(id)
        || validate.getVolumeCapabilitiesCount() == 0
        || validate.getVolumeCapabilitiesList().stream().anyMatch(Checks::incomplete)
        || Checks.large(validate.getVolumeContextMap())
        || Checks.large(validate.getParametersMap())
        || Checks.large(validate.getMutableParamsMap())) return WRONG;
    return id(id, world.volumes.containsKey(id) ? OK : NOT_FOUND);
  }

  private Set<Code> page(int most, String token) {
    var all = EnumSet.noneOf(Code.class);
    if (most < 0) all.add(INVALID_ARGUMENT);
    if (!token.isEmpty() && !world.tokens.contains(token)) all.add(ABORTED);
    if (!all.isEmpty()) return all;
    return token.isEmpty() ? EnumSet.of(OK) : EnumSet.of(OK, ABORTED);
  }

  private Set<Code> lookUp(String id) {
    if (Checks.wrongId(id)) return WRONG;
    return id(id, world.volumes.containsKey(id) ? OK : NOT_FOUND);
  }

  private Set<Code> modify(ControllerModifyVolumeRequest modify) {
    var id = modify.getVolumeId();
    if (Checks.wrongId(id) || Checks.large(modify.getMutableParamsMap())) return WRONG;
    boolean wrong =
        modify.getMutableParamsCount() == 0 || Checks.unknownMutable(modify.getMutableParamsMap());
    // csi-sanity asks for NOT_FOUND of an unknown volume without parameters.
    if (!world.volumes.containsKey(id)) return with(id(id, NOT_FOUND), INVALID_ARGUMENT);
    return wrong ? WRONG : EnumSet.of(OK, INVALID_ARGUMENT, RESOURCE_EXHAUSTED);
  }

  private Set<Code> expand(ControllerExpandVolumeRequest expand) {
    var id = expand.getVolumeId();
    var range = expand.getCapacityRange();
    if (Checks.wrongId(id) || Checks.unset(range) || Checks.negative(range)) return WRONG;
    var vol = world.volumes.get(id);
    var wrong =
        Checks.says(expand.getVolumeCapability()) && Checks.unusable(expand.getVolumeCapability());
    if (vol == null)
      return wrong
          ? with(id(id, NOT_FOUND), INVALID_ARGUMENT, OUT_OF_RANGE)
          : with(id(id, NOT_FOUND));
    if (wrong) return EnumSet.of(INVALID_ARGUMENT, OUT_OF_RANGE);
    var all = EnumSet.of(OK, OUT_OF_RANGE);
    if (Checks.contradictory(range)) all.remove(OK);
    else if (range.getRequiredBytes() <= vol.size)
      all.remove(Checks.holds(range, vol.size) ? OUT_OF_RANGE : OK);
    // Flags, and a use that is not the volume's, may be refused.
    if (expand.hasVolumeCapability()) all.add(INVALID_ARGUMENT);
    return all;
  }

  private Set<Code> createSnapshot(CreateSnapshotRequest create) {
    var source = create.getSourceVolumeId();
    if (Checks.wrongName(create.getName())
        || Checks.wrongId(source)
        || Checks.large(create.getParametersMap())
        || Checks.unknownParameters(create.getParametersMap())) return WRONG;
    if (create.getParametersMap().keySet().stream()
        .anyMatch(key -> !key.startsWith("csi.storage.k8s.io/"))) return WRONG;
    var there = world.snapshotNamed(create.getName());
    if (there.isPresent()) {
      boolean same = there.get().source().equals(source);
      return with(
          id(source, same ? OK : ALREADY_EXISTS),
          create.hasAccessibilityRequirements() ? ALREADY_EXISTS : OK);
    }
    if (!world.volumes.containsKey(source)) return with(id(source, NOT_FOUND));
    return EnumSet.of(OK, RESOURCE_EXHAUSTED);
  }

  private Set<Code> deleteSnapshot(DeleteSnapshotRequest delete) {
    var id = delete.getSnapshotId();
    if (Checks.wrongId(id)) return WRONG;
    var there = world.snapshots.get(id);
    if (there == null) return id(id, OK);
    return EnumSet.of(there.group().isEmpty() ? OK : INVALID_ARGUMENT);
  }

  private Set<Code> listSnapshots(ListSnapshotsRequest list) {
    var all = page(list.getMaxEntries(), list.getStartingToken());
    boolean odd =
        Checks.longer(list.getSnapshotId(), 128) || Checks.longer(list.getSourceVolumeId(), 128);
    return odd ? with(all, INVALID_ARGUMENT) : all;
  }

  private Set<Code> lookUpSnapshots(String id) {
    if (Checks.wrongId(id)) return WRONG;
    return id(id, world.snapshots.containsKey(id) ? OK : NOT_FOUND);
  }

  private Set<Code> createGroup(CreateVolumeGroupSnapshotRequest create) {
    var sources = create.getSourceVolumeIdsList();
    if (Checks.wrongName(create.getName())
        || sources.isEmpty()
        || sources.stream().anyMatch(Checks::wrongId)
        || new TreeSet<>(sources).size() < sources.size()
        || Checks.large(create.getParametersMap())
        || create.getParametersMap().keySet().stream()
            .anyMatch(key -> !key.startsWith("csi.storage.k8s.io/"))) return WRONG;
    var all = String.join("", sources);
    var there = world.groupNamed(create.getName());
    if (there.isPresent())
      return id(all, there.get().sources().equals(new TreeSet<>(sources)) ? OK : ALREADY_EXISTS);
    if (!world.volumes.keySet().containsAll(sources)) return id(all, NOT_FOUND);
    return EnumSet.of(OK, RESOURCE_EXHAUSTED, FAILED_PRECONDITION);
  }

  private Set<Code> group(String id, List<String> members, Code unknown) {
    if (Checks.wrongId(id)) return WRONG;
    var there = world.groups.get(id);
    // Whether members are missing or the group is unknown: a delete that is repeated must succeed.
    if (there == null) return with(id(id, unknown), members.isEmpty() ? INVALID_ARGUMENT : unknown);
    return EnumSet.of(there.members().equals(new TreeSet<>(members)) ? OK : INVALID_ARGUMENT);
  }

  private Set<Code> allocated(GetMetadataAllocatedRequest get) {
    if (Checks.wrongId(get.getSnapshotId()) || get.getMaxResults() < 0) return WRONG;
    var there = world.snapshots.get(get.getSnapshotId());
    if (there == null)
      return with(
          id(get.getSnapshotId(), NOT_FOUND),
          get.getStartingOffset() < 0 ? OUT_OF_RANGE : NOT_FOUND);
    return offset(get.getStartingOffset(), there);
  }

  private Set<Code> delta(GetMetadataDeltaRequest get) {
    var ids = List.of(get.getBaseSnapshotId(), get.getTargetSnapshotId());
    if (ids.stream().anyMatch(Checks::wrongId) || get.getMaxResults() < 0) return WRONG;
    var target = world.snapshots.get(get.getTargetSnapshotId());
    if (target == null || !world.snapshots.containsKey(get.getBaseSnapshotId()))
      return with(
          id(String.join("", ids), NOT_FOUND),
          get.getStartingOffset() < 0 ? OUT_OF_RANGE : NOT_FOUND);
    return with(offset(get.getStartingOffset(), target), INVALID_ARGUMENT);
  }

  private static Set<Code> offset(long offset, Snap snapshot) {
    if (offset < 0 || offset > snapshot.size()) return EnumSet.of(OUT_OF_RANGE);
    return EnumSet.of(OK, INVALID_ARGUMENT);
  }

  private Set<Code> stage(NodeStageVolumeRequest stage) {
    var id = stage.getVolumeId();
    var path = stage.getStagingTargetPath();
    if (Checks.wrongId(id)
        || path.isEmpty()
        || Checks.incomplete(stage.getVolumeCapability())
        || Checks.large(stage.getPublishContextMap())
        || Checks.large(stage.getVolumeContextMap())) return WRONG;
    var vol = world.volumes.get(id);
    var odd = Paths.wrong(path);
    if (vol == null) return with(id(id, NOT_FOUND), odd ? INVALID_ARGUMENT : NOT_FOUND);
    var all = EnumSet.of(FAILED_PRECONDITION);
    if (odd) return with(all, INVALID_ARGUMENT);
    if (vol.published == null || Checks.unusable(stage.getVolumeCapability())) return all;
    var there = vol.staged;
    if (there == null) {
      all.addAll(List.of(OK, INVALID_ARGUMENT, ALREADY_EXISTS));
      if (!stage.getPublishContextMap().equals(vol.published.context())) return all;
      if (plain(stage, vol) && isUsual(path) && !world.taken(path)) all.remove(FAILED_PRECONDITION);
      return all;
    }
    if (stage.equals(there)) return EnumSet.of(OK);
    return with(all, OK, INVALID_ARGUMENT, ALREADY_EXISTS);
  }

  /// Whether nothing speaks against it: no flags, and the use that the volume was made for.
  private static boolean plain(NodeStageVolumeRequest stage, Vol vol) {
    return !Checks.flags(stage.getVolumeCapability())
        && Checks.use(stage.getVolumeCapability()).equals(Checks.use(vol.capability()));
  }

  private boolean isUsual(String path) {
    return path.startsWith(place.folder() + "/stage-")
        && Place.folders().contains(path.substring(place.folder().length() + 1));
  }

  private Set<Code> unstage(NodeUnstageVolumeRequest unstage) {
    var id = unstage.getVolumeId();
    var path = unstage.getStagingTargetPath();
    if (Checks.wrongId(id) || path.isEmpty()) return WRONG;
    if (Paths.wrong(path)) return WRONG;
    var vol = world.volumes.get(id);
    if (vol == null || vol.staged == null) return id(id, OK);
    if (!Paths.plain(path).equals(Paths.plain(vol.staged.getStagingTargetPath())))
      return EnumSet.of(OK, FAILED_PRECONDITION);
    if (world.isBelow(Paths.plain(path))) return EnumSet.of(OK, FAILED_PRECONDITION);
    return EnumSet.of(vol.targets.isEmpty() ? OK : FAILED_PRECONDITION);
  }

  private Set<Code> nodePublish(NodePublishVolumeRequest publish) {
    var id = publish.getVolumeId();
    var target = publish.getTargetPath();
    if (Checks.wrongId(id)
        || target.isEmpty()
        || Checks.incomplete(publish.getVolumeCapability())
        || Checks.large(publish.getPublishContextMap())
        || Checks.large(publish.getVolumeContextMap())) return WRONG;
    if (inline(publish))
      return EnumSet.of(
          OK,
          INVALID_ARGUMENT,
          ALREADY_EXISTS,
          FAILED_PRECONDITION,
          OUT_OF_RANGE,
          RESOURCE_EXHAUSTED);
    var vol = world.volumes.get(id);
    boolean odd = Paths.wrong(target) || Paths.wrong(publish.getStagingTargetPath());
    if (vol == null) return with(id(id, NOT_FOUND), odd ? INVALID_ARGUMENT : NOT_FOUND);
    var all = EnumSet.of(FAILED_PRECONDITION);
    if (odd) return with(all, INVALID_ARGUMENT);
    if (Checks.unusable(publish.getVolumeCapability())) return all;
    if (vol.staged == null
        || !Paths.plain(vol.staged.getStagingTargetPath())
            .equals(Paths.plain(publish.getStagingTargetPath())))
      return with(all, INVALID_ARGUMENT);
    if (publish.equals(vol.targets.get(Paths.plain(target)))) return EnumSet.of(OK);
    return with(all, OK, INVALID_ARGUMENT, ALREADY_EXISTS);
  }

  static boolean inline(NodePublishVolumeRequest publish) {
    return publish
        .getVolumeContextMap()
        .getOrDefault("csi.storage.k8s.io/ephemeral", "")
        .equals("true");
  }

  private Set<Code> nodeUnpublish(NodeUnpublishVolumeRequest unpublish) {
    var id = unpublish.getVolumeId();
    var target = unpublish.getTargetPath();
    if (Checks.wrongId(id) || target.isEmpty() || Paths.wrong(target)) return WRONG;
    var vol = world.volumes.get(id);
    boolean ours =
        (vol != null && vol.targets.containsKey(Paths.plain(target)))
            || Paths.plain(target).equals(world.inline.get(id));
    return ours ? EnumSet.of(OK) : id(id, OK, FAILED_PRECONDITION);
  }

  /// By volume and path: there, or not found.
  private Set<Code> shown(String id, String path) {
    if (Checks.wrongId(id) || path.isEmpty()) return WRONG;
    if (Paths.wrong(path)) return id(id + "\0", NOT_FOUND);
    var plain = Paths.plain(path);
    if (plain.equals(world.inline.get(id))) return EnumSet.of(OK);
    var vol = world.volumes.get(id);
    boolean there =
        vol != null
            && vol.staged != null
            && (vol.targets.containsKey(plain)
                || Paths.plain(vol.staged.getStagingTargetPath()).equals(plain));
    if (!there) return id(id, NOT_FOUND);
    return plain.equals(path) ? EnumSet.of(OK) : EnumSet.of(OK, NOT_FOUND);
  }

  private Set<Code> nodeExpand(NodeExpandVolumeRequest expand) {
    var range = expand.getCapacityRange();
    if (Checks.wrongId(expand.getVolumeId())
        || expand.getVolumePath().isEmpty()
        || Checks.negative(range)) return WRONG;
    var there = shown(expand.getVolumeId(), expand.getVolumePath());
    if (expand.hasVolumeCapability()) there = with(there, INVALID_ARGUMENT);
    if (!there.contains(OK)) return there;
    var vol = world.volumes.get(expand.getVolumeId());
    if (vol == null) return with(there, NOT_FOUND, INVALID_ARGUMENT);
    if (range.equals(CapacityRange.getDefaultInstance()) || Checks.holds(range, vol.size))
      return with(there, FAILED_PRECONDITION);
    return with(there, OUT_OF_RANGE, FAILED_PRECONDITION);
  }
}
