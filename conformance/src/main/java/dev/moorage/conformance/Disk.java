package dev.moorage.conformance;

import dev.moorage.base.Bytes;
import dev.moorage.csi.CapacityRange;
import dev.moorage.csi.ControllerExpandVolume;
import dev.moorage.csi.ControllerGetCapabilities;
import dev.moorage.csi.ControllerPublishVolume;
import dev.moorage.csi.ControllerUnpublishVolume;
import dev.moorage.csi.CreateSnapshot;
import dev.moorage.csi.DeleteVolume;
import dev.moorage.csi.NodeExpandVolume;
import dev.moorage.csi.NodeGetCapabilities;
import dev.moorage.csi.NodeGetVolumeStats;
import dev.moorage.csi.NodeId;
import dev.moorage.csi.NodePublishVolume;
import dev.moorage.csi.NodeStageVolume;
import dev.moorage.csi.NodeUnpublishVolume;
import dev.moorage.csi.NodeUnstageVolume;
import dev.moorage.csi.TopologyRequirement;
import dev.moorage.csi.Volume;
import dev.moorage.csi.VolumeCapability;
import dev.moorage.csi.VolumeId;
import java.util.Map;

/// A volume under test, with the calls of its life. Calls that the driver does not advertise are
/// left out, as an orchestrator does.
final class Disk {
  private static final int BLOCK = 4096;

  private final Bench bench;
  private final NewVolume wish;
  private final Volume volume;
  private Map<String, String> publishContext = Map.of();

  Disk(Bench bench, NewVolume wish, Volume volume) {
    this.bench = bench;
    this.wish = wish;
    this.volume = volume;
  }

  Volume volume() {
    return volume;
  }

  VolumeId id() {
    return volume.id();
  }

  NewVolume wish() {
    return wish;
  }

  VolumeCapability capability() {
    return wish.capability();
  }

  boolean block() {
    return capability().block();
  }

  String target() {
    return target("a");
  }

  String target(String pod) {
    return bench.paths().target(label() + "-" + pod);
  }

  String staging() {
    return stages() ? bench.paths().staging(label()) : "";
  }

  /// Names may be hostile; folders of ours are not.
  private String label() {
    return Integer.toHexString(wish.name().hashCode());
  }

  private boolean stages() {
    return bench.facts().has(NodeGetCapabilities.Capability.STAGE_UNSTAGE_VOLUME);
  }

  private boolean attaches() {
    return bench.facts().has(ControllerGetCapabilities.Capability.PUBLISH_UNPUBLISH_VOLUME);
  }

  NodeId node() {
    return bench
        .facts()
        .nodeInfo()
        .orElseThrow(() -> new NotAsked("the driver tells no node id here"))
        .node();
  }

  // Its calls

  ControllerPublishVolume attachCall() {
    return attachCall(node(), capability(), false);
  }

  ControllerPublishVolume attachCall(NodeId node, VolumeCapability capability, boolean readOnly) {
    return new ControllerPublishVolume(
        id(),
        node,
        capability,
        readOnly,
        bench.secrets("ControllerPublishVolumeSecret"),
        volume.context());
  }

  ControllerUnpublishVolume detachCall() {
    return new ControllerUnpublishVolume(
        id(), node(), bench.secrets("ControllerUnpublishVolumeSecret"));
  }

  NodeStageVolume stageCall() {
    return stageCall(staging(), capability());
  }

  NodeStageVolume stageCall(String path, VolumeCapability capability) {
    return new NodeStageVolume(
        id(),
        publishContext,
        path,
        capability,
        bench.secrets("NodeStageVolumeSecret"),
        volume.context());
  }

  NodeUnstageVolume unstageCall() {
    return new NodeUnstageVolume(id(), staging());
  }

  NodePublishVolume publishCall() {
    return publishCall(target(), capability(), readOnlyByMode());
  }

