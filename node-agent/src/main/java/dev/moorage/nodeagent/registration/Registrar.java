package dev.moorage.nodeagent.registration;

import dev.moorage.base.Group;
import dev.moorage.base.Journal;
import dev.moorage.base.ObjectKey;
import dev.moorage.controller.Actor;
import dev.moorage.csi.Csi;
import dev.moorage.csi.CsiConnections;
import dev.moorage.csi.NamedCsi;
import dev.moorage.csi.NodeGetCapabilities;
import dev.moorage.csi.PluginSockets;
import dev.moorage.host.Host;
import dev.moorage.kube.Kinds;
import dev.moorage.kube.Kube;
import dev.moorage.kube.Node;
import dev.moorage.kube.RecordedKube;
import dev.moorage.kube.Selection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;

/// The door of registration.
public final class Registrar {
  static final String ACTOR = "registrar";

  /// The namespace of the keys of registration sockets.
  private static final String PLUGINS = "plugins";

  private final Registrations registrations;
  private final Nodes nodes;
  private final Runnable lookAtNode;

  private Registrar(Registrations registrations, Nodes nodes, Runnable lookAtNode) {
    this.registrations = registrations;
    this.nodes = nodes;
    this.lookAtNode = lookAtNode;
  }

  /// Where drivers are met.
  public record Outside(CsiConnections connections, PluginSockets sockets, Host host) {}

  /// How registration runs.
  ///
  /// @param labels labels that the Node must carry, `kubernetes.io/hostname` among them
  /// @param folder the watched folder, `plugins_registry` below the kubelet's root
  /// @param rpc how long a driver's answer may take
  /// @param look how often the sockets are looked at although nothing was told
  public record Settings(
      String nodeName,
      SortedMap<String, String> labels,
      String folder,
      Duration rpc,
      Duration look) {
    /// Copies the labels.
    public Settings {
      labels = Collections.unmodifiableSortedMap(new TreeMap<>(labels));
    }
  }

  /// A registered driver.
  ///
  /// @param csi the open connection; calls are not noted in the journal, its user does
  public record Driver(String name, Csi csi, NodeGetCapabilities.Answer capabilities) {}

  /// Starts to make the node and its drivers known; returns at once.
  ///
  /// @param group closing it ends registration; what stands in the API stays
  /// @param serves whether this node serves: else it is told to be NotReady
  public static Registrar start(
      Group group,
      Kube kube,
      Outside outside,
      Settings settings,
      BooleanSupplier serves,
      Journal journal) {
    var registrations = new Registrations(group.tasks(), settings.rpc());
    var folder = new SocketFolder(settings.folder(), outside.host());
    var actor =
        new Actor(
            group, ACTOR, new RecordedKube(kube, ACTOR, journal), journal, Actor.Settings.DEFAULT);
    actor.share(1, ObjectKey::toString); // a driver that hangs while it is asked hangs alone
    var node = ObjectKey.cluster(settings.nodeName());
    var nodeCache = actor.watch(Kinds.NODE.raw(), Selection.of(node));
    var csiNodeCache = actor.watch(Kinds.CSI_NODE, Selection.of(node));
    var nodes =
        new KubeNodes(actor, nodeCache, csiNodeCache, settings, outside.host(), group.tasks());
    actor.wake(nodeCache, _ -> nodeAndPlugins(node, registrations));
    actor.wake(csiNodeCache, _ -> plugins(registrations));
    var forNode = new NodeReconciler(nodes, settings.labels(), serves, journal);
    var forPlugin =
        new PluginReconciler(outside, folder, registrations, nodes, settings.rpc(), journal);
    actor.start(
        key -> key.namespace().equals(PLUGINS) ? forPlugin.reconcile(key) : forNode.reconcile(key));
    actor.wake(node);
    var _ =
        group.start(
            "registration sockets",
            () -> {
              folder.watch(
                  group,
                  registrations,
                  settings.look(),
                  socket -> actor.wake(new ObjectKey(PLUGINS, socket)),
                  journal);
              return true;
            });
    return new Registrar(registrations, nodes, () -> actor.wake(node));
  }

  /// Tells from now on when a driver has come that can be called.
  public void onDriver(Runnable told) {
    registrations.onDriver(told);
  }

  /// Looks at the node again: whether it serves has changed.
  public void lookAtNode() {
    lookAtNode.run();
  }

  /// Whether the API says that the node is not Ready.
  public boolean toldThatItRests() {
    return nodes.node().filter(Node::ready).isEmpty();
  }

  private static Collection<ObjectKey> nodeAndPlugins(ObjectKey node, Registrations known) {
    var keys = new ArrayList<ObjectKey>();
    keys.add(node);
    keys.addAll(plugins(known));
    return keys;
  }

  private static List<ObjectKey> plugins(Registrations known) {
    return known.sockets().stream().map(socket -> new ObjectKey(PLUGINS, socket)).toList();
  }

  /// A driver that is registered on this node.
  ///
  /// @throws dev.moorage.csi.CsiException when its capabilities must be asked again after a
  ///   reconnect, and it does not answer
  public Optional<Driver> find(String name) {
    return registrations
        .find(name)
        .map(link ->
            new Driver(
                link.driver(),
                new NamedCsi(link.driver(), link.connection()),
                link.capabilities()));
  }
}
