package dev.moorage.controlplane.attachdetach;

import dev.moorage.base.Step;
import dev.moorage.controlplane.attachdetach.AttachView.AttachmentFact;
import dev.moorage.controlplane.attachdetach.AttachView.Health;
import dev.moorage.controlplane.attachdetach.AttachView.NodeFact;
import java.time.Duration;

/// What is done next for one volume on one node.
///
/// The node mounts only what its status tells it is attached, and says in the same status what it
/// uses; so a volume is taken out of `volumesAttached` first, then looked at once more, then
/// detached.
sealed interface AttachStep extends Step {
  /// Nothing to do.
  record Nothing(String why) implements AttachStep {}

  /// Asks the driver's attacher to attach.
  record CreateAttachment() implements AttachStep {}

  /// Tells the node that the volume is attached.
  record ReportAttached() implements AttachStep {}

  /// Tells the node that the volume is not, or soon no more, attached.
  record WithdrawReport() implements AttachStep {}

  /// Asks the driver's attacher to detach.
  ///
  /// @param force whether the node may still have it mounted
  record DeleteAttachment(boolean force) implements AttachStep {
    @Override
    public String why() {
      return force ? "by force" : "";
    }
  }

  /// The volume is on another node and cannot be on two.
  record RefuseSecondNode() implements AttachStep {}

  /// The driver could not attach: says so on the pods.
  record TellFailure(String error) implements AttachStep {
    @Override
    public String why() {
      return error;
    }
  }

  /// The node still uses the volume but does not answer: waits until force is due.
  record WaitForForce(Duration after) implements AttachStep {
    @Override
    public String why() {
      return "node still uses the volume and is not ready";
    }
  }

  /// Decides.
  ///
  /// @param forceAfter how long a node must not have been Ready before force
  static AttachStep next(AttachView view, Duration forceAfter) {
    return switch (view.node()) {
      case NodeFact.Gone() -> afterNodesEnd(view.attachment());
      case NodeFact.There(var managed, _, _, _) when !managed ->
          new Nothing("the node attaches by itself");
      case NodeFact.There node when view.wanting().isEmpty() -> notWanted(view, node, forceAfter);
      case NodeFact.There node -> wanted(view, node);
    };
  }

  private static AttachStep afterNodesEnd(AttachmentFact attachment) {
    return switch (attachment) {
      case AttachmentFact.None() -> new Nothing("node is gone");
      case AttachmentFact.Detaching _ -> new Nothing("the attacher has the next move");
      case AttachmentFact.Pending _, AttachmentFact.Attached _ -> new DeleteAttachment(false);
    };
  }

  private static AttachStep wanted(AttachView view, NodeFact.There node) {
    return switch (view.attachment()) {
      case AttachmentFact.Attached() when node.reported() -> new Nothing("attached and reported");
      case AttachmentFact.Attached() -> new ReportAttached();
      case AttachmentFact.None _, AttachmentFact.Pending _, AttachmentFact.Detaching _
          when node.reported() ->
          new WithdrawReport();
      case AttachmentFact.None() when view.exclusive() && !view.elsewhere().isEmpty() ->
          new RefuseSecondNode();
      case AttachmentFact.None() -> new CreateAttachment();
      case AttachmentFact.Pending(var error) when error.isEmpty() ->
          new Nothing("the attacher has the next move");
      case AttachmentFact.Pending(var error) -> new TellFailure(error);
      case AttachmentFact.Detaching _ -> new Nothing("waits until it is detached");
    };
  }

  private static AttachStep notWanted(AttachView view, NodeFact.There node, Duration forceAfter) {
    return switch (view.attachment()) {
      case AttachmentFact.None() when !node.reported() -> new Nothing("not wanted, not attached");
      case AttachmentFact.Detaching _ when !node.reported() ->
          new Nothing("the attacher has the next move");
      case AttachmentFact.None _, AttachmentFact.Detaching _ -> new WithdrawReport();
      case AttachmentFact.Pending _, AttachmentFact.Attached _ -> detach(node, forceAfter);
    };
  }

  private static AttachStep detach(NodeFact.There node, Duration forceAfter) {
    if (!node.inUse()) return orWithdraw(node, new DeleteAttachment(false));
    return switch (node.health()) {
      case Health.Ready() -> new Nothing("node still uses the volume");
      case Health.OutOfService() -> orWithdraw(node, new DeleteAttachment(true));
      case Health.NotReady(var since) when since.compareTo(forceAfter) >= 0 ->
          orWithdraw(node, new DeleteAttachment(true));
      case Health.NotReady(var since) -> new WaitForForce(forceAfter.minus(since));
    };
  }

  private static AttachStep orWithdraw(NodeFact.There node, AttachStep step) {
    return node.reported() ? new WithdrawReport() : step;
  }
}
