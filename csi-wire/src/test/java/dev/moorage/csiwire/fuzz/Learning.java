package dev.moorage.csiwire.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Message;
import csi.v1.CsiProto.ControllerExpandVolumeRequest;
import csi.v1.CsiProto.ControllerExpandVolumeResponse;
import csi.v1.CsiProto.ControllerGetVolumeRequest;
import csi.v1.CsiProto.ControllerGetVolumeResponse;
import csi.v1.CsiProto.ControllerModifyVolumeRequest;
import csi.v1.CsiProto.ControllerPublishVolumeRequest;
import csi.v1.CsiProto.ControllerPublishVolumeResponse;
import csi.v1.CsiProto.ControllerUnpublishVolumeRequest;
import csi.v1.CsiProto.CreateSnapshotRequest;
import csi.v1.CsiProto.CreateSnapshotResponse;
import csi.v1.CsiProto.CreateVolumeGroupSnapshotRequest;
import csi.v1.CsiProto.CreateVolumeGroupSnapshotResponse;
import csi.v1.CsiProto.CreateVolumeRequest;
import csi.v1.CsiProto.CreateVolumeResponse;
import csi.v1.CsiProto.DeleteSnapshotRequest;
import csi.v1.CsiProto.DeleteVolumeGroupSnapshotRequest;
import csi.v1.CsiProto.DeleteVolumeRequest;
import csi.v1.CsiProto.GetCapacityResponse;
import csi.v1.CsiProto.ListSnapshotsRequest;
import csi.v1.CsiProto.ListSnapshotsResponse;
import csi.v1.CsiProto.ListVolumesRequest;
import csi.v1.CsiProto.ListVolumesResponse;
import csi.v1.CsiProto.NodePublishVolumeRequest;
import csi.v1.CsiProto.NodeStageVolumeRequest;
import csi.v1.CsiProto.NodeUnpublishVolumeRequest;
import csi.v1.CsiProto.NodeUnstageVolumeRequest;
import csi.v1.CsiProto.Snapshot;
import csi.v1.CsiProto.VolumeContentSource;
import dev.moorage.csiwire.fuzz.World.GroupSnap;
import dev.moorage.csiwire.fuzz.World.Publication;
import dev.moorage.csiwire.fuzz.World.Snap;
import dev.moorage.csiwire.fuzz.World.Vol;
import java.util.Objects;
import java.util.TreeSet;

/// Takes over what a driver said of a request that went well, and checks that it agrees with what
/// it said before.
record Learning(World world) {
  void learn(Message request, Message answer) {
    switch (request) {
      case CreateVolumeRequest create -> created(create, (CreateVolumeResponse) answer);
      case DeleteVolumeRequest delete -> world.volumes.remove(delete.getVolumeId());
      case ControllerPublishVolumeRequest publish ->
          vol(publish.getVolumeId()).published =
              new Publication(
                  publish.getVolumeCapability(),
                  publish.getReadonly(),
                  ((ControllerPublishVolumeResponse) answer).getPublishContextMap());
      case ControllerUnpublishVolumeRequest unpublish -> unpublished(unpublish);
      case ControllerExpandVolumeRequest expand ->
          expanded(expand, (ControllerExpandVolumeResponse) answer);
      case ControllerModifyVolumeRequest modify -> vol(modify.getVolumeId()).modified = true;
      case ControllerGetVolumeRequest get -> got(get, (ControllerGetVolumeResponse) answer);
      case ListVolumesRequest list -> listed(list, (ListVolumesResponse) answer);
      case ListSnapshotsRequest list -> listed(list, (ListSnapshotsResponse) answer);
      case CreateSnapshotRequest create -> cut(create, ((CreateSnapshotResponse) answer));
      case DeleteSnapshotRequest delete -> world.snapshots.remove(delete.getSnapshotId());
      case CreateVolumeGroupSnapshotRequest create ->
          cut(create, (CreateVolumeGroupSnapshotResponse) answer);
      case DeleteVolumeGroupSnapshotRequest delete -> deleted(delete);
      case NodeStageVolumeRequest stage -> staged(stage);
      case NodeUnstageVolumeRequest unstage -> unstaged(unstage);
      case NodePublishVolumeRequest publish -> published(publish);
      case NodeUnpublishVolumeRequest unpublish -> unpublished(unpublish);
      default -> checkAmounts(answer);
    }
  }

