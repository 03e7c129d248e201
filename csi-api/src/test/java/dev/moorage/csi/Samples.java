package dev.moorage.csi;

import dev.moorage.base.Bytes;
import dev.moorage.base.Secret;
import dev.moorage.csi.NodeGetVolumeStats.Unit;
import dev.moorage.csi.NodeGetVolumeStats.Usage;
import dev.moorage.csi.VolumeCapability.Access;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// One call of every sort with its answer: with every field filled, with every field empty, and in
/// the forms between that a field can take.
public final class Samples {
  private Samples() {}

  /// A call and what the driver answers to it.
  public record Sample<R>(CsiCall<R> call, R answer) {
    @Override
    public String toString() {
      return call.toString();
    }
  }

  private static final VolumeId VOLUME = new VolumeId("vol-1");
  private static final NodeId NODE = new NodeId("node-1");
  private static final Map<String, String> PARAMETERS = Map.of("label", "data", "tier", "größer");
  private static final Map<String, String> MUTABLE = Map.of("iops", "300");
  private static final Map<String, String> VOLUME_CONTEXT = Map.of("pool", "a", "image", "b/c");
  private static final Map<String, String> PUBLISH_CONTEXT = Map.of("device", "/dev/loop7");
  static final Secrets SECRETS =
      new Secrets(Map.of("user", new Secret("anna"), "password", new Secret("geheim")));
  private static final CapacityRange RANGE = new CapacityRange(Bytes.gibi(1), Bytes.gibi(2));
  private static final Topology HERE = new Topology(Map.of("topology.test/node", "node-1"));
  private static final Topology THERE = new Topology(Map.of("topology.test/node", "node-2"));
  private static final TopologyRequirement PLACES =
      new TopologyRequirement(List.of(HERE, THERE), List.of(THERE, HERE));
  static final VolumeCapability MOUNT =
      new VolumeCapability(
          new Access.Mount("xfs", List.of("noatime", "discard"), "1000"),
          AccessMode.SINGLE_NODE_SINGLE_WRITER);
  private static final VolumeCapability BLOCK =
      new VolumeCapability(new Access.Block(), AccessMode.MULTI_NODE_MULTI_WRITER);
  private static final List<VolumeCapability> CAPABILITIES = List.of(MOUNT, BLOCK);
  private static final VolumeCondition CONDITION = new VolumeCondition(true, "größer Schaden");
  private static final ListVolumes.Entry LISTED =
      new ListVolumes.Entry(
          new Volume(
              VOLUME,
              Bytes.gibi(1),
              VOLUME_CONTEXT,
              new ContentSource.Volume(new VolumeId("vol-0")),
              List.of(HERE)),
          List.of(NODE, new NodeId("node-2")),
          Optional.of(CONDITION));
  private static final String STAGING = "/var/lib/kubelet/plugins/globalmount";
  private static final String TARGET = "/var/lib/kubelet/pods/u/volumes/mount";

  /// Every call with every field filled.
  public static List<Sample<?>> filled() {
    return joined(filledOnVolumes(), SnapshotSamples.filled(), HealthSamples.filled());
  }

  /// Every call with every field empty.
  public static List<Sample<?>> empty() {
    return joined(emptyOnVolumes(), SnapshotSamples.empty(), HealthSamples.empty());
  }

  /// The forms that a field can take beside filled and empty: one call for each.
  public static List<Sample<?>> variants() {
    return joined(variantsOnVolumes(), SnapshotSamples.variants(), HealthSamples.variants());
  }

  private static List<Sample<?>> joined(
      List<Sample<?>> volumes, List<Sample<?>> snapshots, List<Sample<?>> health) {
    return Stream.of(volumes, snapshots, health).<Sample<?>>flatMap(List::stream).toList();
  }

