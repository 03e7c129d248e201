package dev.moorage.conformance.mutants;

import dev.moorage.base.Bytes;
import dev.moorage.base.Secret;
import dev.moorage.base.sim.SimTasks;
import dev.moorage.csi.AccessMode;
import dev.moorage.csi.CapacityRange;
import dev.moorage.csi.ContentSource;
import dev.moorage.csi.ControllerExpandVolume;
import dev.moorage.csi.ControllerPublishVolume;
import dev.moorage.csi.CreateSnapshot;
import dev.moorage.csi.CreateVolume;
import dev.moorage.csi.CreateVolumeGroupSnapshot;
import dev.moorage.csi.Csi;
import dev.moorage.csi.CsiCall;
import dev.moorage.csi.CsiException;
import dev.moorage.csi.DeleteVolume;
import dev.moorage.csi.ListSnapshots;
import dev.moorage.csi.ListVolumes;
import dev.moorage.csi.NodeId;
import dev.moorage.csi.NodePublishVolume;
import dev.moorage.csi.NodeStageVolume;
import dev.moorage.csi.NodeUnpublishVolume;
import dev.moorage.csi.NodeUnstageVolume;
import dev.moorage.csi.Secrets;
import dev.moorage.csi.Snapshot;
import dev.moorage.csi.SnapshotId;
import dev.moorage.csi.TopologyRequirement;
import dev.moorage.csi.Volume;
import dev.moorage.csi.VolumeCapability;
import dev.moorage.csi.VolumeCapability.Access;
import dev.moorage.csi.VolumeId;
import dev.moorage.host.sim.SimHost;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/// A driver over a simulated host, and the calls that show what it does.
final class Bench {
  static final ContentSource EMPTY = new ContentSource.Empty();
  static final Secrets SECRETS = new Secrets(Map.of("password", new Secret("geheim")));
  static final VolumeCapability MOUNT = mount("", AccessMode.SINGLE_NODE_MULTI_WRITER);
  static final VolumeCapability BLOCK =
      new VolumeCapability(new Access.Block(), AccessMode.SINGLE_NODE_WRITER);
  static final String STAGING = "/var/lib/staging";
  static final String TARGET = "/var/lib/pods/a";
  static final String OTHER_TARGET = "/var/lib/pods/b";
  static final CreateVolume ONE = create("one");
  private static final Duration PATIENT = Duration.ofSeconds(10);
  private static final Duration HURRIED = Duration.ofMillis(1);

  final SimHost host =
      new SimHost(SimTasks.plain(), "node-a", new SimHost.Settings(Bytes.gibi(64), true, true));
  final PlainDriver plain = new PlainDriver(host);
  final Csi csi;

  Bench(Function<World, Csi> made) {
    this.csi = made.apply(new World(plain, host, 1));
    for (var folder : List.of(STAGING, "/var/lib/pods")) host.files().makeFolder(folder, 0755);
  }

  static VolumeCapability mount(String type, AccessMode mode) {
    return VolumeCapability.mount(type, mode);
  }

  <R> R ask(CsiCall<R> call) {
    return csi.call(call, PATIENT);
  }

  /// What the driver says to a call, an answer or a refusal.
  String say(CsiCall<?> call) {
    return say(call, PATIENT);
  }

  String sayHurried(CsiCall<?> call) {
    return say(call, HURRIED);
  }

  private String say(CsiCall<?> call, Duration atMost) {
    try {
      return String.valueOf(answer(call, atMost));
    } catch (CsiException refused) {
      return refused.code() + ": " + refused.getMessage();
    }
  }

  private Object answer(CsiCall<?> call, Duration atMost) {
    return csi.call(call, atMost);
  }

  /// What the driver says to several calls, one after the other.
  String say(CsiCall<?>... calls) {
    return String.join("; ", Arrays.stream(calls).map(this::say).toList());
  }

