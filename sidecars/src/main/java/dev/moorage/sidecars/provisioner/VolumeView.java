package dev.moorage.sidecars.provisioner;

import dev.moorage.kube.PersistentVolume;
import java.util.List;

/// The facts of one PersistentVolume, as far as its removal goes.
///
/// @param attachedTo the nodes named by its VolumeAttachments, attached or not
/// @param reach where the volume lies, seen from this instance
/// @param driver the driver that we work for
record VolumeView(PersistentVolume volume, List<String> attachedTo, Reach reach, String driver) {
  VolumeView {
    attachedTo = List.copyOf(attachedTo);
  }

  /// Whose business a volume is, where each node runs its own driver.
  enum Reach {
    /// Ours.
    HERE,
    /// Another node's.
    ELSEWHERE,
    /// Nobody's that we could name: it says no node.
    UNSAID
  }

  /// Whether our driver made it, or a user wrote it for our driver.
  boolean ours() {
    var maker = volume.meta().annotation(VolumeTree.PROVISIONED_BY);
    return volume.csi().driver().equals(driver) && (maker.isEmpty() || maker.equals(driver));
  }

  boolean held() {
    return volume.meta().hasFinalizer(VolumeTree.FINALIZER);
  }
}
