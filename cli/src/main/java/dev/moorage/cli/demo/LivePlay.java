package dev.moorage.cli.demo;

import dev.moorage.base.Group;
import dev.moorage.base.live.LiveEntropy;
import dev.moorage.cli.live.LiveApi;
import dev.moorage.cli.live.LiveBodies;
import dev.moorage.cli.live.LiveRegistry;
import dev.moorage.cli.live.LiveStack;
import dev.moorage.csi.VolumeId;
import dev.moorage.host.Host;
import dev.moorage.host.Mounts.Mount;
import dev.moorage.kube.Kube;
import dev.moorage.kube.RecordedKube;
import dev.moorage.kubeclient.Access;
import dev.moorage.kubeclient.KubeClient;
import dev.moorage.kubeclient.Settings;
import dev.moorage.kubeserver.http.Identity;
import dev.moorage.kubeserver.registry.Registry;
import dev.moorage.linux.LinuxHost;
import dev.moorage.stack.Stack;
import dev.moorage.stack.Stack.DriverPlan;
import dev.moorage.stack.Stack.NodePlan;
import dev.moorage.stack.stories.Cast;
import dev.moorage.stack.stories.KernelFloor;
import dev.moorage.stack.stories.Stories;
import dev.moorage.stack.stories.Witness;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// One play with real bodies: this kernel, real sockets, a real database file, a real pod process.
final class LivePlay {
  private static final int FLOOR_ROUNDS = 7;

  private final Group process;
  private final DemoSettings settings;
  private final Narrator narrator;
  private final Summary summary;
  private final Host host;
  private final Witness witness = new Witness();

  /// @param process whose tasks the whole house is; who closes it ends the play
  LivePlay(Group process, DemoSettings settings, Narrator narrator, Summary summary) {
    this.process = process;
    this.settings = settings;
    this.narrator = narrator;
    this.summary = summary;
    this.host = new LinuxHost(process, dev.moorage.linux.Settings.DEFAULTS);
  }

  void playIn(RunFolder folder) {
    narrator.chapter("Starting the stack in " + folder.path());
    narrator.quiet();
    var root = folder.kubelet();
    var driverState = folder.path().resolve("driver").toString();
    var driver = new DriverPlan(DemoSettings.DRIVER, driverState, settings.poolSize());
    var node = new NodePlan(folder.node(), root, List.of(driver));
    var api = process.group("api");
    var registry = LiveRegistry.open(api, host, folder.path().resolve("api"));
    var bodies = new LiveBodies(registry, host, witness::before);
    var stack = new Stack(bodies, narrator);
    LiveStack.start(process, bodies, stack, node);
    var user = new RecordedKube(overHttps(api, registry), "user", narrator);
    LiveStack.awaitServed(
        process, stack, DemoSettings.DRIVER, folder.node(), narrator::lastFailures);
    tellReady();
    var place = new Cast.Place(folder.node(), folder.path().toString(), root);
    var cast = new Cast(user, process.group("user"), host, place, DemoSettings.DRIVER, true);
    var stories = new Stories(cast, witness, volume -> publishedTo(stack, node, volume), narrator);
    new Plot(stories, narrator, summary, settings).play();
    measureFloor(driverState, root);
  }

  /// As every user reaches it.
  private Kube overHttps(Group api, Registry registry) {
    var identity = Identity.generate(process.tasks().now(), new LiveEntropy());
    var served = LiveApi.serve(api, registry, identity, 0);
    var access = new Access.Direct(served.url(), served.caCertificate(), served.token());
    return KubeClient.connect(process, access, Settings.DEFAULT).kube();
  }

  private void tellReady() {
    var ready = process.tasks().now();
    var started = Instant.ofEpochMilli(ManagementFactory.getRuntimeMXBean().getStartTime());
    summary.add("program started to stack ready", Duration.between(started, ready));
    narrator.say(
        "Ready: API over HTTPS on SQLite, control plane, sidecars, node agent, driver behind its socket, pool of "
            + settings.poolSize());
  }

  private static Optional<String> publishedTo(Stack stack, NodePlan node, String volume) {
    return stack
        .driver(DemoSettings.DRIVER, node.name())
        .flatMap(driver -> driver.publishedTo(new VolumeId(volume)))
        .map(Object::toString);
  }

  private void measureFloor(String driverState, String root) {
    narrator.chapter(
        "The bare kernel's floor: allocate, loop device, mkfs, mount, bind, by direct calls in the same pool");
    var pool =
        host.mounts().table().stream()
            .map(Mount::target)
            .filter(target -> target.startsWith(driverState))
            .findFirst()
            .orElseThrow();
    var floor = new KernelFloor(host, process.tasks(), pool, root);
    var times =
        Stream.generate(() -> floor.once(DemoSettings.SMALL).up())
            .limit(FLOOR_ROUNDS)
            .sorted()
            .toList();
    summary.add("kernel floor, median of " + FLOOR_ROUNDS, Summary.median(times));
    summary.add("kernel floor, fastest", times.getFirst());
  }
}
