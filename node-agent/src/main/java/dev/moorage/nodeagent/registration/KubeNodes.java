package dev.moorage.nodeagent.registration;

import dev.moorage.base.ObjectKey;
import dev.moorage.base.Tasks;
import dev.moorage.controller.Actor;
import dev.moorage.controller.Cache;
import dev.moorage.controller.Events;
import dev.moorage.csi.NodeGetInfo;
import dev.moorage.host.Host;
import dev.moorage.kube.CsiNode;
import dev.moorage.kube.Deletion;
import dev.moorage.kube.Kinds;
import dev.moorage.kube.Kube;
import dev.moorage.kube.KubeException;
import dev.moorage.kube.Meta;
import dev.moorage.kube.Node;
import dev.moorage.kube.Patch;
import dev.moorage.kube.Raw;
import dev.moorage.kube.TextMap;
import dev.moorage.kube.Tree;
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

  private static final String HOSTNAME = "kubernetes.io/hostname";

  private final Kube kube;
  private final Cache<Raw> nodes;
  private final Cache<CsiNode> csiNodes;
  private final ObjectKey key;
  private final Registrar.Settings settings;
  private final Host host;
  private final Tasks tasks;
  private final Events events;
  private Optional<KubeNodeStatus> status = Optional.empty();

  KubeNodes(
      Actor actor,
      Cache<Raw> nodes,
      Cache<CsiNode> csiNodes,
      Registrar.Settings settings,
      Host host,
      Tasks tasks) {
    this.kube = actor.kube();
    this.events = actor.events();
    this.nodes = nodes;
    this.csiNodes = csiNodes;
    this.key = ObjectKey.cluster(settings.nodeName());
    this.settings = settings;
    this.host = host;
    this.tasks = tasks;
  }

  @Override
  public Optional<Node> node() {
    return nodes.find(key).map(raw -> Node.of(raw.tree()));
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
  public NodeView.Said said() {
    return status().said(tree(), tasks.now());
  }

  @Override
  public void reportReady() {
    changeStatus(status().ready(tree(), tasks.now()));
  }

  @Override
  public void reportResting() {
    changeStatus(status().resting(tree(), tasks.now()));
  }

  private void changeStatus(Patch patch) {
    var _ = kube.changeStatus(Kinds.NODE, key, "", patch);
  }

  private Tree tree() {
    return nodes.find(key).map(Raw::tree).orElseGet(Tree::empty);
  }

  /// The machine is asked once: it stays what it is until the next boot.
  private KubeNodeStatus status() {
    var known =
        status.orElseGet(() ->
            new KubeNodeStatus(
                host.machine(), settings.labels().getOrDefault(HOSTNAME, key.name())));
    status = Optional.of(known);
    return known;
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
    else if (seen.get().driver(entry.name()).isPresent())
      forgetOnCsiNode(entry.name()); // an entry is immutable; the next step finds it missing
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
  public void warn(String driver, String why) {
    var message = "driver " + driver + " is not registered on this node: " + why;
    node().ifPresent(node -> events.warning(Kinds.NODE, node, "FailedDriverRegistration", message));
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
