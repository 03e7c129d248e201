package dev.moorage.nodeagent.pods;

import dev.moorage.base.ObjectKey;
import dev.moorage.controller.Cache;
import dev.moorage.kube.PersistentVolumeClaim;
import dev.moorage.kube.Pod;
import dev.moorage.kube.Raw;
import java.util.Collection;
import java.util.List;

/// Which watched objects wake which pods.
final class PodTriggers {
  private final Cache<Raw> pods;

  PodTriggers(Cache<Raw> pods) {
    this.pods = pods;
  }

  Collection<ObjectKey> pod(Raw pod) {
    return List.of(pod.key());
  }

  Collection<ObjectKey> claim(PersistentVolumeClaim claim) {
    return pods.all().stream()
        .filter(raw -> raw.meta().namespace().equals(claim.meta().namespace()))
        .map(raw -> Pod.of(raw.tree()))
        .filter(pod -> pod.claims().contains(claim.meta().name()))
        .map(Pod::key)
        .toList();
  }
}
