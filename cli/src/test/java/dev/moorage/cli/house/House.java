package dev.moorage.cli.house;

import dev.moorage.base.Bytes;
import dev.moorage.base.Group;
import dev.moorage.base.Journal;
import dev.moorage.base.ObjectKey;
import dev.moorage.base.live.LiveEntropy;
import dev.moorage.base.live.LiveTasks;
import dev.moorage.csi.CsiConnections;
import dev.moorage.csi.CsiServers;
import dev.moorage.csi.PluginSockets;
import dev.moorage.csiwire.GrpcSockets;
import dev.moorage.host.Host;
import dev.moorage.kube.Deletion;
import dev.moorage.kube.Kind;
import dev.moorage.kube.Kinds;
import dev.moorage.kube.Kube;
import dev.moorage.kube.Node;
import dev.moorage.kube.Patch;
import dev.moorage.kube.Quantities;
import dev.moorage.kube.Selection;
import dev.moorage.kube.Tree;
import dev.moorage.kubeserver.registry.Registry;
import dev.moorage.kubeserver.registry.RegistryKube;
import dev.moorage.kubeserver.registry.Settings;
import dev.moorage.kubeserver.store.SqliteLog;
import dev.moorage.linux.LinuxHost;
import dev.moorage.stack.Bodies;
import dev.moorage.stack.Part;
import dev.moorage.stack.Stack;
import dev.moorage.stack.Stack.DriverPlan;
import dev.moorage.stack.Stack.NodePlan;
import dev.moorage.stack.stories.Manifests;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/// The whole house with real bodies in a process of its own, on a folder that survives it. It does
/// what its input says, line by line, and answers each with one line.
final class House {
  static final String DRIVER = "loop.moorage.dev";
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Duration LOOK = Duration.ofMillis(20);

  private final Group process = new LiveTasks().group("house");
  private final Host host = new LinuxHost(process, dev.moorage.linux.Settings.DEFAULTS);
  private final Kube kube;
  private final String node;
  private final Stack stack;

  /// @param awake whether more than the API runs
  private House(String state, String node, boolean awake) {
    this.node = node;
    var root = state + "/kubelet";
    for (String folder : List.of("/plugins_registry", "/plugins/" + DRIVER, "/pods"))
      host.files().makeFolder(root + folder, 0750);
    host.files().makeFolder(state + "/api", 0700);
    System.setProperty("org.sqlite.tmpdir", state + "/api");
    var api = process.group("api");
    var log = SqliteLog.open(api, Path.of(state, "api", "state.db"));
    var registry = Registry.open(api, log, new LiveEntropy(), Settings.DEFAULT);
    kube = new RegistryKube(registry, process.tasks(), "user");
    stack = new Stack(new RealBodies(registry, host), Journal.none());
    var driver = new DriverPlan(DRIVER, state + "/driver", Bytes.gibi(1));
    var plan = List.of(new NodePlan(node, root, List.of(driver)));
    if (awake) for (Part part : stack.parts(plan)) part.start().accept(process.group(part.name()));
  }

  private record RealBodies(Registry registry, Host host) implements Bodies {
    @Override
    public Kube kube(Group process, String user) {
      return new RegistryKube(registry, process.tasks(), user);
    }

    @Override
    public Host host(Group process, String node) {
      return host;
    }

    @Override
    public CsiConnections connections(Group process, String node) {
      return new GrpcSockets(process);
    }

    @Override
    public CsiServers servers(Group process, String node) {
      return new GrpcSockets(process);
    }

    @Override
    public PluginSockets sockets(Group process, String node) {
      return new GrpcSockets(process);
    }
  }

  public static void main(String[] arguments) throws IOException {
    var house = new House(arguments[0], arguments[1], arguments[2].equals("awake"));
    System.out.println("up");
    var input = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (var line = input.readLine(); line != null; line = input.readLine()) {
      var words = line.split(" ", -1);
      System.out.println(house.answer(words[0], words.length > 1 ? words[1] : ""));
    }
    System.exit(0);
  }

