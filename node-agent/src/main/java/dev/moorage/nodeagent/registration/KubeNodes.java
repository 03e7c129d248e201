package dev.moorage.nodeagent.registration;

import dev.moorage.base.ObjectKey;
import dev.moorage.base.Tasks;
import dev.moorage.controller.Cache;
import dev.moorage.csi.NodeGetInfo;
import dev.moorage.kube.CsiNode;
import dev.moorage.kube.Deletion;
import dev.moorage.kube.Kinds;
import dev.moorage.kube.Kube;
import dev.moorage.kube.KubeException;
import dev.moorage.kube.Meta;
import dev.moorage.kube.Node;
import dev.moorage.kube.Patch;
import dev.moorage.kube.TextMap;
import dev.moorage.kube.Tree;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// This node's Node and CSINode, through an actor's caches.
final class KubeNodes implements Nodes {
  /// A JSON map of driver name to node id.
  static final String NODE_IDS = "csi.volume.kubernetes.io/nodeid";

  private final Kube kube;
  private final Cache<Node> nodes;
  private final Cache<CsiNode> csiNodes;
  private final ObjectKey key;
  private final Tasks tasks;

  KubeNodes(Kube kube, Cache<Node> nodes, Cache<CsiNode> csiNodes, String nodeName, Tasks tasks) {
    this.kube = kube;
    this.nodes = nodes;
    this.csiNodes = csiNodes;
    this.key = ObjectKey.cluster(nodeName);
    this.tasks = tasks;
  }

  @Override
  public Optional<Node> node() {
    return nodes.find(key);
  }

  @Override
  public Optional<CsiNode> csiNode() {
    return csiNodes.find(key);
  }

  @Override
  public void create(Map<String, String> labels) {
    var tree =
        Tree.object(
            "apiVersion",
            "v1",
            "kind",
            "Node",
            "metadata",
            Tree.object(
                "name",
                key.name(),
                "labels",
                Tree.texts(labels),
                "annotations",
                Tree.object(NodeView.MANAGED, "true")));
    try {
      var _ = kube.create(Kinds.NODE, tree);
    } catch (KubeException refused) {
      // The cache was behind, or an earlier try died after the API had answered.
      if (!refused.isAlreadyThere()) throw refused;
    }
  }

  @Override
  public void describe(Map<String, String> labels) {
    var patch = Patch.NONE.annotate(NodeView.MANAGED, "true");
    for (var label : labels.entrySet())
      patch = patch.set(label.getValue(), "metadata", "labels", label.getKey());
    var _ = kube.change(Kinds.NODE, key, "", patch);
  }

  @Override
  public void reportReady() {
    var now = tasks.now().truncatedTo(ChronoUnit.SECONDS).toString();
    var ready =
        Tree.object(
            "type",
            "Ready",
            "status",
            "True",
            "reason",
            "NodeAgentReady",
            "message",
            "the node agent takes pods",
            "lastHeartbeatTime",
            now,
            "lastTransitionTime",
            now);
    var patch = Patch.NONE.setItem("type", ready, "status", "conditions");
    var _ = kube.changeStatus(Kinds.NODE, key, "", patch);
  }

  @Override
  public void recordOnNode(String driver, NodeGetInfo.Answer about) {
    var seen = node().orElseThrow(() -> gone("Node"));
    var ids = nodeIds(seen);
    ids.put(driver, about.node().text());
    var patch = Patch.NONE.annotate(NODE_IDS, TextMap.write(ids));
    for (var segment : about.topology().segments().entrySet())
      patch = patch.set(segment.getValue(), "metadata", "labels", segment.getKey());
    var _ = kube.change(Kinds.NODE, key, seen.meta().version(), patch);
  }

  static SortedMap<String, String> nodeIds(Node node) {
    return new TreeMap<>(TextMap.read(node.meta().annotation(NODE_IDS)).orElseGet(TreeMap::new));
  }

  @Override
  public void recordOnCsiNode(CsiNode.Driver entry) {
    var seen = csiNode();
    if (seen.isEmpty()) createCsiNode(node().orElseThrow(() -> gone("Node")).meta(), entry);
    else
      kube.change(
          Kinds.CSI_NODE,
          key,
          seen.get().meta().version(),
          Patch.NONE.setItem("name", tree(entry), "spec", "drivers"));
  }

  private void createCsiNode(Meta node, CsiNode.Driver entry) {
    var owner =
        Tree.object("apiVersion", "v1", "kind", "Node", "name", node.name(), "uid", node.uid());
    var _ =
        kube.create(
            Kinds.CSI_NODE,
            Tree.object(
                "apiVersion",
                Kinds.CSI_NODE.apiVersion(),
                "kind",
                "CSINode",
                "metadata",
                Tree.object("name", key.name(), "ownerReferences", Tree.list(List.of(owner))),
                "spec",
                Tree.object("drivers", Tree.list(List.of(tree(entry))))));
  }

  private static Tree tree(CsiNode.Driver entry) {
    var tree =
        Tree.object(
            "name",
            entry.name(),
            "nodeID",
            entry.nodeId(),
            "topologyKeys",
            Tree.texts(entry.topologyKeys()));
    return entry.limit() == 0 ? tree : tree.with(Tree.of(entry.limit()), "allocatable", "count");
  }

  @Override
  public void dropCsiNode() {
    var seen = csiNode();
    if (seen.isEmpty()) return;
    try {
      kube.delete(Kinds.CSI_NODE, key, Deletion.ofUid(seen.get().meta().uid()));
    } catch (KubeException refused) {
      if (!refused.isNotFound()) throw refused; // an earlier try deleted it
    }
  }

  @Override
  public void forget(String driver) {
    forgetOnCsiNode(driver);
    var seen = node();
    if (seen.isEmpty()) return;
    var ids = nodeIds(seen.get());
    if (ids.remove(driver) == null) return;
    var patch =
        ids.isEmpty()
            ? Patch.NONE.unannotate(NODE_IDS)
            : Patch.NONE.annotate(NODE_IDS, TextMap.write(ids));
    var _ = kube.change(Kinds.NODE, key, seen.get().meta().version(), patch);
  }

  private void forgetOnCsiNode(String driver) {
    var seen = kube.get(Kinds.CSI_NODE.raw(), key);
    if (seen.isEmpty()) return;
    var entries = seen.get().tree().at("spec", "drivers").items();
    var others = new ArrayList<>(entries);
    others.removeIf(entry -> entry.text("name").equals(driver));
    if (others.size() == entries.size()) return;
    // The list itself must stay: a CSINode without `drivers` is invalid.
    var patch = Patch.NONE.set(Tree.list(others), "spec", "drivers");
    var _ = kube.change(Kinds.CSI_NODE, key, seen.get().meta().version(), patch);
  }

  private KubeException gone(String kind) {
    return new KubeException(
        KubeException.Reason.NotFound, kind + " " + key + " is gone; it is made again first");
  }
}