  NodePublishVolume publishCall(String target, boolean readOnly) {
    return publishCall(target, capability(), readOnly);
  }

  NodePublishVolume publishCall(String target, VolumeCapability capability, boolean readOnly) {
    return publishCall(target, capability, readOnly, volume.context());
  }

  NodePublishVolume publishCall(
      String target, VolumeCapability capability, boolean readOnly, Map<String, String> context) {
    return new NodePublishVolume(
        id(),
        publishContext,
        staging(),
        target,
        capability,
        readOnly,
        bench.secrets("NodePublishVolumeSecret"),
        context);
  }

  private boolean readOnlyByMode() {
    return capability().mode().readOnly();
  }

  NodeUnpublishVolume unpublishCall() {
    return unpublishCall(target());
  }

  NodeUnpublishVolume unpublishCall(String target) {
    return new NodeUnpublishVolume(id(), target);
  }

  DeleteVolume deleteCall() {
    return new DeleteVolume(id(), bench.secrets("DeleteVolumeSecret"));
  }

  ControllerExpandVolume expandCall(Bytes size) {
    return expandCall(CapacityRange.atLeast(size));
  }

  ControllerExpandVolume expandCall(CapacityRange range) {
    return new ControllerExpandVolume(
        id(), range, bench.secrets("ControllerExpandVolumeSecret"), capability());
  }

  NodeExpandVolume expandHereCall(Bytes size) {
    return new NodeExpandVolume(
        id(),
        target(),
        CapacityRange.atLeast(size),
        staging(),
        capability(),
        bench.secrets("NodeExpandVolumeSecret"));
  }

  NodeGetVolumeStats statsCall() {
    return new NodeGetVolumeStats(id(), target(), staging());
  }

  CreateSnapshot snapshotCall(String name) {
    return new CreateSnapshot(
        id(),
        name,
        bench.secrets("CreateSnapshotSecret"),
        bench.options().wanted().snapshots(),
        TopologyRequirement.NONE);
  }

  // Its life

  /// Attached, where drivers attach.
  Disk attach() {
    if (attaches()) publishContext = bench.ok(attachCall()).publishContext();
    return this;
  }

  /// Staged, where drivers stage.
  Disk stage() {
    if (stages()) bench.ok(stageCall());
    return this;
  }

  Disk publish() {
    bench.ok(publishCall());
    return this;
  }

  /// Attached, staged and published.
  Disk up() {
    return attach().stage().publish();
  }

  Disk unpublish() {
    bench.ok(unpublishCall());
    return this;
  }

  Disk unstage() {
    if (stages()) bench.ok(unstageCall());
    return this;
  }

  Disk detach() {
    if (attaches()) bench.ok(detachCall());
    return this;
  }

  /// Unpublished, unstaged and detached.
  Disk down() {
    return unpublish().unstage().detach();
  }

  void delete() {
    bench.ok(deleteCall());
  }

  // What it holds

  /// Writes through a published path, so that it survives.
  void write(String text) {
    write(target(), text);
  }

  void write(String target, String text) {
    if (block()) bench.raw().write(target, 0, padded(text));
    else {
      bench.host().files().write(target + "/conformance.txt", text);
      bench.host().filesystems().sync(target);
    }
  }

  /// What was written, as a published path shows it; empty for nothing.
  String read() {
    return read(target());
  }

  String read(String target) {
    return block()
        ? bench.raw().read(target, 0, BLOCK).replace("\0", "")
        : bench.host().files().read(target + "/conformance.txt").orElse("");
  }

  private static String padded(String text) {
    return text + "\0".repeat(BLOCK - text.length());
  }

  /// What a published path shows: the filesystem's total, or the device's size.
  Bytes shown() {
    return block()
        ? bench.raw().size(target())
        : bench.host().filesystems().usage(target()).total();
  }

  /// Demands what a published path holds.
  void mustHold(String text, String why) {
    bench.same(text, read(), why);
  }
}