  private Vol vol(String id) {
    return Objects.requireNonNull(world.volumes.get(id), () -> "no volume is known as " + id);
  }

  private static void checkAmounts(Message answer) {
    if (answer instanceof GetCapacityResponse capacity)
      assertThat(capacity.getAvailableCapacity()).isNotNegative();
  }

  private void created(CreateVolumeRequest create, CreateVolumeResponse answer) {
    var volume = answer.getVolume();
    var id = volume.getVolumeId();
    assertThat(Checks.wrongId(id)).as("the new id %s is wrong", id).isFalse();
    assertThat(volume.getCapacityBytes()).isPositive();
    assertThat(Checks.holds(create.getCapacityRange(), volume.getCapacityBytes())).isTrue();
    assertThat(source(volume.getContentSource()))
        .isEqualTo(source(create.getVolumeContentSource()));
    var same = world.named(create.getName());
    same.ifPresent(vol -> {
      assertThat(id).as("a name keeps its id").isEqualTo(vol.id);
      assertThat(volume.getCapacityBytes()).isEqualTo(vol.size);
    });
    if (same.isPresent()) return;
    assertThat(world.volumes).as("another name has this id").doesNotContainKey(id);
    world.volumes.put(id, new Vol(id, create, volume.getCapacityBytes()));
  }

  private static String source(VolumeContentSource source) {
    return source.getTypeCase()
        + source.getSnapshot().getSnapshotId()
        + source.getVolume().getVolumeId();
  }

  private void unpublished(ControllerUnpublishVolumeRequest unpublish) {
    var vol = world.volumes.get(unpublish.getVolumeId());
    var node = unpublish.getNodeId();
    boolean here =
        vol != null
            && vol.published != null
            && (node.isEmpty() || vol.published.context().containsValue(node));
    if (vol != null && here) vol.published = null;
  }

  private void expanded(
      ControllerExpandVolumeRequest expand, ControllerExpandVolumeResponse answer) {
    var vol = vol(expand.getVolumeId());
    long size = answer.getCapacityBytes();
    assertThat(size).as("a volume never shrinks").isGreaterThanOrEqualTo(vol.size);
    assertThat(Checks.holds(expand.getCapacityRange(), size)).isTrue();
    vol.size = size;
  }

  private void got(ControllerGetVolumeRequest get, ControllerGetVolumeResponse answer) {
    var vol = vol(get.getVolumeId());
    assertThat(answer.getVolume().getVolumeId()).isEqualTo(vol.id);
    assertThat(answer.getVolume().getCapacityBytes()).isEqualTo(vol.size);
    assertThat(answer.getStatus().getPublishedNodeIdsCount())
        .isEqualTo(vol.published == null ? 0 : 1);
  }

  private void listed(ListVolumesRequest list, ListVolumesResponse answer) {
    if (!answer.getNextToken().isEmpty()) world.tokens.add(answer.getNextToken());
    var ids = answer.getEntriesList().stream().map(e -> e.getVolume().getVolumeId()).toList();
    assertThat(ids).doesNotHaveDuplicates();
    if (list.getMaxEntries() > 0) assertThat(ids.size()).isLessThanOrEqualTo(list.getMaxEntries());
    if (list.getMaxEntries() > 0 || !list.getStartingToken().isEmpty()) return;
    assertThat(ids).containsAll(world.volumes.keySet());
    assertThat(ids).hasSize(world.volumes.size() + world.inline.size());
  }

