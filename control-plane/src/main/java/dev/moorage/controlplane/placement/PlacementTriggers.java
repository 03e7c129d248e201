package dev.moorage.controlplane.placement;

import dev.moorage.base.ObjectKey;
import dev.moorage.controller.Actor;
import dev.moorage.kube.PersistentVolumeClaim;
import java.util.Collection;
import java.util.List;
import java.util.function.Predicate;

/// Which objects wake which waiting pods: its own object and its claims wake one, all that could
/// make room wakes all.
final class PlacementTriggers {
  private final PlacementCaches caches;

  PlacementTriggers(PlacementCaches caches) {
    this.caches = caches;
  }

  void set(Actor actor) {
    actor.wake(caches.pods(), this::concernedBy);
    actor.wake(caches.claims(), this::concernedBy);
    actor.wake(caches.nodes(), _ -> waiting(_ -> true));
    actor.wake(caches.volumes(), _ -> waiting(PlacementTriggers::hasClaims));
    actor.wake(caches.classes(), _ -> waiting(PlacementTriggers::hasClaims));
    actor.wake(caches.drivers().all(), _ -> waiting(PlacementTriggers::hasClaims));
    actor.wake(caches.drivers().onNodes(), _ -> waiting(PlacementTriggers::hasClaims));
    actor.wake(caches.drivers().capacities(), _ -> waiting(PlacementTriggers::hasClaims));
    actor.wake(caches.drivers().attachments(), _ -> waiting(PlacementTriggers::hasClaims));
  }

  /// A pod that leaves a node gives volumes free.
  private Collection<ObjectKey> concernedBy(WaitingPod pod) {
    if (pod.waits()) return List.of(pod.key());
    return hasClaims(pod) ? waiting(PlacementTriggers::hasClaims) : List.of();
  }

  private Collection<ObjectKey> concernedBy(PersistentVolumeClaim claim) {
    return waiting(pod ->
        pod.meta().namespace().equals(claim.meta().namespace())
            && pod.pod().claims().contains(claim.meta().name()));
  }

  private static boolean hasClaims(WaitingPod pod) {
    return !pod.pod().claims().isEmpty();
  }

  private Collection<ObjectKey> waiting(Predicate<WaitingPod> concerned) {
    return caches.pods().all().stream()
        .filter(pod -> pod.waits() && concerned.test(pod))
        .map(WaitingPod::key)
        .toList();
  }
}
