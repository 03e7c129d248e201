package dev.moorage.cli.up;

import dev.moorage.base.Group;
import dev.moorage.cli.live.CommandFailed;
import dev.moorage.cli.live.LiveBodies;
import dev.moorage.drivers.loop.LoopDriver;
import dev.moorage.host.Host;
import dev.moorage.kube.Kinds;
import dev.moorage.kube.Kube;
import dev.moorage.kube.KubeException;
import dev.moorage.kubeserver.registry.Registry;
import dev.moorage.stack.Stack;
import dev.moorage.stack.Stack.DriverPlan;
import dev.moorage.stack.Stack.ForeignPlan;
import dev.moorage.stack.Stack.NodePlan;
import dev.moorage.stack.stories.Manifests;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// The stack of one house, with one node: this machine.
final class House {
  private static final String DRIVER = LoopDriver.Settings.DEFAULT_NAME;
  private static final Duration PAUSE = Duration.ofMillis(2);

  private final Group process;
  private final Host host;
  private final StateFolder folder;
  private final Registry registry;
  private final StepLines lines;
  private Optional<Stack> stack = Optional.empty();

  /// @param process whose tasks the whole house is
  /// @param folder locked by this process
  House(Group process, Host host, StateFolder folder, Registry registry, StepLines lines) {
    this.process = process;
    this.host = host;
    this.folder = folder;
    this.registry = registry;
    this.lines = lines;
  }

  /// Starts all parts, and waits until ours answer.
  ///
  /// @throws CommandFailed when our driver does not register in time
  void start(String node, UpSettings settings) {
    var bodies = new LiveBodies(registry, host);
    var plan = plan(node, settings);
    makeFolders(plan);
    var made = new Stack(bodies, lines);
    synchronized (this) {
      stack = Optional.of(made);
    }
    for (var part : made.parts(List.of(plan))) part.start().accept(process.group(part.name()));
    if (settings.loop().isEmpty()) return;
    install(bodies.kube(process, "system:moorage:up"));
    awaitRegistered(made, node);
  }

  private NodePlan plan(String node, UpSettings settings) {
    var ours =
        settings.loop().map(pool -> new DriverPlan(DRIVER, folder.driver(DRIVER), pool)).stream();
    var foreign = settings.foreign().stream().map(ForeignPlan::new);
    return new NodePlan(node, folder.kubelet(), ours.toList(), foreign.toList());
  }

  private void makeFolders(NodePlan plan) {
    for (String name : List.of("/plugins_registry", "/pods"))
      host.files().makeFolder(plan.kubeletRoot() + name, 0750);
    for (var driver : plan.drivers())
      host.files().makeFolder(plan.kubeletRoot() + "/plugins/" + driver.name(), 0750);
  }

  /// What an installation of our driver brings; a foreign driver brings its own.
  private static void install(Kube kube) {
    try {
      var _ = kube.create(Kinds.CSI_DRIVER, Manifests.csiDriver(DRIVER));
    } catch (KubeException refused) {
      if (!refused.isAlreadyThere()) throw refused;
    }
  }

  private void awaitRegistered(Stack made, String node) {
    long end = process.tasks().nanos() + UpSettings.START.toNanos();
    while (!made.serves(DRIVER, node)) {
      if (process.tasks().nanos() > end)
        throw new CommandFailed(
            "our driver did not register within "
                + UpSettings.START.toSeconds()
                + " s; what failed last: "
                + lines.lastFailure());
      process.sleep(PAUSE);
    }
  }

  /// Ends pods, unmounts, lets go of devices. Objects and volumes stay.
  ///
  /// @return what could not be brought to rest, as lines
  List<String> rest(Duration atMost) {
    return started().map(running -> running.rest(atMost)).orElse(List.of());
  }

  private synchronized Optional<Stack> started() {
    return stack;
  }
}
