package dev.moorage.conformance;

import dev.moorage.conformance.Answer.Given;
import dev.moorage.conformance.Answer.Refused;
import dev.moorage.csi.ControllerPublishVolume;
import dev.moorage.csi.ControllerUnpublishVolume;
import dev.moorage.csi.CreateSnapshot;
import dev.moorage.csi.CreateVolume;
import dev.moorage.csi.CreateVolumeGroupSnapshot;
import dev.moorage.csi.CsiCall;
import dev.moorage.csi.CsiException.Code;
import dev.moorage.csi.DeleteSnapshot;
import dev.moorage.csi.DeleteVolume;
import dev.moorage.csi.DeleteVolumeGroupSnapshot;
import dev.moorage.csi.GroupSnapshot;
import dev.moorage.csi.NodePublishVolume;
import dev.moorage.csi.NodeStageVolume;
import dev.moorage.csi.NodeUnpublishVolume;
import dev.moorage.csi.NodeUnstageVolume;
import dev.moorage.csi.Snapshot;
import dev.moorage.csi.Volume;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// What a check has made, as the calls that undo it. A creation whose outcome is unknown stands for
/// itself: it is made again, to learn what to delete.
final class Remembered {
  private static final Set<Code> UNKNOWN_OUTCOME =
      Set.of(Code.CANCELLED, Code.DEADLINE_EXCEEDED, Code.UNAVAILABLE, Code.ABORTED);

  private final Options options;
  private final LinkedHashSet<CsiCall<?>> undo = new LinkedHashSet<>(); // guarded by this

  Remembered(Options options) {
    this.options = options;
  }

  /// Paths and nodes are known before; whatever comes of the call, they are cleared.
  synchronized void before(CsiCall<?> call) {
    switch (call) {
      case ControllerPublishVolume attach
          when !attach.volume().text().isEmpty() && !attach.node().text().isEmpty() ->
          undo.add(detach(attach));
      case NodeStageVolume stage
          when !stage.volume().text().isEmpty() && !stage.stagingPath().isEmpty() ->
          undo.add(new NodeUnstageVolume(stage.volume(), stage.stagingPath()));
      case NodePublishVolume publish
          when !publish.volume().text().isEmpty() && !publish.targetPath().isEmpty() ->
          undo.add(new NodeUnpublishVolume(publish.volume(), publish.targetPath()));
      default -> {}
    }
  }

  synchronized void after(CsiCall<?> call, Answer<?> answer) {
    switch (answer) {
      case Given<?>(var value) -> done(call, value);
      case Refused<?>(var code, _) -> {
        if (UNKNOWN_OUTCOME.contains(code) && makes(call)) undo.add(call);
        // Who does not attach does not detach either.
        if (code == Code.UNIMPLEMENTED && call instanceof ControllerPublishVolume attach)
          undo.remove(detach(attach));
      }
    }
  }

  private ControllerUnpublishVolume detach(ControllerPublishVolume attach) {
    return new ControllerUnpublishVolume(
        attach.volume(), attach.node(), options.secretsOf("ControllerUnpublishVolumeSecret"));
  }

  private static boolean makes(CsiCall<?> call) {
    return call instanceof CreateVolume
        || call instanceof CreateSnapshot
        || call instanceof CreateVolumeGroupSnapshot;
  }

  private void done(CsiCall<?> call, Object value) {
    undo.remove(call); // an undoing call, or a creation that is now known
    switch (value) {
      case Volume volume when call instanceof CreateVolume ->
          undo.add(new DeleteVolume(volume.id(), options.secretsOf("DeleteVolumeSecret")));
      case Snapshot snapshot when call instanceof CreateSnapshot ->
          undo.add(new DeleteSnapshot(snapshot.id(), options.secretsOf("DeleteSnapshotSecret")));
      case GroupSnapshot group when call instanceof CreateVolumeGroupSnapshot ->
          undo.add(delete(group));
      default -> {}
    }
  }

  private DeleteVolumeGroupSnapshot delete(GroupSnapshot group) {
    return new DeleteVolumeGroupSnapshot(
        group.id(),
        group.snapshots().stream().map(Snapshot::id).toList(),
        options.secretsOf("DeleteSnapshotSecret"));
  }

  /// The newest first.
  synchronized List<CsiCall<?>> newestFirst() {
    return new ArrayList<>(undo).reversed();
  }
}
