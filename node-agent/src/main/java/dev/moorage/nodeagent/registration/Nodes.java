package dev.moorage.nodeagent.registration;

import dev.moorage.csi.NodeGetInfo;
import dev.moorage.kube.CsiNode;
import dev.moorage.kube.Node;
import java.util.Map;
import java.util.Optional;

/// What registration reads and writes of the API: this node's Node and CSINode.
interface Nodes {
  Optional<Node> node();

  Optional<CsiNode> csiNode();

  /// Creates the Node; one that is there already is fine.
  void create(Map<String, String> labels);

  /// Sets labels and the annotation for the attach/detach controller.
  void describe(Map<String, String> labels);

  /// What the Node's status says of this machine.
  NodeView.Said said();

  /// Sets the condition Ready to True, with this moment as its heartbeat, and describes the
  /// machine.
  void reportReady();

  /// Sets the condition Ready to False.
  void reportResting();

  /// Writes a driver's node id (annotation) and topology (labels) on the Node.
  void recordOnNode(String driver, NodeGetInfo.Answer about);

  /// Writes a driver's entry of the CSINode, making the CSINode if it is missing.
  void recordOnCsiNode(CsiNode.Driver entry);

  /// Deletes a CSINode that belongs to an earlier node of the same name.
  void dropCsiNode();

  /// Warning `FailedDriverRegistration` on the Node.
  void warn(String driver, String why);

  /// Removes a driver from the CSINode and its node id from the Node; topology labels stay, as the
  /// kubelet leaves them.
  void forget(String driver);
}
