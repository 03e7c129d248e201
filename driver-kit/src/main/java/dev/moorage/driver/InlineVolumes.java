package dev.moorage.driver;

import dev.moorage.csi.CapacityRange;
import dev.moorage.csi.ContentSource;
import dev.moorage.csi.CreateVolume;
import dev.moorage.csi.CsiException;
import dev.moorage.csi.DeleteVolume;
import dev.moorage.csi.Done;
import dev.moorage.csi.NodePublishVolume;
import dev.moorage.csi.NodeStageVolume;
import dev.moorage.csi.NodeUnpublishVolume;
import dev.moorage.csi.Secrets;
import dev.moorage.csi.TopologyRequirement;
import dev.moorage.csi.VolumeId;
import dev.moorage.host.HostException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// Ephemeral volumes that a pod's own text asks for: one call makes, stages and publishes, one call
/// takes everything away. Nobody else knows them, so their staging folder is the kit's own.
final class InlineVolumes {
  private static final String EPHEMERAL = "csi.storage.k8s.io/ephemeral";
  private static final String SIZE = "size";
  private static final int FOLDER_MODE = 0700;

  private final Kit kit;
  private final Records records;
  private final Volumes volumes;
  private final Staging staging;
  private final Publishing publishing;

  InlineVolumes(Kit kit) {
    this.kit = kit;
    this.records = kit.records();
    this.volumes = new Volumes(kit);
    this.staging = new Staging(kit);
    this.publishing = new Publishing(kit);
  }

  static boolean wants(NodePublishVolume call) {
    return call.volumeContext().getOrDefault(EPHEMERAL, "").equals("true");
  }

  Done publish(NodePublishVolume call) {
    Limits.volume(call.volume());
    Limits.required("target_path", call.targetPath());
    Wish.checkComplete(call.capability());
    Limits.map("publish_context", call.publishContext());
    Limits.map("volume_context", call.volumeContext());
    var refusal = kit.backend().support().refusal(call.capability());
    if (!refusal.isEmpty()) throw Refusals.precondition("volume " + call.volume() + ": " + refusal);
    if (!(kit.backend() instanceof CreatesVolumes backend))
      throw Refusals.invalid(
          "volume " + call.volume() + ": this driver makes no ephemeral inline volumes");
    var wish = InlineRecord.of(call.volume(), kit.place("target_path", call.targetPath()));
    return kit.locks().alone(wish.name(), call.rpc(), () -> publish(backend, wish, call));
  }

  private Done publish(CreatesVolumes backend, InlineRecord wish, NodePublishVolume call) {
    var found = records.inline(wish.volume());
    check(wish, found);
    try {
      // The intent: a crash from here on leaves something that the next start takes away.
      if (found.isEmpty()) records.put(wish);
      bring(backend, wish, call);
      if (found.filter(InlineRecord::done).isEmpty()) records.put(wish.finished());
      return Done.DONE;
    } catch (CsiException | HostException failure) {
      // What a pod uses already stays, whatever a second call asks.
      if (found.filter(InlineRecord::done).isEmpty())
        ControllerSide.undoAfter(failure, () -> takeAway(wish));
      throw failure;
    }
  }

  private void check(InlineRecord wish, Optional<InlineRecord> found) {
    if (found.isEmpty() && records.volume(wish.volume()).isPresent())
      throw Refusals.exists("volume " + wish.name() + " exists, but is not an inline volume");
    if (found.isPresent() && !found.get().target().equals(wish.target()))
      throw Refusals.precondition(
          "the " + wish.name() + " is published at " + found.get().target() + ", its only path");
  }

  private void bring(CreatesVolumes backend, InlineRecord wish, NodePublishVolume call) {
    var volume = volumes.create(create(backend, wish, call));
    var folder = folder(wish);
    kit.host().files().makeFolder(folder, FOLDER_MODE);
    kit.locks()
        .alone(
            wish.volume().text(),
            call.rpc(),
            () -> {
              staging.stageInside(stage(wish, folder, volume.context(), call));
              publishing.publishInside(publish(wish, folder, call));
              return Done.DONE;
            });
  }

  private static CreateVolume create(
      CreatesVolumes backend, InlineRecord wish, NodePublishVolume call) {
    var parameters = new TreeMap<>(call.volumeContext());
    boolean own = backend.parameters().stream().noneMatch(known -> known.name().equals(SIZE));
    var size = own ? parameters.remove(SIZE) : parameters.get(SIZE);
    return new CreateVolume(
        wish.name(),
        size == null ? CapacityRange.ANY : CapacityRange.atLeast(Quantities.parse(SIZE, size)),
        List.of(call.capability()),
        parameters,
        call.secrets(),
        new ContentSource.Empty(),
        TopologyRequirement.NONE,
        Map.of());
  }

  private static NodeStageVolume stage(
      InlineRecord wish, String folder, Map<String, String> context, NodePublishVolume call) {
    return new NodeStageVolume(
        wish.volume(), Map.of(), folder, call.capability(), call.secrets(), context);
  }

  private static NodePublishVolume publish(
      InlineRecord wish, String folder, NodePublishVolume call) {
    return new NodePublishVolume(
        wish.volume(),
        Map.of(),
        folder,
        wish.target(),
        call.capability(),
        call.readOnly(),
        call.secrets(),
        Map.of());
  }

  /// Where the volume is staged. The name is a hash.
  private String folder(InlineRecord inline) {
    return kit.settings().stateDir() + "/inline/" + inline.volume();
  }

  /// Takes an inline volume away with everything of it.
  ///
  /// @return whether there is such a volume at the path
  boolean unpublish(NodeUnpublishVolume call) {
    Limits.volume(call.volume());
    Limits.required("target_path", call.targetPath());
    var wish = InlineRecord.of(call.volume(), Paths.checked("target_path", call.targetPath()));
    return kit.locks()
        .onPart(
            wish.name(),
            wish.target(),
            call.rpc(),
            () -> {
              if (!isAt(wish)) return false;
              takeAway(wish);
              return true;
            });
  }

  private boolean isAt(InlineRecord wish) {
    return records
        .inline(wish.volume())
        .filter(found -> found.target().equals(wish.target()))
        .isPresent();
  }

  /// Undoes everything, from wherever an earlier try stopped.
  void takeAway(InlineRecord inline) {
    var id = inline.volume();
    kit.locks()
        .alone(
            id.text(),
            "NodeUnpublishVolume",
            () -> {
              records.targets(id).forEach(publishing::takeDown);
              records.stage(id).ifPresent(staging::takeDown);
              return Done.DONE;
            });
    kit.host().files().removeFolder(folder(inline));
    volumes.delete(new DeleteVolume(id, Secrets.NONE));
    records.remove(inline);
  }

  /// Those that a crash interrupted.
  List<InlineRecord> halfMade() {
    return records.inlines().stream().filter(inline -> !inline.done()).toList();
  }

  /// The kit's own id of what a caller calls by another one.
  static VolumeId known(Records records, VolumeId caller) {
    var id = InlineRecord.id(caller);
    return records.inline(id).isPresent() ? id : caller;
  }
}