  private String answer(String word, String name) {
    try {
      return switch (word) {
        case "install" -> install();
        case "create" -> create(name);
        case "pod" -> pod(name);
        case "grow" -> grow(name);
        case "delete" -> delete(name);
        case "forget" -> forget(name);
        case "node" -> nodeSays();
        case "rest" -> String.join("; ", stack.rest(Duration.ofSeconds(30)));
        default -> "no such word: " + word;
      };
    } catch (RuntimeException failed) {
      return failed.toString().replace('\n', ' ');
    }
  }

  private String install() {
    var _ = kube.create(Kinds.CSI_DRIVER.raw(), Manifests.csiDriver(DRIVER));
    var _ = kube.create(Kinds.STORAGE_CLASS.raw(), Manifests.storageClass("fast", DRIVER, "x"));
    return "installed";
  }

  private String create(String name) {
    var _ = kube.create(Kinds.CLAIM, Manifests.claim(name, "fast", Bytes.mebi(300)));
    var _ = kube.create(Kinds.POD, Manifests.pod(name, List.of(name)));
    return pod(name);
  }

  /// Waits until a pod runs, and tells how often its container was started again.
  private String pod(String name) {
    return until(() ->
        kube.get(Kinds.POD.raw(), key(name))
            .map(pod -> pod.tree().at("status", "containerStatuses").items())
            .filter(statuses -> !statuses.isEmpty() && statuses.getFirst().truth(false, "ready"))
            .map(List::getFirst)
            .map(status -> "restarts " + status.number(0, "restartCount")));
  }

  private String grow(String name) {
    var size = Bytes.mebi(400);
    var patch = Patch.NONE.set(Quantities.text(size), "spec", "resources", "requests", "storage");
    var _ = kube.change(Kinds.CLAIM, key(name), "", patch);
    return until(() ->
        kube.get(Kinds.CLAIM, key(name))
            .filter(claim -> !claim.capacity().isBelow(size) && claim.allocatedStatus().isEmpty())
            .map(claim -> "capacity " + claim.capacity()));
  }

  private String delete(String name) {
    kube.delete(Kinds.POD, key(name), Deletion.ANY);
    kube.delete(Kinds.CLAIM, key(name), Deletion.ANY);
    return until(() ->
        isGone(Kinds.POD, name) && isGone(Kinds.CLAIM, name)
            ? Optional.of("gone")
            : Optional.empty());
  }

  private boolean isGone(Kind<?> kind, String name) {
    return kube.get(kind, key(name)).isEmpty();
  }

  /// Takes the Pod object away behind its node's back.
  private String forget(String name) {
    var pod = kube.get(Kinds.POD, key(name)).orElseThrow();
    kube.delete(Kinds.POD, key(name), Deletion.now(pod.meta().uid()));
    return isGone(Kinds.POD, name) ? "forgotten" : "still there";
  }

  private String nodeSays() {
    var found = kube.get(Kinds.NODE.raw(), ObjectKey.cluster(node)).orElseThrow().tree();
    Tree info = found.at("status", "nodeInfo");
    return (Node.of(found).ready() ? "Ready " : "NotReady ")
        + info.text("kubeletVersion")
        + " "
        + info.text("containerRuntimeVersion");
  }

  private String until(Supplier<Optional<String>> look) {
    long end = process.tasks().nanos() + PATIENCE.toNanos();
    while (process.tasks().nanos() < end) {
      var found = look.get();
      if (found.isPresent()) return found.get();
      process.sleep(LOOK);
    }
    return "not within " + PATIENCE.toSeconds() + " s; events: " + events();
  }

  private List<String> events() {
    return kube.list(Kinds.EVENT, Selection.ALL).items().stream()
        .map(event -> event.aboutName() + ": " + event.reason() + ": " + event.message())
        .toList();
  }

  private static ObjectKey key(String name) {
    return new ObjectKey(Manifests.NAMESPACE, name);
  }
}
