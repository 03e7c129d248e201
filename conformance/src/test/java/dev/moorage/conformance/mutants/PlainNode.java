package dev.moorage.conformance.mutants;

import static dev.moorage.conformance.mutants.PlainVolumes.require;

import dev.moorage.csi.AccessMode;
import dev.moorage.csi.CsiException;
import dev.moorage.csi.CsiException.Code;
import dev.moorage.csi.NodeExpandVolume;
import dev.moorage.csi.NodeGetVolumeStats;
import dev.moorage.csi.NodeGetVolumeStats.Unit;
import dev.moorage.csi.NodeGetVolumeStats.Usage;
import dev.moorage.csi.NodePublishVolume;
import dev.moorage.csi.NodeStageVolume;
import dev.moorage.csi.NodeUnpublishVolume;
import dev.moorage.csi.NodeUnstageVolume;
import dev.moorage.csi.VolumeCapability;
import dev.moorage.csi.VolumeCapability.Access;
import dev.moorage.csi.VolumeCondition;
import dev.moorage.csi.VolumeId;
import dev.moorage.host.Files.Sort;
import dev.moorage.host.Host;
import dev.moorage.host.LoopDevices;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;

/// The node side of the plain driver.
final class PlainNode {
  private final Host host;
  private final PlainVolumes volumes;
  private final SequencedMap<String, NodeStageVolume> staged = new LinkedHashMap<>();
  private final SequencedMap<String, NodePublishVolume> published = new LinkedHashMap<>();
  private final Map<VolumeId, Map<String, String>> restored = new HashMap<>();

  PlainNode(Host host, PlainVolumes volumes) {
    this.host = host;
    this.volumes = volumes;
  }

  boolean uses(VolumeId volume) {
    return staged.values().stream().anyMatch(call -> call.volume().equals(volume));
  }

  /// The files of a volume that is mounted here.
  Map<String, String> contents(VolumeId volume) {
    var texts = new LinkedHashMap<String, String>();
    for (var call : staged.values())
      if (call.volume().equals(volume) && !call.capability().block())
        for (var name : host.files().names(call.stagingPath()))
          host.files()
              .read(call.stagingPath() + "/" + name)
              .ifPresent(text -> texts.put(name, text));
    return texts;
  }

  /// What a volume holds when it is first mounted.
  void restore(VolumeId volume, Map<String, String> texts) {
    restored.put(volume, texts);
  }

  void stage(NodeStageVolume call) {
    require(!call.volume().text().isEmpty(), "volume id");
    require(!call.stagingPath().isEmpty(), "staging path");
    require(!call.capability().missing(), "capability");
    volumes.known(call.volume());
    if (!PlainVolumes.supported(call.capability()))
      throw new CsiException(Code.FAILED_PRECONDITION, "no such capability");
    var before = staged.get(call.stagingPath());
    if (before == null) stageNow(call);
    else if (!before.capability().equals(call.capability()))
      throw new CsiException(Code.ALREADY_EXISTS, "staged otherwise");
  }

  private void stageNow(NodeStageVolume call) {
    var device =
        host.loops().attach(PlainVolumes.image(call.volume()), LoopDevices.Options.FENCED).device();
    staged.put(call.stagingPath(), call);
    if (call.capability().block()) return;
    var type = host.filesystems().probe(device).orElse(type(call.capability()));
    if (host.filesystems().probe(device).isEmpty())
      host.filesystems().format(device, type, List.of());
    host.mounts().mount(device, call.stagingPath(), type, List.of());
    host.filesystems().grow(device, type, call.stagingPath());
    var texts = restored.remove(call.volume());
    if (texts != null)
      texts.forEach((name, text) -> host.files().write(call.stagingPath() + "/" + name, text));
  }

  private static String type(VolumeCapability capability) {
    return capability.access() instanceof Access.Mount(var type, _, _) && !type.isEmpty()
        ? type
        : "ext4";
  }