  static CreateVolume create(String name) {
    return new CreateVolume(
        name,
        CapacityRange.atLeast(Bytes.mebi(64)),
        List.of(MOUNT),
        Map.of(),
        SECRETS,
        EMPTY,
        TopologyRequirement.NONE,
        Map.of());
  }

  static CapacityRange range(long required, long limit) {
    return new CapacityRange(Bytes.mebi(required), Bytes.mebi(limit));
  }

  static CreateVolume sized(String name, long required, long limit) {
    return Alter.capacity(create(name), range(required, limit));
  }

  Volume make(String name) {
    return ask(create(name));
  }

  static DeleteVolume delete(Volume volume) {
    return new DeleteVolume(volume.id(), Secrets.NONE);
  }

  static ControllerPublishVolume attach(Volume volume, String node, boolean readOnly) {
    return new ControllerPublishVolume(
        volume.id(), new NodeId(node), MOUNT, readOnly, SECRETS, volume.context());
  }

  static NodeStageVolume stage(Volume volume, VolumeCapability capability) {
    return new NodeStageVolume(
        volume.id(), Map.of(), STAGING, capability, SECRETS, volume.context());
  }

  static NodePublishVolume publish(
      Volume volume, String target, VolumeCapability capability, boolean readOnly) {
    return new NodePublishVolume(
        volume.id(), Map.of(), STAGING, target, capability, readOnly, SECRETS, volume.context());
  }

  static NodePublishVolume publish(Volume volume) {
    return publish(volume, TARGET, MOUNT, false);
  }

  static NodeUnpublishVolume unpublish(Volume volume) {
    return new NodeUnpublishVolume(volume.id(), TARGET);
  }

  static NodeUnstageVolume unstage(Volume volume) {
    return new NodeUnstageVolume(volume.id(), STAGING);
  }

  /// A volume that is staged.
  Volume staged() {
    var volume = make("one");
    ask(stage(volume, MOUNT));
    return volume;
  }

  /// A volume that is published at the target, with a file.
  Volume published() {
    var volume = staged();
    ask(publish(volume));
    host.files().write(TARGET + "/file", "text");
    return volume;
  }

  /// What the target shows.
  String target() {
    return host.files().look(TARGET)
        + " "
        + host.mounts().table().stream().filter(mount -> mount.target().equals(TARGET)).toList()
        + " "
        + host.files().names(TARGET)
        + host.files().read(TARGET + "/file");
  }

  static CreateSnapshot snapshot(Volume source, String name) {
    return new CreateSnapshot(source.id(), name, SECRETS, Map.of(), TopologyRequirement.NONE);
  }

  static ListSnapshots snapshots(int most, String token, String source, String snapshot) {
    return new ListSnapshots(
        most, token, new VolumeId(source), new SnapshotId(snapshot), Secrets.NONE);
  }

  static ListSnapshots allSnapshots() {
    return snapshots(0, "", "", "");
  }

  static ListVolumes allVolumes() {
    return new ListVolumes(0, "");
  }

  static CreateVolume restore(Snapshot snapshot, String name) {
    return Alter.source(create(name), new ContentSource.Snapshot(snapshot.id()));
  }

  /// What a volume holds that was restored from a snapshot of a volume with a file, which was
  /// changed after the cut.
  String restored() {
    var source = published();
    var cut = ask(snapshot(source, "cut"));
    host.files().write(TARGET + "/file", "later");
    ask(unpublish(source));
    ask(unstage(source));
    var volume = ask(restore(cut, "restored"));
    ask(stage(volume, MOUNT));
    ask(publish(volume));
    return target();
  }

  static CreateVolumeGroupSnapshot group(String name, VolumeId... sources) {
    return new CreateVolumeGroupSnapshot(name, List.of(sources), Secrets.NONE, Map.of());
  }

  static ControllerExpandVolume expand(Volume volume, long required, long limit) {
    return new ControllerExpandVolume(volume.id(), range(required, limit), Secrets.NONE, MOUNT);
  }
}