  private void listed(ListSnapshotsRequest list, ListSnapshotsResponse answer) {
    if (!answer.getNextToken().isEmpty()) world.tokens.add(answer.getNextToken());
    if (list.getMaxEntries() > 0 || !list.getStartingToken().isEmpty()) return;
    var ids = answer.getEntriesList().stream().map(e -> e.getSnapshot().getSnapshotId()).toList();
    var known =
        world.snapshots.values().stream()
            .filter(one -> fits(list.getSnapshotId(), one.id()))
            .filter(one -> fits(list.getSourceVolumeId(), one.source()))
            .map(Snap::id)
            .toList();
    assertThat(ids).containsExactlyInAnyOrderElementsOf(known);
  }

  private static boolean fits(String filter, String value) {
    return filter.isEmpty() || filter.equals(value);
  }

  private void cut(CreateSnapshotRequest create, CreateSnapshotResponse answer) {
    var snapshot = answer.getSnapshot();
    assertThat(snapshot.getSourceVolumeId()).isEqualTo(create.getSourceVolumeId());
    world
        .snapshotNamed(create.getName())
        .ifPresent(there -> assertThat(snapshot.getSnapshotId()).isEqualTo(there.id()));
    put(snapshot, create.getName());
  }

  private void put(Snapshot snapshot, String name) {
    var id = snapshot.getSnapshotId();
    assertThat(Checks.wrongId(id)).as("the new id %s is wrong", id).isFalse();
    assertThat(snapshot.getReadyToUse()).isTrue();
    var snap =
        new Snap(
            id,
            name,
            snapshot.getSourceVolumeId(),
            snapshot.getGroupSnapshotId(),
            snapshot.getSizeBytes());
    var before = world.snapshots.put(id, snap);
    if (before != null) assertThat(snap).isEqualTo(before);
  }

  private void cut(
      CreateVolumeGroupSnapshotRequest create, CreateVolumeGroupSnapshotResponse answer) {
    var group = answer.getGroupSnapshot();
    var members = new TreeSet<String>();
    for (var member : group.getSnapshotsList()) {
      members.add(member.getSnapshotId());
      assertThat(member.getGroupSnapshotId()).isEqualTo(group.getGroupSnapshotId());
      put(member, create.getName());
    }
    var sources = new TreeSet<>(create.getSourceVolumeIdsList());
    assertThat(members).hasSameSizeAs(sources);
    world.groups.put(
        group.getGroupSnapshotId(),
        new GroupSnap(group.getGroupSnapshotId(), create.getName(), sources, members));
  }

  private void deleted(DeleteVolumeGroupSnapshotRequest delete) {
    var group = world.groups.remove(delete.getGroupSnapshotId());
    if (group != null) group.members().forEach(world.snapshots::remove);
  }

  private void staged(NodeStageVolumeRequest stage) {
    var vol = vol(stage.getVolumeId());
    if (vol.staged == null) vol.staged = stage;
  }

  private void unstaged(NodeUnstageVolumeRequest unstage) {
    var vol = world.volumes.get(unstage.getVolumeId());
    if (vol != null && vol.staged != null && at(vol.staged, unstage)) vol.staged = null;
  }

  private static boolean at(NodeStageVolumeRequest stage, NodeUnstageVolumeRequest unstage) {
    return Paths.plain(stage.getStagingTargetPath())
        .equals(Paths.plain(unstage.getStagingTargetPath()));
  }

  private void published(NodePublishVolumeRequest publish) {
    var target = Paths.plain(publish.getTargetPath());
    if (Oracle.inline(publish)) world.inline.put(publish.getVolumeId(), target);
    else vol(publish.getVolumeId()).targets.putIfAbsent(target, publish);
  }

  private void unpublished(NodeUnpublishVolumeRequest unpublish) {
    var target = Paths.plain(unpublish.getTargetPath());
    world.inline.remove(unpublish.getVolumeId(), target);
    var vol = world.volumes.get(unpublish.getVolumeId());
    if (vol != null) vol.targets.remove(target);
  }
}
