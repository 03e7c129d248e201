package dev.moorage.controlplane.placement;

import dev.moorage.kube.PersistentVolume;
import dev.moorage.kube.PersistentVolumeClaim;
import dev.moorage.kube.StorageClass;
import java.util.List;
import java.util.Optional;

/// How one claim of a pod stands.
sealed interface ClaimFact {

  /// It cannot be used, on no node.
  ///
  /// @param why in the scheduler's words
  record Unusable(String why) implements ClaimFact {}

  /// It is bound.
  record Bound(PersistentVolume volume) implements ClaimFact {}

  /// It is bound to a volume that is gone.
  record BoundToNothing() implements ClaimFact {}

  /// It is not bound, and its class does not wait for a consumer.
  record NotBoundYet() implements ClaimFact {}

  /// It waits for the node of its first consumer.
  ///
  /// @param selectedNode the node written on it, empty while there is none
  /// @param tracked whether the driver tells its capacity
  /// @param volumes ready-made volumes that fit it, and the one that names it
  record Delayed(
      PersistentVolumeClaim claim,
      StorageClass storageClass,
      String selectedNode,
      Tries tries,
      boolean tracked,
      List<PersistentVolume> volumes)
      implements ClaimFact {

    public Delayed {
      volumes = List.copyOf(volumes);
    }

    String name() {
      return claim.meta().name();
    }

    String driver() {
      return storageClass.provisioner();
    }

    /// The volume that names this claim: made for it, or reserved by us.
    Optional<PersistentVolume> reserved() {
      return volumes.stream().filter(volume -> volume.claim().set()).findFirst();
    }

    /// Whether its node is settled, by the selected node or by a reserved volume.
    boolean decided() {
      return !selectedNode.isEmpty() || reserved().isPresent();
    }
  }
}
