package dev.moorage.nodeagent.volumes;

import dev.moorage.base.Bytes;
import dev.moorage.base.ObjectKey;
import dev.moorage.kube.PersistentVolumeClaim;
import java.util.List;

/// What a claim's status says about its growth on this node.
interface Expansions {
  /// Progress *node resize in progress*.
  void markExpanding(PersistentVolumeClaim claim);

  /// The claim has its new size: capacity, no progress, no resize conditions; events on claim and
  /// pods.
  void finish(PersistentVolumeClaim claim, Bytes size, List<ObjectKey> pods);

  /// It does not go on, and nothing is decided: events alone.
  void waits(PersistentVolumeClaim claim, String message, List<ObjectKey> pods);

  /// The node failed: condition `NodeResizeError` and events.
  ///
  /// @param infeasible whether the same target cannot succeed: the resizer takes over again
  void failed(
      PersistentVolumeClaim claim, boolean infeasible, String message, List<ObjectKey> pods);
}
