package dev.moorage.sim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.moorage.base.Bytes;
import dev.moorage.base.Journal;
import dev.moorage.base.sim.SimTasks;
import dev.moorage.kube.Kinds;
import dev.moorage.kube.Raw;
import dev.moorage.kube.Selection;
import dev.moorage.stack.Stack.DriverPlan;
import dev.moorage.stack.Stack.NodePlan;
import dev.moorage.stack.stories.Witness;
import java.util.List;

/// A pod with a claim that grows and goes away, on one node: what a user waits for comes in the
/// end, whatever happens to the house meanwhile.
final class OneClaim {
  static final String NODE = "node-1";
  private static final String DRIVER = "loop.moorage.dev";
  private static final String ROOT = "/var/lib/kubelet";
  private static final Bytes GROWN = Bytes.mebi(768);

  final SimTasks tasks;
  final SimWorld world;
  final User user;
  private final List<String> atTheStart;

  OneClaim(SimTasks tasks) {
    this.tasks = tasks;
    var driver = new DriverPlan(DRIVER, "/var/lib/" + DRIVER, Bytes.gibi(2));
    var nodes = List.of(new NodePlan(NODE, ROOT, List.of(driver)));
    world = new SimWorld(tasks, 1, nodes, new Witness(), BodyWrap.NONE, Journal.none());
    atTheStart = world.host(NODE).inventory();
    user = new User(world, tasks.home());
  }

  /// Plays in the main task.
  ///
  /// @param meanwhile waits until what disturbs the play is over
  void play(Runnable meanwhile) {
    world.start();
    user.install(DRIVER, "fast");
    var _ =
        user.sees(
            Kinds.CSI_NODE, NODE, "has the driver", found -> found.driver(DRIVER).isPresent());
    user.claims("data", "fast", Bytes.mebi(512));
    user.runs("app", "data");
    var _ = user.sees(Kinds.POD.raw(), "app", "runs", OneClaim::runs);
    user.grows("data", GROWN);
    var _ =
        user.sees(
            Kinds.CLAIM,
            "data",
            "has grown",
            claim -> !claim.capacity().isBelow(GROWN) && claim.allocatedStatus().isEmpty());
    meanwhile.run();
    world.settle(); // what the API says may be older than what has just befallen the node
    var pod = user.sees(Kinds.POD.raw(), "app", "runs", OneClaim::runs);
    checkUsed(pod);
    user.deletes(Kinds.POD, "app");
    user.deletes(Kinds.CLAIM, "data");
    user.seesGone(Kinds.POD, "app");
    user.seesGone(Kinds.CLAIM, "data");
    world.settle();
    assertThat(user.kube().list(Kinds.VOLUME, Selection.ALL).items()).isEmpty();
    assertThat(leftOfVolumes()).isEmpty();
  }

  private static boolean runs(Raw pod) {
    var containers = pod.tree().at("status", "containerStatuses").items();
    return !containers.isEmpty()
        && containers.stream().allMatch(container -> container.truth(false, "ready"));
  }

  private void checkUsed(Raw pod) {
    var target =
        ROOT
            + "/pods/"
            + pod.meta().uid()
            + "/volumes/kubernetes.io~csi/"
            + user.seesBound("data").volumeName()
            + "/mount";
    var host = world.host(NODE);
    assertThat(host.mounts().at(target)).as("the pod's mount").isPresent();
    assertThat(host.filesystems().usage(target).total().isAbove(Bytes.mebi(600))).isTrue();
    assertThat(host.sandboxes().running("")).as("one process").hasSize(1);
  }

  /// What of volumes and pods is on the host.
  List<String> leftOfVolumes() {
    return world.host(NODE).inventory().stream()
        .filter(line -> !atTheStart.contains(line))
        .filter(line ->
            line.startsWith("process")
                || line.contains("/pods/")
                || line.contains("globalmount")
                || line.contains("vol_data")
                || line.contains("/pool/volumes/"))
        .toList();
  }

  /// Mounts, devices and processes that were not there at the start.
  List<String> busy() {
    return world.host(NODE).inventory().stream()
        .filter(line -> !atTheStart.contains(line))
        .filter(line ->
            line.startsWith("process") || line.startsWith("mount") || line.startsWith("loop"))
        .toList();
  }
}
