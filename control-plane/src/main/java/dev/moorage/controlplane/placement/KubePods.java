package dev.moorage.controlplane.placement;

import dev.moorage.base.ObjectKey;
import dev.moorage.base.Tasks;
import dev.moorage.controller.Events;
import dev.moorage.kube.Kinds;
import dev.moorage.kube.Kube;
import dev.moorage.kube.Patch;
import dev.moorage.kube.PersistentVolume;
import dev.moorage.kube.Tree;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/// [Pods] over the API.
final class KubePods implements Pods {
  private final PlacementCaches caches;
  private final Kube kube;
  private final Events events;
  private final Tasks tasks;

  KubePods(PlacementCaches caches, Kube kube, Events events, Tasks tasks) {
    this.caches = caches;
    this.kube = kube;
    this.events = events;
    this.tasks = tasks;
  }

  @Override
  public Optional<PlacementView> find(ObjectKey key) {
    return caches.pods().find(key).map(pod -> new PodFacts(caches, pod).view(tasks.now()));
  }

  /// The condition is written only when it changes; the event is made once for each message.
  @Override
  public void refuse(WaitingPod pod, String message) {
    events.warningOnce(WaitingPod.KIND, pod, "FailedScheduling", message);
    if (pod.refusal().equals(message)) return;
    var now = tasks.now().truncatedTo(ChronoUnit.SECONDS).toString();
    var condition =
        Tree.object(
            "type",
            "PodScheduled",
            "status",
            "False",
            "reason",
            "Unschedulable",
            "message",
            message,
            "lastTransitionTime",
            pod.refusedSince().isEmpty() ? now : pod.refusedSince());
    kube.changeStatus(
        Kinds.POD,
        pod.key(),
        pod.meta().version(),
        Patch.NONE.setItem("type", condition, "status", "conditions"));
  }

  @Override
  public void selectNode(ClaimFact.Delayed claim, String node) {
    var meta = claim.claim().meta();
    kube.change(
        Kinds.CLAIM,
        meta.key(),
        meta.version(),
        Patch.NONE
            .annotate(PodFacts.SELECTED_NODE, node)
            .annotate(Tries.ANNOTATION, claim.tries().and(node, tasks.now()).text()));
  }

  @Override
  public void reserve(PersistentVolume volume, ClaimFact.Delayed claim) {
    var meta = claim.claim().meta();
    var reference =
        Tree.object(
            "kind",
            Kinds.CLAIM.name(),
            "apiVersion",
            Kinds.CLAIM.apiVersion(),
            "namespace",
            meta.namespace(),
            "name",
            meta.name(),
            "uid",
            meta.uid(),
            "resourceVersion",
            meta.version());
    kube.change(
        Kinds.VOLUME,
        volume.key(),
        volume.meta().version(),
        Patch.NONE
            .set(reference, "spec", "claimRef")
            .annotate("pv.kubernetes.io/bound-by-controller", "yes"));
  }

  @Override
  public void bind(WaitingPod pod, String node) {
    kube.bind(pod.key(), pod.meta().uid(), node);
    events.normalOnce(
        WaitingPod.KIND, pod, "Scheduled", "Successfully assigned " + pod.key() + " to " + node);
  }
}
