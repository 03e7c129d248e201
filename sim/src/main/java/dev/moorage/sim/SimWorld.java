package dev.moorage.sim;

import dev.moorage.base.Group;
import dev.moorage.base.Journal;
import dev.moorage.base.ObjectKey;
import dev.moorage.base.Stopped;
import dev.moorage.base.sim.SimEntropy;
import dev.moorage.base.sim.SimTasks;
import dev.moorage.csi.Csi;
import dev.moorage.csi.CsiConnections;
import dev.moorage.csi.CsiServers;
import dev.moorage.csi.PluginSockets;
import dev.moorage.csi.VolumeId;
import dev.moorage.csi.inprocess.InProcessNetwork;
import dev.moorage.host.Host;
import dev.moorage.host.sim.SimHost;
import dev.moorage.kube.Kinds;
import dev.moorage.kube.Kube;
import dev.moorage.kubeserver.registry.Registry;
import dev.moorage.kubeserver.registry.RegistryKube;
import dev.moorage.kubeserver.store.Log;
import dev.moorage.kubeserver.store.LogEntry;
import dev.moorage.kubeserver.store.MemoryLog;
import dev.moorage.stack.Bodies;
import dev.moorage.stack.Part;
import dev.moorage.stack.Stack;
import dev.moorage.stack.Stack.DriverPlan;
import dev.moorage.stack.Stack.NodePlan;
import dev.moorage.stack.stories.Witness;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;

/// The whole house in a simulation: the real rooms and the real registry over simulated hosts.
///
/// Every part is a crash domain. What is killed comes back after a while, as a supervisor brings it
/// back; the API's log and the hosts' disks, mounts, loop devices and pods survive.
public final class SimWorld implements Bodies {
  /// The API server's crash domain: when it dies, the whole process has died.
  public static final String API = "api";

  private static final Duration LOOK = Duration.ofMillis(100);
  private static final Duration REST = Duration.ofSeconds(5);
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private final SimTasks tasks;
  private final SimEntropy entropy;
  private final List<NodePlan> nodes;
  private final Witness witness;
  private final Trace trace = new Trace();
  private final MemoryLog log = new MemoryLog();
  private final Map<String, Machine> machines = new LinkedHashMap<>();
  private final Map<String, Group> running = new LinkedHashMap<>();
  private final Set<String> stopped = new TreeSet<>();
  private final Stack stack;
  private final List<Part> parts;
  private final BodyWrap wrap;
  private final Journal listener;
  private Optional<Api> api = Optional.empty();

  private record Machine(SimHost host, InProcessNetwork network) {}

  private record Api(Group group, Registry registry) {}

  /// A world that is not started.
  ///
  /// @param wrap decorates what actors get, e.g. to do everything twice
  /// @param listener hears the journal too
  public SimWorld(
      SimTasks tasks,
      long seed,
      List<NodePlan> nodes,
      Witness witness,
      BodyWrap wrap,
      Journal listener) {
    this.tasks = tasks;
    this.entropy = new SimEntropy(seed);
    this.nodes = List.copyOf(nodes);
    this.witness = witness;
    this.wrap = wrap;
    this.listener = listener;
    this.stack = new Stack(this, this::note);
    this.parts = stack.parts(nodes);
    for (NodePlan node : nodes) machines.put(node.name(), newMachine(node));
  }

  private Machine newMachine(NodePlan node) {
    var host = new SimHost(tasks, node.name(), SimHost.Settings.usual());
    for (String folder : List.of("/plugins_registry", "/pods"))
      host.files().makeFolder(node.kubeletRoot() + folder, 0750);
    for (DriverPlan driver : node.drivers())
      for (String folder : List.of("/plugins/", "/plugins/kubernetes.io/csi/"))
        host.files().makeFolder(node.kubeletRoot() + folder + driver.name(), 0750);
    host.filesystems().sync("/");
    var network = new InProcessNetwork(new SocketsOf(host));
    return new Machine(host, network);
  }

  private record SocketsOf(SimHost host) implements InProcessNetwork.SocketFiles {
    @Override
    public void made(String path) {
      host.makeSocket(path);
    }

    @Override
    public void gone(String path) {
      host.removeSocket(path);
    }
  }

  /// Starts every part, and a supervisor that brings killed ones back; call it in the main task.
  public void start() {
    startWhatIsDead();
    var _ = tasks.home().start("supervisor", this::supervise);
  }

  private boolean supervise() {
    while (true) {
      tasks.home().sleep(LOOK);
      startWhatIsDead();
    }
  }

  private void startWhatIsDead() {
    if (!apiLives()) startApi();
    for (Part part : parts) {
      if (!apiLives()) return; // everything died again
      if (!lives(part) && !stopped.contains(part.name())) start(part);
    }
  }

  private boolean apiLives() {
    return api.filter(now -> !tasks.dead(now.group())).isPresent();
  }

  private boolean lives(Part part) {
    return running.containsKey(part.name()) && !tasks.dead(running.get(part.name()));
  }

  private void startApi() {
    var group = tasks.group(API);
    var registry =
        Registry.open(
            group,
            new LogOf(log, () -> tasks.dead(group)),
            entropy,
            dev.moorage.kubeserver.registry.Settings.DEFAULT);
    api = Optional.of(new Api(group, registry));
  }

  /// The log as one process holds it: a dead one writes nothing.
  private record LogOf(Log log, BooleanSupplier dead) implements Log {
    @Override
    public Kept replay() {
      return log.replay();
    }

