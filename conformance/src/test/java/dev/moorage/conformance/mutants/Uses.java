package dev.moorage.conformance.mutants;

import dev.moorage.csi.ControllerPublishVolume;
import dev.moorage.csi.ControllerUnpublishVolume;
import dev.moorage.csi.Done;
import dev.moorage.csi.NodePublishVolume;
import dev.moorage.csi.NodeStageVolume;
import dev.moorage.csi.NodeUnpublishVolume;
import dev.moorage.csi.NodeUnstageVolume;
import dev.moorage.csi.VolumeId;
import java.util.List;

/// Where volumes are in use: what was published and staged and not taken back.
final class Uses {
  private final Memory<String, NodePublishVolume> targets = new Memory<>();
  private final Memory<String, NodeStageVolume> stagings = new Memory<>();
  private final Memory<String, ControllerPublishVolume> nodes = new Memory<>();

  /// Lets this driver's calls be noted.
  Bent watching(Bent bent) {
    return bent.at(NodePublishVolume.class, this::publish)
        .at(NodeUnpublishVolume.class, this::unpublish)
        .at(NodeStageVolume.class, this::stage)
        .at(NodeUnstageVolume.class, this::unstage)
        .at(ControllerPublishVolume.class, this::attach)
        .at(ControllerUnpublishVolume.class, this::detach);
  }

  Done publish(NodePublishVolume call, Down down) {
    var done = down.call(call);
    targets.put(call.targetPath(), call);
    return done;
  }

  Done unpublish(NodeUnpublishVolume call, Down down) {
    var done = down.call(call);
    targets.remove(call.targetPath());
    return done;
  }

  private Done stage(NodeStageVolume call, Down down) {
    var done = down.call(call);
    stagings.put(call.stagingPath(), call);
    return done;
  }

  private Done unstage(NodeUnstageVolume call, Down down) {
    var done = down.call(call);
    stagings.remove(call.stagingPath());
    return done;
  }

  private ControllerPublishVolume.Answer attach(ControllerPublishVolume call, Down down) {
    var answer = down.call(call);
    nodes.put(call.volume() + "@" + call.node(), call);
    return answer;
  }

  private Done detach(ControllerUnpublishVolume call, Down down) {
    var done = down.call(call);
    nodes.remove(call.volume() + "@" + call.node());
    return done;
  }

  /// The calls that published a volume at targets.
  List<NodePublishVolume> targetsOf(VolumeId volume) {
    return targets.values().stream().filter(call -> call.volume().equals(volume)).toList();
  }

  /// Takes a volume out of use everywhere.
  void undo(VolumeId volume, Down down) {
    unpublishAll(volume, down);
    for (var call : stagings.values())
      if (call.volume().equals(volume))
        unstage(new NodeUnstageVolume(volume, call.stagingPath()), down);
    for (var call : nodes.values())
      if (call.volume().equals(volume))
        detach(new ControllerUnpublishVolume(volume, call.node(), call.secrets()), down);
  }

  /// Unpublishes a volume from all targets.
  void unpublishAll(VolumeId volume, Down down) {
    for (var call : targetsOf(volume))
      unpublish(new NodeUnpublishVolume(volume, call.targetPath()), down);
  }
}
