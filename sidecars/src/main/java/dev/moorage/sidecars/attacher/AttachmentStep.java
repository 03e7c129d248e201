package dev.moorage.sidecars.attacher;

import dev.moorage.base.Step;
import dev.moorage.csi.AccessMode;
import dev.moorage.csi.ControllerGetCapabilities.Capability;
import dev.moorage.csi.ControllerPublishVolume;
import dev.moorage.csi.ControllerUnpublishVolume;
import dev.moorage.csi.NodeId;
import dev.moorage.csi.Secrets;
import dev.moorage.csi.VolumeCapability;
import dev.moorage.csi.VolumeId;
import dev.moorage.kube.PersistentVolume;
import dev.moorage.sidecars.attacher.AttachmentView.NodeFound;
import dev.moorage.sidecars.attacher.AttachmentView.VolumeFound;
import java.util.Optional;

/// What the attacher does next for one attachment. Exactly one step per reconcile.
///
/// Source: external-attacher, `csiAttach` and `csiDetach`.
sealed interface AttachmentStep extends Step {

  /// There is nothing to do until something changes.
  record Nothing(String why) implements AttachmentStep {}

  /// It cannot be attached as things are; the status says why.
  record RefuseAttach(String why) implements AttachmentStep {}

  /// It cannot be detached as things are; the status says why.
  record RefuseDetach(String why) implements AttachmentStep {}

  /// Adds our finalizer to the volume: it must outlive its attachments.
  record HoldVolume(PersistentVolume volume) implements AttachmentStep {
    @Override
    public String why() {
      return "before the driver is asked";
    }
  }

  /// Adds our finalizer and the node's id to the attachment.
  record HoldAttachment(NodeId node) implements AttachmentStep {
    @Override
    public String why() {
      return "before the driver is asked";
    }
  }

  /// Asks the driver to attach. The call lacks its secrets.
  record Attach(ControllerPublishVolume call, PersistentVolume volume) implements AttachmentStep {
    @Override
    public String why() {
      return "to " + call.node();
    }
  }

  /// The driver needs no attaching: the status says attached.
  record MarkAttached() implements AttachmentStep {
    @Override
    public String why() {
      return "the driver needs no attaching";
    }
  }

  /// Asks the driver to detach. The call lacks its secrets.
  record Detach(ControllerUnpublishVolume call, PersistentVolume volume) implements AttachmentStep {
    @Override
    public String why() {
      return "from " + call.node();
    }
  }

  /// Takes our finalizer off.
  record LetGo(String why) implements AttachmentStep {}

  /// Decides.
  static AttachmentStep next(AttachmentView view) {
    var attachment = view.attachment();
    if (!attachment.attacher().equals(view.serving().driver().name()))
      return new Nothing("attacher " + attachment.attacher() + " has it");
    if (!view.serving().covers(attachment.nodeName()))
      return new Nothing("the attacher of node " + attachment.nodeName() + " has it");
    boolean attaches = view.serving().driver().has(Capability.PUBLISH_UNPUBLISH_VOLUME);
    if (attachment.meta().deleting()) return leaving(view, attaches);
    if (attachment.attached()) return new Nothing("attached");
    return attaches ? coming(view) : new MarkAttached();
  }

  private static AttachmentStep leaving(AttachmentView view, boolean attaches) {
    if (!view.held()) return new Nothing("detached");
    if (!attaches) return new LetGo("the driver needs no detaching");
    return switch (view.volume()) {
      case VolumeFound.Missing(var why) -> new RefuseDetach(why);
      case VolumeFound.Existing(var volume) ->
          usedNodeId(view)
              .<AttachmentStep>map(node -> new Detach(detachCall(volume, node), volume))
              .orElse(new RefuseDetach(unknownNode(view)));
    };
  }

  /// The id that was used to attach counts first: the node may have come back under another one.
  private static Optional<NodeId> usedNodeId(AttachmentView view) {
    if (!view.notedNodeId().isEmpty()) return Optional.of(new NodeId(view.notedNodeId()));
    return view.node() instanceof NodeFound.Registered(var id) ? Optional.of(id) : Optional.empty();
  }

  private static ControllerUnpublishVolume detachCall(PersistentVolume volume, NodeId node) {
    return new ControllerUnpublishVolume(new VolumeId(volume.csi().handle()), node, Secrets.NONE);
  }

  private static AttachmentStep coming(AttachmentView view) {
    return switch (view.volume()) {
      case VolumeFound.Missing(var why) -> new RefuseAttach(why);
      case VolumeFound.Existing(var volume) -> coming(view, volume);
    };
  }

  private static AttachmentStep coming(AttachmentView view, PersistentVolume volume) {
    var name = volume.meta().name();
    if (volume.meta().deleting())
      return new RefuseAttach("PersistentVolume " + name + " is being deleted");
    if (!volume.csi().driver().equals(view.serving().driver().name()))
      return new RefuseAttach(
          "PersistentVolume " + name + " is of driver \"" + volume.csi().driver() + "\"");
    if (!volume.meta().hasFinalizer(view.serving().finalizer())) return new HoldVolume(volume);
    return switch (view.node()) {
      case NodeFound.Unknown() -> new RefuseAttach(unknownNode(view));
      case NodeFound.Registered(var id) -> coming(view, volume, id);
    };
  }

  private static AttachmentStep coming(AttachmentView view, PersistentVolume volume, NodeId id) {
    var capability = capability(view, volume);
    if (capability.isEmpty())
      return new RefuseAttach(
          "access modes " + volume.accessModes() + " cannot be attached together");
    if (!view.held() || !view.notedNodeId().equals(id.text())) return new HoldAttachment(id);
    boolean readOnly =
        volume.csi().readOnly() && view.serving().driver().has(Capability.PUBLISH_READONLY);
    return new Attach(
        new ControllerPublishVolume(
            new VolumeId(volume.csi().handle()),
            id,
            capability.get(),
            readOnly,
            Secrets.NONE,
            volume.csi().attributes()),
        volume);
  }

  private static Optional<VolumeCapability> capability(
      AttachmentView view, PersistentVolume volume) {
    var serving = view.serving();
    var fsType = volume.csi().fsType();
    var access =
        volume.block()
            ? new VolumeCapability.Access.Block()
            : new VolumeCapability.Access.Mount(
                fsType.isEmpty() ? serving.settings().defaultFsType() : fsType,
                volume.mountOptions(),
                "");
    return AccessMode.of(
            volume.accessModes(), serving.driver().has(Capability.SINGLE_NODE_MULTI_WRITER))
        .map(mode -> new VolumeCapability(access, mode));
  }

  private static String unknownNode(AttachmentView view) {
    return "driver "
        + view.serving().driver().name()
        + " is not registered on node "
        + view.attachment().nodeName();
  }
}
