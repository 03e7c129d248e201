package dev.moorage.sidecars.attacher;

import dev.moorage.csi.KnownDriver;
import dev.moorage.csi.NodeId;
import dev.moorage.kube.PersistentVolume;
import dev.moorage.kube.VolumeAttachment;

/// The facts of one attachment.
///
/// @param node the node's id as its CSINode says it
/// @param serving whom we work for
record AttachmentView(
    VolumeAttachment attachment, VolumeFound volume, NodeFound node, Serving serving) {

  /// The attachment's PersistentVolume.
  sealed interface VolumeFound {
    /// It exists.
    record Existing(PersistentVolume volume) implements VolumeFound {}

    /// It does not, or the attachment names none.
    record Missing(String why) implements VolumeFound {}
  }

  /// Our driver on the attachment's node.
  sealed interface NodeFound {
    /// It is registered there.
    record Registered(NodeId id) implements NodeFound {}

    /// It is not.
    record Unknown() implements NodeFound {}
  }

  /// Whom this attacher works for, and how.
  record Serving(KnownDriver.Facts driver, Attacher.Settings settings) {

    /// Whether a node is this instance's business.
    boolean covers(String node) {
      return settings.nodeName().isEmpty() || settings.nodeName().equals(node);
    }

    String finalizer() {
      return Names.finalizer(driver.name());
    }
  }

  boolean held() {
    return attachment.meta().hasFinalizer(serving.finalizer());
  }

  /// The node id that was used at the last attach; empty before it.
  String notedNodeId() {
    return attachment.meta().annotation(Names.NODE_ID);
  }
}
