package dev.moorage.controlplane.attachdetach;

import dev.moorage.kube.Pod;
import java.time.Duration;
import java.util.List;

/// What is known of one volume on one node.
///
/// @param wanting pods on this node that want the volume here; none where its driver needs no
///   attaching
/// @param node how the node stands
/// @param attachment how the attachment of both stands
/// @param exclusive whether the volume may be attached to one node only
/// @param elsewhere other nodes that have an attachment of the volume
/// @param usersElsewhere pods on those nodes that use it, for the event's text
record AttachView(
    List<Pod> wanting,
    NodeFact node,
    AttachmentFact attachment,
    boolean exclusive,
    List<String> elsewhere,
    List<Pod> usersElsewhere) {

  AttachView {
    wanting = List.copyOf(wanting);
    elsewhere = List.copyOf(elsewhere);
    usersElsewhere = List.copyOf(usersElsewhere);
  }

  /// How the node stands.
  sealed interface NodeFact {
    /// The node's object is gone.
    record Gone() implements NodeFact {}

    /// The node is there.
    ///
    /// @param managed whether it leaves attaching to us
    /// @param inUse whether it reports the volume in use
    /// @param reported whether its status tells it that the volume is attached
    /// @param health whether it may still have the volume mounted
    record There(boolean managed, boolean inUse, boolean reported, Health health)
        implements NodeFact {}
  }

  /// Whether a node can be relied on.
  sealed interface Health {
    /// It is Ready.
    record Ready() implements Health {}

    /// It has not been Ready for so long.
    record NotReady(Duration since) implements Health {}

    /// Its owner has declared it out of service: nothing runs there any more.
    record OutOfService() implements Health {}
  }

  /// How the attachment stands.
  sealed interface AttachmentFact {
    /// There is none.
    record None() implements AttachmentFact {}

    /// It is not attached yet, or no more.
    ///
    /// @param error of the last try, may be empty
    record Pending(String error) implements AttachmentFact {}

    /// It is attached.
    record Attached() implements AttachmentFact {}

    /// It is being deleted.
    ///
    /// @param error of the last try, may be empty
    record Detaching(String error) implements AttachmentFact {}
  }
}
