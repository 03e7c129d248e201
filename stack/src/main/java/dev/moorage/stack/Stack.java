package dev.moorage.stack;

import dev.moorage.base.Bytes;
import dev.moorage.base.Group;
import dev.moorage.base.Journal;
import dev.moorage.base.Task;
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
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
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

  /// The sidecars of which one serves all nodes, when the driver is a foreign one.
  private static final List<String> CENTRAL = List.of("provisioner", "attacher", "resizer");

  private final Bodies bodies;
  private final Journal journal;
  private final Map<String, Driver> drivers = new ConcurrentSkipListMap<>();
  private final Names names = new Names();
  private final Map<String, NodeAgent> agents = new ConcurrentSkipListMap<>();

  /// A house that is not started yet.
  public Stack(Bodies bodies, Journal journal) {
    this.bodies = bodies;
    this.journal = journal;
  }

  /// One node and its drivers.
  ///
  /// @param name the node's name
  /// @param kubeletRoot the agent's folder
  /// @param drivers our own drivers, which the house starts itself
  /// @param foreign drivers that somebody else starts
  public record NodePlan(
      String name, String kubeletRoot, List<DriverPlan> drivers, List<ForeignPlan> foreign) {
    public NodePlan {
      drivers = List.copyOf(drivers);
      foreign = List.copyOf(foreign);
    }

    /// A node without foreign drivers.
    public NodePlan(String name, String kubeletRoot, List<DriverPlan> drivers) {
      this(name, kubeletRoot, drivers, List.of());
    }
  }

  /// One loop driver on a node.
  ///
  /// @param name the driver's name
  /// @param state the driver's folder
  /// @param pool the size of its pool
  public record DriverPlan(String name, String state, Bytes pool) {}

  /// A driver that somebody else starts, in any language: found at its endpoint whenever it comes,
  /// under whichever name it gives itself.
  ///
  /// Its provisioner, attacher and resizer serve all nodes, as the official ones do; see
  /// `docs/decisions/0007-foreign-drivers.md`. A name that is served already is not served twice.
  ///
  /// @param endpoint `unix:///path.sock`
  public record ForeignPlan(String endpoint) {
    private static final String SCHEME = "unix://";

    /// @throws IllegalArgumentException when the endpoint has another form
    public ForeignPlan {
      if (!endpoint.startsWith(SCHEME + "/"))
        throw new IllegalArgumentException(
            "a driver's endpoint has the form unix:///path.sock, this has not: " + endpoint);
    }

    /// The path of its socket.
    String socket() {
      return endpoint.substring(SCHEME.length());
    }
  }

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
    for (DriverPlan driver : node.drivers()) parts.addAll(own(node, driver));
    for (ForeignPlan driver : node.foreign()) parts.addAll(foreign(node, driver));
    return parts;
  }

  private List<Part> own(NodePlan node, DriverPlan driver) {
    var place = " " + driver.name() + "@" + node.name();
    for (String role : CENTRAL) names.reserve(role, driver.name());
    return List.of(
        new Part("driver" + place, group -> startDriver(group, node, driver)),
        new Part(
            "registrar" + place,
            group ->
                startRegistrar(group, connection(group, node, driver), node, socket(node, driver))),
        new Part(
            "provisioner" + place,
            group ->
                startProvisioner(
                    group,
                    connection(group, node, driver),
                    Provisioner.Settings.DEFAULT.onNode(node.name()))),
        new Part(
            "attacher" + place,
            group ->
                startAttacher(
                    group,
                    connection(group, node, driver),
                    Attacher.Settings.DEFAULT.onNode(node.name()))),
        new Part(
            "resizer" + place,
            group ->
                startResizer(
                    group,
                    connection(group, node, driver),
                    Resizer.Settings.DEFAULT.onNode(node.name()))));
  }

  private List<Part> foreign(NodePlan node, ForeignPlan driver) {
    return List.of(
        foreign(
            "registrar",
            node,
            driver,
            (group, connection) -> startRegistrar(group, connection, node, driver.socket())),
        foreign(
            "provisioner",
            node,
            driver,
            (group, connection) ->
                startProvisioner(group, connection, Provisioner.Settings.DEFAULT)),
        foreign(
            "attacher",
            node,
            driver,
            (group, connection) -> startAttacher(group, connection, Attacher.Settings.DEFAULT)),
        foreign(
            "resizer",
            node,
            driver,
            (group, connection) -> startResizer(group, connection, Resizer.Settings.DEFAULT)));
  }

  private Part foreign(
      String role, NodePlan node, ForeignPlan driver, WhoeverAnswers.Sidecar sidecar) {
    var place = driver.endpoint() + "@" + node.name();
    return new Part(
        role + " " + place,
        group ->
            new WhoeverAnswers(role, place, names, journal)
                .start(
                    group,
                    bodies.connections(group, node.name()).open(driver.endpoint()),
                    CENTRAL.contains(role)
                        ? WhoeverAnswers.Scope.CENTRAL
                        : WhoeverAnswers.Scope.NODE,
                    sidecar));
  }

  private void startAgent(Group group, NodePlan node) {
    var outside =
        new Outside(
            bodies.kube(group, "system:node:" + node.name()),
            bodies.connections(group, node.name()),
            bodies.sockets(group, node.name()),
            bodies.host(group, node.name()));
    var settings = Settings.of(node.name(), node.kubeletRoot());
    agents.put(node.name(), NodeAgent.start(group, outside, settings, journal));
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

  private void startRegistrar(
      Group group, Connection connection, NodePlan node, String driverSocket) {
    var settings = Registrar.Settings.of(node.kubeletRoot() + "/plugins_registry", driverSocket);
    Registrar.start(group, connection, bodies.sockets(group, node.name()), settings, journal);
  }

  private void startProvisioner(Group group, Connection connection, Provisioner.Settings settings) {
    Provisioner.start(
        group, bodies.kube(group, USER + "provisioner"), connection, settings, journal);
  }

  private void startAttacher(Group group, Connection connection, Attacher.Settings settings) {
    Attacher.start(group, bodies.kube(group, USER + "attacher"), connection, settings, journal);
  }

  private void startResizer(Group group, Connection connection, Resizer.Settings settings) {
    Resizer.start(group, bodies.kube(group, USER + "resizer"), connection, settings, journal);
  }

  private Connection connection(Group group, NodePlan node, DriverPlan driver) {
    return bodies.connections(group, node.name()).open(endpoint(node, driver));
  }

  /// Whether a node's agent has a driver registered now, since its last start.
  public boolean serves(String driver, String node) {
    return Optional.ofNullable(agents.get(node)).filter(agent -> agent.serves(driver)).isPresent();
  }

  /// Brings the house to rest, before its groups are closed: all nodes at once (see
  /// [NodeAgent#rest]), then their drivers let their storage go. Objects and volumes stay; the next
  /// start brings everything back.
  ///
  /// @param atMost for the nodes
  /// @return what could not be brought to rest, one line each; empty when all is at rest
  public List<String> rest(Duration atMost) {
    var left = new ArrayList<String>();
    var resting = new LinkedHashMap<String, Task<List<String>>>();
    agents.forEach((node, agent) -> resting.put(node, agent.rest(atMost)));
    resting.forEach(
        (node, task) -> task.await().forEach(line -> left.add("node " + node + ": " + line)));
    for (Driver driver : drivers.values()) left.addAll(driver.end());
    return List.copyOf(left);
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
