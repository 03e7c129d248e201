package dev.moorage.cli.up;

import dev.moorage.base.Group;
import dev.moorage.cli.live.LiveBodies;
import dev.moorage.cli.live.LiveStack;
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

/// The stack of one house, with one node: this machine.
final class House {
  private static final String DRIVER = LoopDriver.Settings.DEFAULT_NAME;

  private final Group process;
  private final StateFolder folder;
  private final StepLines lines;
  private final LiveBodies bodies;
  private final Stack stack;

  /// @param process whose tasks the whole house is
  /// @param folder locked by this process
  House(Group process, Host host, StateFolder folder, Registry registry, StepLines lines) {
    this.process = process;
    this.folder = folder;
    this.lines = lines;
    this.bodies = new LiveBodies(registry, host);
    this.stack = new Stack(bodies, lines);
  }

  /// Starts all parts, and waits until ours answer.
  ///
  /// @throws dev.moorage.cli.live.CommandFailed when our driver does not register in time
  void start(String node, UpSettings settings) {
    LiveStack.start(process, bodies, stack, plan(node, settings));
    if (settings.loop().isEmpty()) return;
    install(bodies.kube(process, "system:moorage:up"));
    LiveStack.awaitServed(process, stack, DRIVER, node, lines::lastFailure);
  }

  private NodePlan plan(String node, UpSettings settings) {
    var ours =
        settings.loop().map(pool -> new DriverPlan(DRIVER, folder.driver(DRIVER), pool)).stream();
    var foreign = settings.foreign().stream().map(ForeignPlan::new);
    return new NodePlan(node, folder.kubelet(), ours.toList(), foreign.toList());
  }

  /// What an installation of our driver brings; a foreign driver brings its own.
  private static void install(Kube kube) {
    try {
      var _ = kube.create(Kinds.CSI_DRIVER, Manifests.csiDriver(DRIVER));
    } catch (KubeException refused) {
      if (!refused.isAlreadyThere()) throw refused;
    }
  }

  /// Ends pods, unmounts, lets go of devices. Objects and volumes stay.
  ///
  /// @return what could not be brought to rest, as lines
  List<String> rest(Duration atMost) {
    return stack.rest(atMost);
  }
}