    @Override
    public void append(List<LogEntry> entries) {
      if (dead.getAsBoolean()) throw new Stopped("the API server has died");
      log.append(entries);
    }

    @Override
    public boolean waits() {
      return log.waits();
    }

    @Override
    public void close() {
      log.close();
    }
  }

  private void start(Part part) {
    var group = tasks.group(part.name());
    running.put(part.name(), group);
    try {
      part.start().accept(group);
    } catch (Stopped died) {
      // while it started: the supervisor's next look finds it dead
    }
  }

  /// Kills the part that a group's path names, at this instant; the API takes everything with it.
  ///
  /// @param path as [Effect#group] has it
  /// @return whether there was such a part
  public boolean kill(String path) {
    var name = path.contains("/") ? path.substring(0, path.indexOf('/')) : path;
    if (name.equals(API)) return killAll();
    var part = Optional.ofNullable(running.get(name));
    part.ifPresent(tasks::kill);
    return part.isPresent();
  }

  /// Kills a part, and keeps it dead until it is resumed.
  ///
  /// @param part its name, e.g. `driver loop.moorage.dev@node-1`
  public void stop(String part) {
    stopped.add(part);
    var _ = kill(part);
  }

  /// Lets a stopped part come back.
  public void resume(String part) {
    stopped.remove(part);
  }

  /// Kills the whole process: every part and the API, at this instant.
  public boolean killAll() {
    tasks.killAll();
    return true;
  }

  /// Brings the house to rest, as at the end of `moor up`, without ending it.
  ///
  /// @return what could not be brought to rest, one line each
  public List<String> rest(Duration atMost) {
    return stack.rest(atMost);
  }

  /// Cuts the power of everything: the whole process, and every node with its mounts, devices, pods
  /// and whatever was not synced.
  public void powerCut() {
    var _ = killAll();
    machines.values().forEach(machine -> machine.host().powerCut());
  }

  /// The API as the user sees it, through crashes.
  public Kube user() {
    return new SimKube(() -> kube(tasks.home(), "demo-user"), tasks.home());
  }

  /// Waits until every node has registered its drivers.
  public void awaitRegistered() {
    for (NodePlan node : nodes)
      for (DriverPlan driver : node.drivers())
        while (user()
            .get(Kinds.CSI_NODE, ObjectKey.cluster(node.name()))
            .flatMap(found -> found.driver(driver.name()))
            .isEmpty()) tasks.home().sleep(LOOK);
  }

  /// Lets the house come to rest: a while without a write to the API.
  public void settle() {
    long seen = -1;
    while (seen != log.replay().last()) {
      seen = log.replay().last();
      tasks.home().sleep(REST);
    }
  }

  /// All that there is but events, one line each: objects without versions and times, and what is
  /// on the hosts; generated names are told by what they are for. Two worlds with equal lines are
  /// in the same state.
  public List<String> census() {
    var census = new Census(new Names(log));
    census.add(user());
    machines.forEach((node, machine) -> census.add(node, machine.host()));
    return census.lines();
  }

  /// Waits until the house is at rest and as hoped; a minute at most.
  ///
  /// @param hoped a [#census]
  /// @return what is different then, as lines; empty when all is as hoped
  public List<String> differences(List<String> hoped) {
    long end = tasks.nanos() + PATIENCE.toNanos();
    settle();
    var now = census();
    while (!now.equals(hoped) && tasks.nanos() < end) {
      tasks.home().sleep(REST);
      now = census();
    }
    return differences(hoped, now);
  }

  private static List<String> differences(List<String> hoped, List<String> now) {
    var lines = new ArrayList<String>();
    without(now, hoped).forEach(line -> lines.add("there is: " + line));
    without(hoped, now).forEach(line -> lines.add("there is not: " + line));
    return lines;
  }

  private static List<String> without(List<String> lines, List<String> others) {
    var rest = new ArrayList<>(lines);
    others.forEach(rest::remove);
    return rest;
  }

  private void note(Journal.Entry entry) {
    trace.note(entry);
    listener.note(entry);
  }

  /// What the actors did.
  public Trace trace() {
    return trace;
  }

  /// The API's log.
  public MemoryLog log() {
    return log;
  }

  /// A node's simulated kernel.
  public SimHost host(String node) {
    return machine(node).host();
  }

  /// The node that a driver's ledger names for a volume.
  public Optional<String> publishedTo(String driver, String node, String volume) {
    return stack
        .driver(driver, node)
        .flatMap(found -> found.publishedTo(new VolumeId(volume)))
        .map(Object::toString);
  }

  private Machine machine(String node) {
    return Optional.ofNullable(machines.get(node)).orElseThrow();
  }

  @Override
  public Kube kube(Group process, String user) {
    return wrap.kube(new RegistryKube(api.orElseThrow().registry(), tasks, user), user);
  }

  @Override
  public Host host(Group process, String node) {
    return machine(node).host();
  }

  @Override
  public CsiConnections connections(Group process, String node) {
    return endpoint -> wrap.connection(machine(node).network().in(process).open(endpoint));
  }

  @Override
  public CsiServers servers(Group process, String node) {
    return machine(node).network().in(process);
  }

  @Override
  public PluginSockets sockets(Group process, String node) {
    return machine(node).network().in(process);
  }

  @Override
  public Csi atDriver(String driver, String node, Csi csi) {
    return witness.before(csi);
  }
}
