package dev.moorage.sim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.moorage.base.Bytes;
import dev.moorage.base.Journal;
import dev.moorage.base.ObjectKey;
import dev.moorage.base.sim.SimTasks;
import dev.moorage.kube.Kinds;
import dev.moorage.kube.Patch;
import dev.moorage.kube.Selection;
import dev.moorage.kube.Tree;
import dev.moorage.stack.Stack.DriverPlan;
import dev.moorage.stack.Stack.NodePlan;
import dev.moorage.stack.stories.Witness;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Two nodes with two drivers each: the first node is cordoned, the second has no room for one of
/// the pod's two claims. The pod waits and says why; when the first node takes pods again, it runs
/// there, and goes away without a trace.
final class TwoNodesStory {
  private static final String LOOP = "loop.moorage.dev";
  private static final String FAST = "fast.moorage.dev";
  private static final String ROOT = "/var/lib/kubelet";
  private static final Patch CORDON = Patch.NONE.set(Tree.of(true), "spec", "unschedulable");
  private static final Patch UNCORDON = Patch.NONE.remove("spec", "unschedulable");

  @Test
  void a_pod_waits_for_the_cordoned_node_because_the_other_has_no_room() {
    var tasks = SimTasks.plain();
    var world = world(tasks);
    tasks.run(() -> play(world, tasks));
    Golden.check("two-nodes", world.trace().decisions(world.log()));
  }

  @Test
  void so_it_is_in_any_order_of_tasks() {
    for (long seed = 1; seed <= 20; seed++) {
      var tasks = SimTasks.seeded(seed);
      var world = world(tasks);
      tasks.run(() -> play(world, tasks));
    }
  }

  private static SimWorld world(SimTasks tasks) {
    var nodes = List.of(node("node-1", Bytes.gibi(2)), node("node-2", Bytes.mebi(640)));
    return new SimWorld(tasks, 1, nodes, new Witness(), BodyWrap.NONE, Journal.none());
  }

  private static NodePlan node(String name, Bytes fastPool) {
    return new NodePlan(
        name,
        ROOT,
        List.of(
            new DriverPlan(LOOP, "/var/lib/" + LOOP, Bytes.gibi(2)),
            new DriverPlan(FAST, "/var/lib/" + FAST, fastPool)));
  }

  private static void play(SimWorld world, SimTasks tasks) {
    world.start();
    world.awaitRegistered();
    var user = new User(world, tasks.home());
    user.install(LOOP, "loop");
    user.install(FAST, "fast");
    world.settle();
    var before = world.census();
    cordon(user, CORDON);
    world.settle(); // placement may hear of the pod before it hears of the node
    waitsAndSaysWhy(user);
    cordon(user, UNCORDON);
    runsOnTheFirstNode(user, world);
    user.deletes(Kinds.POD, "app");
    user.deletes(Kinds.CLAIM, "logs");
    user.deletes(Kinds.CLAIM, "cache");
    user.seesGone(Kinds.POD, "app");
    user.seesGone(Kinds.CLAIM, "logs");
    user.seesGone(Kinds.CLAIM, "cache");
    assertThat(world.differences(before)).isEmpty();
  }

  private static void cordon(User user, Patch patch) {
    var _ = user.kube().change(Kinds.NODE, ObjectKey.cluster("node-1"), "", patch);
  }

  /// In the words of kube-scheduler.
  private static void waitsAndSaysWhy(User user) {
    user.claims("logs", "loop", Bytes.mebi(512));
    user.claims("cache", "fast", Bytes.gibi(1));
    user.runs("app", "logs", "cache");
    assertThat(user.hears("app", "enough free storage", "unschedulable"))
        .isEqualTo(
            "FailedScheduling: 0/2 nodes are available: 1 node(s) did not have enough free storage,"
                + " 1 node(s) were unschedulable.");
    assertThat(user.kube().list(Kinds.VOLUME, Selection.ALL).items()).isEmpty();
  }

  private static void runsOnTheFirstNode(User user, SimWorld world) {
    var pod = user.seesRunning("app");
    assertThat(pod.nodeName()).isEqualTo("node-1");
    for (String claim : List.of("logs", "cache")) {
      var target =
          ROOT
              + "/pods/"
              + pod.meta().uid()
              + "/volumes/kubernetes.io~csi/"
              + user.seesBound(claim).volumeName()
              + "/mount";
      assertThat(world.host("node-1").mounts().at(target)).as(claim).isPresent();
    }
  }
}