  private static List<Sample<?>> filledOnVolumes() {
    return List.of(
        new Sample<>(
            new GetPluginInfo(),
            new GetPluginInfo.Answer("loop.test", "1.2.3", Map.of("commit", "abc"))),
        new Sample<>(
            new GetPluginCapabilities(),
            new GetPluginCapabilities.Answer(
                EnumSet.allOf(GetPluginCapabilities.Capability.class))),
        new Sample<>(new Probe(), new Probe.Answer(true)),
        new Sample<>(
            new CreateVolume(
                "pvc-1",
                RANGE,
                CAPABILITIES,
                PARAMETERS,
                SECRETS,
                new ContentSource.Snapshot(new SnapshotId("snap-1")),
                PLACES,
                MUTABLE),
            new Volume(
                VOLUME,
                Bytes.mebi(1025),
                VOLUME_CONTEXT,
                new ContentSource.Snapshot(new SnapshotId("snap-1")),
                List.of(HERE, THERE))),
        new Sample<>(new DeleteVolume(VOLUME, SECRETS), Done.DONE),
        new Sample<>(
            new ControllerPublishVolume(VOLUME, NODE, MOUNT, true, SECRETS, VOLUME_CONTEXT),
            new ControllerPublishVolume.Answer(PUBLISH_CONTEXT)),
        new Sample<>(new ControllerUnpublishVolume(VOLUME, NODE, SECRETS), Done.DONE),
        new Sample<>(
            new ValidateVolumeCapabilities(
                VOLUME, VOLUME_CONTEXT, CAPABILITIES, PARAMETERS, SECRETS, MUTABLE),
            new ValidateVolumeCapabilities.Answer(
                true, VOLUME_CONTEXT, CAPABILITIES, PARAMETERS, MUTABLE, "all of it")),
        new Sample<>(
            new GetCapacity(CAPABILITIES, PARAMETERS, HERE),
            new GetCapacity.Answer(Bytes.gibi(10), Bytes.gibi(8), Bytes.mebi(300))),
        new Sample<>(
            new ControllerGetCapabilities(),
            new ControllerGetCapabilities.Answer(
                EnumSet.allOf(ControllerGetCapabilities.Capability.class))),
        new Sample<>(
            new ControllerExpandVolume(VOLUME, RANGE, SECRETS, MOUNT),
            new ControllerExpandVolume.Answer(Bytes.gibi(2), true)),
        new Sample<>(
            new ListVolumes(7, "token-1"),
            new ListVolumes.Answer(List.of(LISTED, LISTED), "token-2")),
        new Sample<>(new ControllerGetVolume(VOLUME), LISTED),
        new Sample<>(new ControllerModifyVolume(VOLUME, SECRETS, MUTABLE), Done.DONE),
        new Sample<>(
            new NodeStageVolume(VOLUME, PUBLISH_CONTEXT, STAGING, MOUNT, SECRETS, VOLUME_CONTEXT),
            Done.DONE),
        new Sample<>(new NodeUnstageVolume(VOLUME, STAGING), Done.DONE),
        new Sample<>(
            new NodePublishVolume(
                VOLUME, PUBLISH_CONTEXT, STAGING, TARGET, MOUNT, true, SECRETS, VOLUME_CONTEXT),
            Done.DONE),
        new Sample<>(new NodeUnpublishVolume(VOLUME, TARGET), Done.DONE),
        new Sample<>(
            new NodeGetVolumeStats(VOLUME, TARGET, STAGING),
            new NodeGetVolumeStats.Answer(
                List.of(new Usage(Unit.BYTES, 100, 60, 40), new Usage(Unit.INODES, 10, 3, 7)),
                Optional.of(CONDITION))),
        new Sample<>(
            new NodeExpandVolume(VOLUME, TARGET, RANGE, STAGING, MOUNT, SECRETS),
            new NodeExpandVolume.Answer(Bytes.gibi(2))),
        new Sample<>(
            new NodeGetCapabilities(),
            new NodeGetCapabilities.Answer(EnumSet.allOf(NodeGetCapabilities.Capability.class))),
        new Sample<>(new NodeGetInfo(), new NodeGetInfo.Answer(NODE, 16, HERE)));
  }

