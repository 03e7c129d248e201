package dev.moorage.controlplane.placement;

import dev.moorage.base.ObjectKey;
import dev.moorage.kube.PersistentVolume;
import java.util.Optional;

/// The reads and writes that placing a pod needs. Writes are guarded by the version in the view.
interface Pods {
  Optional<PlacementView> find(ObjectKey key);

  void refuse(WaitingPod pod, String message);

  void selectNode(ClaimFact.Delayed claim, String node);

  void reserve(PersistentVolume volume, ClaimFact.Delayed claim);

  void bind(WaitingPod pod, String node);
}
