package dev.moorage.conformance.mutants;

import dev.moorage.base.Bytes;
import dev.moorage.csi.ContentSource;
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
import dev.moorage.csi.Csi;
import dev.moorage.csi.CsiCall;
import dev.moorage.csi.CsiException;
import dev.moorage.csi.CsiException.Code;
import dev.moorage.csi.DeleteSnapshot;
import dev.moorage.csi.DeleteVolume;
import dev.moorage.csi.DeleteVolumeGroupSnapshot;
import dev.moorage.csi.Done;
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
import dev.moorage.csi.NodeId;
import dev.moorage.csi.NodePublishVolume;
import dev.moorage.csi.NodeStageVolume;
import dev.moorage.csi.NodeUnpublishVolume;
import dev.moorage.csi.NodeUnstageVolume;
import dev.moorage.csi.Probe;
import dev.moorage.csi.ValidateVolumeCapabilities;
import dev.moorage.csi.Volume;
import dev.moorage.csi.VolumeHealth;
import dev.moorage.csi.VolumeId;
import dev.moorage.host.Host;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A small correct driver with everything that a bug may spoil, for one task. The odd one out is
/// NodeGetStorageHealth, which it does not implement.
final class PlainDriver implements Csi {
  private final PlainVolumes volumes;
  private final PlainSnapshots snapshots;
  private final PlainNode node;
  private Runnable meanwhile = () -> {};

  PlainDriver(Host host) {
    this.volumes = new PlainVolumes(host);
    this.node = new PlainNode(host, volumes);
    this.snapshots = new PlainSnapshots(volumes, node::contents);
  }

  /// Lets a volume be unwell.
  void sicken(VolumeId volume) {
    volumes.sick.add(volume);
  }

  /// What happens, once, while the next CreateVolume or CreateSnapshot is under way.
  void meanwhile(Runnable happens) {
    meanwhile = happens;
  }

  private void pass() {
    var happens = meanwhile;
    meanwhile = () -> {};
    happens.run();
  }

  @Override
  public <R> R call(CsiCall<R> call, Duration atMost) {
    return call.answer().cast(answer(call));
  }

  private Object answer(CsiCall<?> call) {
    return switch (call) {
      case GetPluginInfo _ -> new GetPluginInfo.Answer("plain.test", "1.0", Map.of());
      case GetPluginCapabilities _ ->
          new GetPluginCapabilities.Answer(EnumSet.allOf(GetPluginCapabilities.Capability.class));
      case Probe _ -> new Probe.Answer(true);
      case CreateVolume create -> create(create);
      case DeleteVolume(var volume, _) -> {
        volumes.delete(volume, node.uses(volume));
        yield Done.DONE;
      }
      case ControllerPublishVolume publish ->
          new ControllerPublishVolume.Answer(volumes.publish(publish));
      case ControllerUnpublishVolume unpublish -> done(() -> volumes.unpublish(unpublish));
      case ValidateVolumeCapabilities validate -> volumes.validate(validate);
      case ListVolumes list -> volumes.list(list);
      case GetCapacity capacity -> volumes.capacity(capacity);
      case ControllerGetCapabilities _ -> controllerCapabilities();
      case CreateSnapshot create -> {
        pass();
        yield snapshots.create(create);
      }
      case DeleteSnapshot(var snapshot, _) -> done(() -> snapshots.delete(snapshot));
      case ListSnapshots list -> snapshots.list(list);
      case GetSnapshot(var snapshot, _) -> snapshots.known(snapshot).snapshot();
      case ControllerExpandVolume expand -> volumes.expand(expand);
      case ControllerGetVolume(var volume) -> volumes.entry(volumes.known(volume));
      case ControllerModifyVolume modify -> done(() -> volumes.modify(modify));
      case ControllerListVolumeHealth list -> sick(list);
      case ControllerGetVolumeHealth(var volume, _) -> health(volume);
      case GroupControllerGetCapabilities _ ->
          new GroupControllerGetCapabilities.Answer(
              EnumSet.allOf(GroupControllerGetCapabilities.Capability.class));
      case CreateVolumeGroupSnapshot create -> snapshots.createGroup(create);
      case DeleteVolumeGroupSnapshot delete -> done(() -> snapshots.deleteGroup(delete));
      case GetVolumeGroupSnapshot get -> snapshots.getGroup(get);
      case GetMetadataAllocated(var snapshot, var offset, var most, _) ->
          snapshots.blocks(snapshots.known(snapshot).snapshot(), offset, most, 6);
      case GetMetadataDelta(_, var target, var offset, var most, _) ->
          snapshots.blocks(snapshots.known(target).snapshot(), offset, most, 4);
      case NodeStageVolume stage -> done(() -> node.stage(stage));
      case NodeUnstageVolume unstage -> done(() -> node.unstage(unstage));
      case NodePublishVolume publish -> done(() -> node.publish(publish));
      case NodeUnpublishVolume unpublish -> done(() -> node.unpublish(unpublish));
      case NodeGetVolumeStats stats -> node.stats(stats);
      case NodeExpandVolume expand -> node.expand(expand);
      case NodeGetCapabilities _ ->
          new NodeGetCapabilities.Answer(EnumSet.allOf(NodeGetCapabilities.Capability.class));
      case NodeGetInfo _ -> new NodeGetInfo.Answer(new NodeId("node-a"), 16, PlainVolumes.HERE);
      case NodeGetVolumeHealth(var volume, _, _) -> health(volume);
      case NodeGetStorageHealth _ ->
          throw new CsiException(Code.UNIMPLEMENTED, "no health of the storage");
    };
  }

  private static ControllerGetCapabilities.Answer controllerCapabilities() {
    return new ControllerGetCapabilities.Answer(
        EnumSet.allOf(ControllerGetCapabilities.Capability.class));
  }

  private static Done done(Runnable work) {
    work.run();
    return Done.DONE;
  }

  private Volume create(CreateVolume call) {
    pass();
    var made = volumes.create(call, sourceSize(call.source()));
    switch (call.source()) {
      case ContentSource.Empty() -> {}
      case ContentSource.Snapshot(var snapshot) ->
          node.restore(made.id(), snapshots.known(snapshot).files());
      case ContentSource.Volume(var volume) -> node.restore(made.id(), node.contents(volume));
    }
    return made;
  }

  private Optional<Bytes> sourceSize(ContentSource source) {
    return switch (source) {
      case ContentSource.Empty() -> Optional.empty();
      case ContentSource.Snapshot(var snapshot) ->
          Optional.of(snapshots.known(snapshot).snapshot().size());
      case ContentSource.Volume(var volume) -> Optional.of(volumes.sizeOf(volume));
    };
  }

  private ControllerListVolumeHealth.Answer sick(ControllerListVolumeHealth call) {
    var all = volumes.sickOnes().stream().map(this::health).toList();
    var page = PlainVolumes.page(all, call.maxEntries(), call.startingToken());
    return new ControllerListVolumeHealth.Answer(page.entries(), page.next());
  }

  private VolumeHealth health(VolumeId volume) {
    volumes.known(volume);
    var disk = new VolumeHealth.Entry(VolumeHealth.Status.DEGRADED, "DiskLost", "lost a disk");
    return new VolumeHealth(volume, volumes.sick.contains(volume) ? List.of(disk) : List.of());
  }
}
