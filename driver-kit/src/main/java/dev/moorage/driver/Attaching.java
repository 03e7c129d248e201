package dev.moorage.driver;

import dev.moorage.csi.ControllerPublishVolume;
import dev.moorage.csi.ControllerUnpublishVolume;
import dev.moorage.csi.Done;
import dev.moorage.csi.NodeId;
import dev.moorage.csi.VolumeId;
import dev.moorage.driver.VolumeRecord.Publication;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// Publishes volumes to nodes: writes and removes the record that staging obeys.
final class Attaching {
  private static final String NODE = "node";

  private final Kit kit;
  private final Records records;

  Attaching(Kit kit) {
    this.kit = kit;
    this.records = kit.records();
  }

  ControllerPublishVolume.Answer publish(ControllerPublishVolume call) {
    var backend = attaching(call.rpc());
    Limits.volume(call.volume());
    Limits.required("node_id", call.node().text());
    Limits.text("node_id", call.node().text(), Limits.NODE_ID_BYTES);
    Wish.checkComplete(call.capability());
    Limits.map("volume_context", call.volumeContext());
    kit.usable(call.volume());
    return kit.locks().alone(call.volume().text(), call.rpc(), () -> publish(backend, call));
  }

  private ControllerPublishVolume.Answer publish(Attaches backend, ControllerPublishVolume call) {
    var volume = kit.usable(call.volume());
    if (!backend.knows(call.node()))
      throw Refusals.notFound("volume " + volume.id() + " cannot reach node " + call.node());
    var wish = wish(volume, call);
    var published = volume.published();
    for (var there : published)
      if (there.node().equals(wish.node())) return again(volume, there, wish);
    refuseSecondNode(volume, wish);
    refuseBeyondLimit(volume, call.node());
    records.put(volume.publishedTo(Stream.concat(published.stream(), Stream.of(wish)).toList()));
    return answer(wish.node());
  }

  private Publication wish(VolumeRecord volume, ControllerPublishVolume call) {
    var support = kit.backend().support();
    var refusal = support.refusal(call.capability());
    if (!refusal.isEmpty()) throw Refusals.invalid("volume " + volume.id() + ": " + refusal);
    var use = support.use(call.capability());
    if (!use.fsType().equals(volume.fsType()))
      throw Refusals.invalid(
          "volume " + volume.id() + " is for " + volume.fsType() + ", not for " + use.fsType());
    return new Publication(call.node(), use, call.readOnly());
  }

  private static ControllerPublishVolume.Answer again(
      VolumeRecord volume, Publication publication, Publication wish) {
    if (publication.equals(wish)) return answer(wish.node());
    throw Refusals.exists(
        "volume "
            + volume.id()
            + " is published to node "
            + publication.node()
            + " as "
            + text(publication)
            + ", asked was "
            + text(wish));
  }

  /// Several nodes have a volume only where all of them asked for a mode of several nodes.
  private static void refuseSecondNode(VolumeRecord volume, Publication wish) {
    for (var there : volume.published())
      if (!there.use().mode().multiNode() || !wish.use().mode().multiNode())
        throw Refusals.precondition(
            "volume "
                + volume.id()
                + " is published to node "
                + there.node()
                + "; unpublish it there before "
                + wish.node());
  }

  private static String text(Publication publication) {
    return publication.use() + " " + StageRecord.access(publication.readOnly());
  }

  private void refuseBeyondLimit(VolumeRecord volume, NodeId node) {
    int most = kit.settings().maxVolumes();
    long there =
        records.volumes().stream()
            .flatMap(other -> other.published().stream())
            .filter(publication -> publication.node().equals(node))
            .count();
    if (most > 0 && there >= most)
      throw Refusals.exhausted(
          "volume " + volume.id() + ": node " + node + " has its " + most + " volumes already");
  }

  private static ControllerPublishVolume.Answer answer(NodeId node) {
    return new ControllerPublishVolume.Answer(Map.of(NODE, node.text()));
  }

  Done unpublish(ControllerUnpublishVolume call) {
    attaching(call.rpc());
    Limits.volume(call.volume());
    return kit.locks()
        .alone(call.volume().text(), call.rpc(), () -> unpublish(call.volume(), call.node()));
  }

  private Done unpublish(VolumeId id, NodeId node) {
    var found = records.volume(id);
    if (found.isEmpty()) return Done.DONE;
    var volume = found.get();
    var stay =
        volume.published().stream()
            .filter(there -> !node.text().isEmpty() && !there.node().equals(node))
            .toList();
    if (stay.size() == volume.published().size()) return Done.DONE;
    // Another node could have it next: never while this one still holds it.
    var here = new NodeId(kit.settings().nodeId());
    var stage = records.stage(id);
    if (stage.isPresent() && stay.stream().noneMatch(there -> there.node().equals(here)))
      throw Refusals.precondition(
          "volume " + id + " is still staged on node " + here + " at " + stage.get().path());
    records.put(volume.publishedTo(stay));
    return Done.DONE;
  }

  /// The fence: a volume is staged where its publish record says, and nowhere else. A late call
  /// that was overtaken by an unpublish ends here.
  void checkStageHere(VolumeId id, List<Publication> published, Map<String, String> context) {
    if (!(kit.backend() instanceof Attaches)) return;
    var here = new NodeId(kit.settings().nodeId());
    if (!here.text().equals(context.getOrDefault(NODE, "")))
      throw Refusals.precondition(
          "volume " + id + ": its publish_context names no publication to node " + here);
    if (kit.settings().mode() == Driver.Mode.NODE) return;
    if (published.stream().noneMatch(publication -> publication.node().equals(here)))
      throw Refusals.precondition("volume " + id + " is not published to node " + here);
  }

  private Attaches attaching(String rpc) {
    if (kit.backend() instanceof Attaches backend) return backend;
    throw Refusals.cannot(rpc);
  }
}
