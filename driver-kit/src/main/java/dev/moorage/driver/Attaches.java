package dev.moorage.driver;

import dev.moorage.csi.NodeId;

/// Lets volumes be used on one node at a time, or on several where all of their uses are for
/// several (PUBLISH_UNPUBLISH_VOLUME).
///
/// The attachment is the kit's publish record: a volume is staged on the nodes that its record
/// names and nowhere else.
public interface Attaches extends Backend {

  /// Whether volumes can be published to this node.
  boolean knows(NodeId node);
}