  private static List<Sample<?>> emptyOnVolumes() {
    var volume = new VolumeId("");
    var node = new NodeId("");
    var any = CapacityRange.ANY;
    var none = VolumeCapability.MISSING;
    Map<String, String> noTexts = Map.of();
    List<VolumeCapability> noCapabilities = List.of();
    return List.of(
        new Sample<>(new GetPluginInfo(), new GetPluginInfo.Answer("", "", noTexts)),
        new Sample<>(
            new GetPluginCapabilities(),
            new GetPluginCapabilities.Answer(
                EnumSet.noneOf(GetPluginCapabilities.Capability.class))),
        new Sample<>(new Probe(), new Probe.Answer(false)),
        new Sample<>(
            new CreateVolume(
                "",
                any,
                noCapabilities,
                noTexts,
                Secrets.NONE,
                new ContentSource.Empty(),
                TopologyRequirement.NONE,
                noTexts),
            new Volume(volume, Bytes.ZERO, noTexts, new ContentSource.Empty(), List.of())),
        new Sample<>(new DeleteVolume(volume, Secrets.NONE), Done.DONE),
        new Sample<>(
            new ControllerPublishVolume(volume, node, none, false, Secrets.NONE, noTexts),
            new ControllerPublishVolume.Answer(noTexts)),
        new Sample<>(new ControllerUnpublishVolume(volume, node, Secrets.NONE), Done.DONE),
        new Sample<>(
            new ValidateVolumeCapabilities(
                volume, noTexts, noCapabilities, noTexts, Secrets.NONE, noTexts),
            new ValidateVolumeCapabilities.Answer(
                false, noTexts, noCapabilities, noTexts, noTexts, "")),
        new Sample<>(
            new GetCapacity(noCapabilities, noTexts, Topology.NONE),
            new GetCapacity.Answer(Bytes.ZERO, Bytes.ZERO, Bytes.ZERO)),
        new Sample<>(
            new ControllerGetCapabilities(),
            new ControllerGetCapabilities.Answer(
                EnumSet.noneOf(ControllerGetCapabilities.Capability.class))),
        new Sample<>(
            new ControllerExpandVolume(volume, any, Secrets.NONE, none),
            new ControllerExpandVolume.Answer(Bytes.ZERO, false)),
        new Sample<>(new ListVolumes(0, ""), new ListVolumes.Answer(List.of(), "")),
        new Sample<>(
            new ControllerGetVolume(volume),
            new ListVolumes.Entry(
                new Volume(volume, Bytes.ZERO, noTexts, new ContentSource.Empty(), List.of()),
                List.of(),
                Optional.empty())),
        new Sample<>(new ControllerModifyVolume(volume, Secrets.NONE, noTexts), Done.DONE),
        new Sample<>(
            new NodeStageVolume(volume, noTexts, "", none, Secrets.NONE, noTexts), Done.DONE),
        new Sample<>(new NodeUnstageVolume(volume, ""), Done.DONE),
        new Sample<>(
            new NodePublishVolume(volume, noTexts, "", "", none, false, Secrets.NONE, noTexts),
            Done.DONE),
        new Sample<>(new NodeUnpublishVolume(volume, ""), Done.DONE),
        new Sample<>(
            new NodeGetVolumeStats(volume, "", ""), new NodeGetVolumeStats.Answer(List.of())),
        new Sample<>(
            new NodeExpandVolume(volume, "", any, "", none, Secrets.NONE),
            new NodeExpandVolume.Answer(Bytes.ZERO)),
        new Sample<>(
            new NodeGetCapabilities(),
            new NodeGetCapabilities.Answer(EnumSet.noneOf(NodeGetCapabilities.Capability.class))),
        new Sample<>(new NodeGetInfo(), new NodeGetInfo.Answer(node, 0, Topology.NONE)));
  }

  private static List<Sample<?>> variantsOnVolumes() {
    var samples = new ArrayList<Sample<?>>();
    for (AccessMode mode : AccessMode.values()) {
      samples.add(publish(new VolumeCapability(new Access.Block(), mode)));
      samples.add(publish(VolumeCapability.mount("", mode)));
    }
    for (ContentSource source :
        List.of(new ContentSource.Empty(), new ContentSource.Volume(new VolumeId("vol-0"))))
      samples.add(create(RANGE, source));
    samples.add(
        create(CapacityRange.atLeast(new Bytes(Long.MAX_VALUE)), new ContentSource.Empty()));
    samples.add(create(new CapacityRange(Bytes.ZERO, Bytes.gibi(1)), new ContentSource.Empty()));
    samples.add(
        new Sample<>(
            new ValidateVolumeCapabilities(
                VOLUME, Map.of(), CAPABILITIES, Map.of(), Secrets.NONE, Map.of()),
            new ValidateVolumeCapabilities.Answer(
                false, Map.of(), List.of(), Map.of(), Map.of(), "no block volumes here")));
    Arrays.stream(GetPluginCapabilities.Capability.values())
        .map(EnumSet::of)
        .forEach(one ->
            samples.add(
                new Sample<>(new GetPluginCapabilities(), new GetPluginCapabilities.Answer(one))));
    samples.add(
        new Sample<>(
            new NodeGetVolumeStats(VOLUME, TARGET, ""),
            new NodeGetVolumeStats.Answer(List.of(), Optional.of(new VolumeCondition(false, "")))));
    samples.add(
        new Sample<>(
            new ListVolumes(Integer.MAX_VALUE, ""),
            new ListVolumes.Answer(
                List.of(
                    new ListVolumes.Entry(LISTED.volume(), List.of(NODE), Optional.empty()),
                    new ListVolumes.Entry(LISTED.volume(), List.of(), Optional.of(CONDITION))),
                "")));
    return samples;
  }

  private static Sample<?> publish(VolumeCapability capability) {
    return new Sample<>(
        new ControllerPublishVolume(VOLUME, NODE, capability, false, Secrets.NONE, Map.of()),
        new ControllerPublishVolume.Answer(Map.of()));
  }

  private static Sample<?> create(CapacityRange range, ContentSource source) {
    return new Sample<>(
        new CreateVolume(
            "pvc-1",
            range,
            List.of(MOUNT),
            Map.of(),
            Secrets.NONE,
            source,
            new TopologyRequirement(List.of(), List.of(HERE)),
            Map.of()),
        new Volume(VOLUME, range.required(), Map.of(), source, List.of()));
  }
}
