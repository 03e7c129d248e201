package dev.moorage.nodeagent.registration;

import dev.moorage.csi.NodeGetInfo;
import dev.moorage.csi.PluginSockets.PluginInfo;
import dev.moorage.kube.CsiNode;
import dev.moorage.kube.Node;
import java.util.Map;
import java.util.Optional;

/// What is known of one registration socket.
///
/// @param socket whether the socket is there
/// @param known how far registration has come in this process
/// @param takenByOther whether another socket registered the same driver in this or a newer version
/// @param node what the API says about the driver on this node
record PluginView(boolean socket, Known known, boolean takenByOther, OnApi node) {

  /// How far registration has come.
  sealed interface Known {
    /// Nobody asked yet.
    record Not() implements Known {}

    /// The plugin said what it is.
    record Dialled(PluginInfo info) implements Known {}

    /// It was known, and what was asked of it failed.
    record Lost(PluginInfo info) implements Known {}

    /// The driver said which node this is.
    ///
    /// @param reported whether the plugin knows that it is registered
    /// @param again whether the driver may be another process by now
    record Described(PluginInfo info, NodeGetInfo.Answer about, boolean reported, boolean again)
        implements Known {}
  }

  /// What the API says about the driver on this node.
  ///
  /// @param node whether the Node is there
  /// @param collision the topology label that says something else; empty for none
  /// @param onNode whether annotation and labels are as the driver says
  record OnApi(boolean node, String collision, boolean onNode, Entry entry) {
    /// No Node, no CSINode.
    static final OnApi NOTHING = new OnApi(false, "", false, Entry.NO_OBJECT);
  }

  /// The driver's entry in the CSINode.
  enum Entry {
    NO_OBJECT,
    /// The CSINode belongs to an earlier node of this name.
    FOREIGN,
    MISSING_OR_DIFFERENT,
    SAME
  }

  static OnApi onApi(
      String driver, NodeGetInfo.Answer about, Optional<Node> node, Optional<CsiNode> csiNode) {
    if (node.isEmpty()) return OnApi.NOTHING;
    var labels = node.get().meta().labels();
    var segments = about.topology().segments();
    boolean sameId =
        about.node().text().equals(KubeNodes.nodeIds(node.get()).getOrDefault(driver, ""));
    return new OnApi(
        true,
        collision(labels, segments),
        sameId && labels.entrySet().containsAll(segments.entrySet()),
        csiNode
            .map(object -> entry(object, node.get(), wanted(driver, about)))
            .orElse(Entry.NO_OBJECT));
  }

  /// The entry that the CSINode should hold; the count is capped as the kubelet caps it.
  static CsiNode.Driver wanted(String driver, NodeGetInfo.Answer about) {
    return new CsiNode.Driver(
        driver,
        about.node().text(),
        about.topology().segments().keySet().stream().sorted().toList(),
        Math.clamp(about.maxVolumes(), 0, Integer.MAX_VALUE));
  }

  private static Entry entry(CsiNode object, Node node, CsiNode.Driver wanted) {
    boolean ours =
        object.meta().owners().stream()
            .noneMatch(
                owner -> owner.kind().equals("Node") && !owner.uid().equals(node.meta().uid()));
    if (!ours) return Entry.FOREIGN;
    return object.driver(wanted.name()).filter(wanted::equals).isPresent()
        ? Entry.SAME
        : Entry.MISSING_OR_DIFFERENT;
  }

  private static String collision(Map<String, String> labels, Map<String, String> segments) {
    for (var segment : segments.entrySet()) {
      var label = labels.getOrDefault(segment.getKey(), segment.getValue());
      if (!label.equals(segment.getValue()))
        return "topology value collision: label "
            + segment.getKey()
            + " is \""
            + label
            + "\", the driver says \""
            + segment.getValue()
            + "\"";
    }
    return "";
  }
}
