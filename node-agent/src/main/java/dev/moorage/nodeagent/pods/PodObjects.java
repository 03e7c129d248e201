package dev.moorage.nodeagent.pods;

import dev.moorage.base.ObjectKey;
import dev.moorage.kube.PersistentVolumeClaim;
import dev.moorage.kube.Pod;
import java.util.List;
import java.util.Optional;

/// What running pods reads and writes of the API.
interface PodObjects {
  /// A pod of this node, and what its status says.
  record Found(Pod pod, PodStatus reported) {}

  Optional<Found> find(ObjectKey key);

  Optional<Found> byUid(String uid);

  /// A pod read live: what decides whether a process may be started.
  Optional<Pod> now(ObjectKey key);

  Optional<PersistentVolumeClaim> claim(ObjectKey key);

  /// Writes the pod's status; times come from the containers.
  void report(Found seen, PodStatus status, List<PodView.Container> containers);

  /// Removes the Pod object without further grace; one that is gone is fine.
  void remove(Pod pod);

  void normal(Pod pod, String reason, String message);

  void normalOnce(Pod pod, String reason, String message);

  void warning(Pod pod, String reason, String message);

  void warningOnce(Pod pod, String reason, String message);
}
