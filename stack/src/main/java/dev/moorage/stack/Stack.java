package dev.moorage.stack;

import dev.moorage.base.Bytes;
import dev.moorage.base.Group;
import dev.moorage.base.Journal;
import dev.moorage.controlplane.attachdetach.AttachDetach;
import dev.moorage.controlplane.binder.Binder;
import dev.moorage.controlplane.placement.Placement;
import dev.moorage.controlplane.protection.Protection;
import dev.moorage.csi.CsiConnections.Connection;
import dev.moorage.driver.Driver;
import dev.moorage.drivers.loop.LoopDriver;
import dev.moorage.nodeagent.NodeAgent;
import dev.moorage.nodeagent.Outside;
import dev.moorage.nodeagent.Settings;
import dev.moorage.sidecars.attacher.Attacher;
import dev.moorage.sidecars.provisioner.Provisioner;
import dev.moorage.sidecars.registrar.Registrar;
import dev.moorage.sidecars.resizer.Resizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;

/// The wired house over given bodies, as parts that start, run and die alone.
///
/// What belongs together on a real cluster belongs together here: the control plane's actors, and
/// per node an agent, and per driver on a node the driver itself and its sidecars.
public final class Stack {
  private static final String USER = "system:moorage:";

  private static final String VERSION = "0.1.0";

  private final Bodies bodies;
  private final Journal journal;
  private final Map<String, Driver> drivers = new ConcurrentSkipListMap<>();

  /// A house that is not started yet.
  public Stack(Bodies bodies, Journal journal) {
    this.bodies = bodies;
    this.journal = journal;
  }

  /// One node and its drivers.
  ///
  /// @param name the node's name
  /// @param kubeletRoot the agent's folder
  public record NodePlan(String name, String kubeletRoot, List<DriverPlan> drivers) {
    public NodePlan {
      drivers = List.copyOf(drivers);
    }
  }

  /// One loop driver on a node.
  ///
  /// @param name the driver's name
  /// @param state the driver's folder
  /// @param pool the size of its pool
  public record DriverPlan(String name, String state, Bytes pool) {}

  /// All parts, in the order in which they are best started.
  public List<Part> parts(List<NodePlan> nodes) {
    var parts = new ArrayList<>(controlPlane());
    for (NodePlan node : nodes) parts.addAll(node(node));
    return List.copyOf(parts);
  }

  /// The cluster's actors.
  public List<Part> controlPlane() {
    return List.of(
        new Part(
            "binder",
            group ->
                Binder.start(
                    group, bodies.kube(group, USER + "binder"), Binder.Settings.DEFAULT, journal)),
        new Part(
            "protection",
            group ->
                Protection.start(
                    group,
                    bodies.kube(group, USER + "protection"),
                    Protection.Settings.DEFAULT,
                    journal)),
        new Part(
            "placement",
            group ->
                Placement.start(
                    group,
                    bodies.kube(group, USER + "placement"),
                    Placement.Settings.DEFAULT,
                    journal)),
        new Part(
            "attachdetach",
            group ->
                AttachDetach.start(
                    group,
                    bodies.kube(group, USER + "attachdetach"),
                    AttachDetach.Settings.DEFAULT,
                    journal)));
  }

  /// A node's agent, its drivers and their sidecars.
  public List<Part> node(NodePlan node) {
    var parts = new ArrayList<Part>();
    parts.add(new Part("agent@" + node.name(), group -> startAgent(group, node)));
    for (DriverPlan driver : node.drivers()) {
      var place = " " + driver.name() + "@" + node.name();
      parts.add(new Part("driver" + place, group -> startDriver(group, node, driver)));
      parts.add(new Part("registrar" + place, group -> startRegistrar(group, node, driver)));
      parts.add(new Part("provisioner" + place, group -> startProvisioner(group, node, driver)));
      parts.add(new Part("attacher" + place, group -> startAttacher(group, node, driver)));
      parts.add(new Part("resizer" + place, group -> startResizer(group, node, driver)));
    }
    return parts;
  }

  private void startAgent(Group group, NodePlan node) {
    var outside =
        new Outside(
            bodies.kube(group, "system:node:" + node.name()),
            bodies.connections(group, node.name()),
            bodies.sockets(group, node.name()),
            bodies.host(group, node.name()));
    NodeAgent.start(group, outside, Settings.of(node.name(), node.kubeletRoot()), journal);
  }

  private void startDriver(Group group, NodePlan node, DriverPlan plan) {
    var settings =
        new LoopDriver.Settings(
            plan.name(),
            VERSION,
            node.name(),
            plan.state(),
            plan.pool(),
            LoopDriver.Settings.DEFAULT_MAX_VOLUMES);
    var driver = LoopDriver.start(group, bodies.host(group, node.name()), settings, journal);
    drivers.put(plan.name() + "@" + node.name(), driver);
    var _ =
        bodies
            .servers(group, node.name())
            .serve(endpoint(node, plan), bodies.atDriver(plan.name(), node.name(), driver));
  }

  private void startRegistrar(Group group, NodePlan node, DriverPlan driver) {
    Registrar.start(
        group,
        connection(group, node, driver),
        bodies.sockets(group, node.name()),
        Registrar.Settings.of(node.kubeletRoot() + "/plugins_registry", socket(node, driver)),
        journal);
  }

  private void startProvisioner(Group group, NodePlan node, DriverPlan driver) {
    Provisioner.start(
        group,
        bodies.kube(group, USER + "provisioner"),
        connection(group, node, driver),
        Provisioner.Settings.DEFAULT.onNode(node.name()),
        journal);
  }

  private void startAttacher(Group group, NodePlan node, DriverPlan driver) {
    Attacher.start(
        group,
        bodies.kube(group, USER + "attacher"),
        connection(group, node, driver),
        Attacher.Settings.DEFAULT.onNode(node.name()),
        journal);
  }

  private void startResizer(Group group, NodePlan node, DriverPlan driver) {
    Resizer.start(
        group,
        bodies.kube(group, USER + "resizer"),
        connection(group, node, driver),
        Resizer.Settings.DEFAULT.onNode(node.name()),
        journal);
  }

  private Connection connection(Group group, NodePlan node, DriverPlan driver) {
    return bodies.connections(group, node.name()).open(endpoint(node, driver));
  }

  /// The driver on a node that runs now or ran last.
  public Optional<Driver> driver(String name, String node) {
    return Optional.ofNullable(drivers.get(name + "@" + node));
  }

  private static String endpoint(NodePlan node, DriverPlan driver) {
    return "unix://" + socket(node, driver);
  }

  private static String socket(NodePlan node, DriverPlan driver) {
    return node.kubeletRoot() + "/plugins/" + driver.name() + "/csi.sock";
  }
}
