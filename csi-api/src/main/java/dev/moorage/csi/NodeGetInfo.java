package dev.moorage.csi;

/// `Node.NodeGetInfo`: the node in the driver's words.
public record NodeGetInfo() implements CsiCall<NodeGetInfo.Answer> {
  @Override
  public Class<NodeGetInfo.Answer> answer() {
    return NodeGetInfo.Answer.class;
  }

  /// The node's id, limit and place.
  ///
  /// @param maxVolumes 0 for no statement
  public record Answer(NodeId node, long maxVolumes, Topology topology) {}
}