  private String device(VolumeId volume) {
    return host.loops().first(PlainVolumes.image(volume)).orElseThrow().device();
  }

  void unstage(NodeUnstageVolume call) {
    require(!call.volume().text().isEmpty(), "volume id");
    require(!call.stagingPath().isEmpty(), "staging path");
    if (!staged.containsKey(call.stagingPath())) return;
    if (published.values().stream().anyMatch(one -> one.volume().equals(call.volume())))
      throw new CsiException(Code.FAILED_PRECONDITION, "still published");
    if (host.mounts().at(call.stagingPath()).isPresent()) host.mounts().unmount(call.stagingPath());
    host.loops().detach(device(call.volume()));
    staged.remove(call.stagingPath());
  }

  void publish(NodePublishVolume call) {
    require(!call.volume().text().isEmpty(), "volume id");
    require(!call.targetPath().isEmpty(), "target path");
    require(!call.capability().missing(), "capability");
    volumes.known(call.volume());
    if (!staged.containsKey(call.stagingPath()))
      throw new CsiException(Code.FAILED_PRECONDITION, "not staged");
    var before = published.get(call.targetPath());
    if (before != null && !before.equals(call))
      throw new CsiException(Code.ALREADY_EXISTS, "published otherwise");
    if (before != null) return;
    boolean alone = call.capability().mode() == AccessMode.SINGLE_NODE_SINGLE_WRITER;
    if (alone && published.values().stream().anyMatch(one -> one.volume().equals(call.volume())))
      throw new CsiException(Code.FAILED_PRECONDITION, "published elsewhere");
    publishNow(call);
    published.put(call.targetPath(), call);
  }

  private void publishNow(NodePublishVolume call) {
    boolean readOnly = call.readOnly() || call.capability().mode().readOnly();
    if (call.capability().block()) {
      host.files().write(call.targetPath(), "");
      host.mounts().bind(device(call.volume()), call.targetPath(), readOnly);
    } else {
      host.files().makeFolder(call.targetPath(), 0750);
      host.mounts().bind(call.stagingPath(), call.targetPath(), readOnly);
    }
  }

  void unpublish(NodeUnpublishVolume call) {
    require(!call.volume().text().isEmpty(), "volume id");
    require(!call.targetPath().isEmpty(), "target path");
    while (host.mounts().at(call.targetPath()).isPresent())
      host.mounts().unmount(call.targetPath());
    var there = host.files().look(call.targetPath());
    if (there.isPresent() && there.get().sort() == Sort.FOLDER)
      host.files().removeFolder(call.targetPath());
    else host.files().removeFile(call.targetPath());
    published.remove(call.targetPath());
  }

  private void checkPath(VolumeId volume, String path) {
    require(!path.isEmpty(), "path");
    volumes.known(volume);
    var publishing = published.get(path);
    var staging = staged.get(path);
    boolean there =
        (publishing != null && publishing.volume().equals(volume))
            || (staging != null && staging.volume().equals(volume));
    if (!there) throw new CsiException(Code.NOT_FOUND, volume + " is not at " + path);
  }

  NodeGetVolumeStats.Answer stats(NodeGetVolumeStats call) {
    checkPath(call.volume(), call.volumePath());
    var usage = host.filesystems().usage(call.volumePath());
    return new NodeGetVolumeStats.Answer(
        List.of(
            new Usage(
                Unit.BYTES, usage.total().count(), usage.used().count(), usage.available().count()),
            new Usage(Unit.INODES, usage.inodes(), usage.inodesUsed(), usage.inodesFree())),
        Optional.of(new VolumeCondition(false, "fine")));
  }

  NodeExpandVolume.Answer expand(NodeExpandVolume call) {
    checkPath(call.volume(), call.volumePath());
    var device = device(call.volume());
    host.loops().refresh(device);
    var type = host.filesystems().probe(device);
    type.ifPresent(one -> host.filesystems().grow(device, one, call.volumePath()));
    return new NodeExpandVolume.Answer(volumes.sizeOf(call.volume()));
  }
}
