package dev.moorage.sim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.moorage.base.Bytes;
import dev.moorage.base.Group;
import dev.moorage.base.Journal;
import dev.moorage.base.sim.SimTasks;
import dev.moorage.kube.Kinds;
import dev.moorage.kube.Tree;
import dev.moorage.stack.Stack.DriverPlan;
import dev.moorage.stack.Stack.ForeignPlan;
import dev.moorage.stack.Stack.NodePlan;
import dev.moorage.stack.stories.Manifests;
import dev.moorage.stack.stories.Witness;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/// A node with our own driver and a foreign one, and somebody who uses both.
final class ForeignWorld {
  static final String NODE = "node-1";
  static final String ENDPOINT = "unix:///srv/foreign/csi.sock";
  static final String FOREIGN = "foreign";
  static final String OURS = "ours";
  static final Bytes SIZE = Bytes.mebi(512);
  private static final String OUR_DRIVER = "loop.moorage.dev";

  final SimTasks tasks;
  final SimWorld world;
  final ForeignDriver driver;
  private List<String> before = List.of();
  private Group process;
  User user;

  private ForeignWorld(SimTasks tasks, Journal journal) {
    this.tasks = tasks;
    var ours = List.of(new DriverPlan(OUR_DRIVER, "/var/lib/loop", Bytes.gibi(2)));
    var plan = new NodePlan(NODE, "/var/lib/kubelet", ours, List.of(new ForeignPlan(ENDPOINT)));
    this.world = new SimWorld(tasks, 1, List.of(plan), new Witness(), BodyWrap.NONE, journal);
    this.driver = new ForeignDriver(tasks, world.host(NODE));
    this.user = new User(world, tasks.home());
    this.process = tasks.home();
  }

  /// Plays in a fresh world where nothing of the foreign driver runs yet; in the end the driver is
  /// made good, serves a claim, and nothing is left.
  static void play(Consumer<ForeignWorld> story) {
    play(SimTasks.plain(), Journal.none(), story);
  }

  static void play(SimTasks tasks, Journal journal, Consumer<ForeignWorld> story) {
    var it = new ForeignWorld(tasks, journal);
    tasks.run(() -> {
      it.world.start();
      it.world.awaitRegistered();
      it.user.install(OUR_DRIVER, OURS);
      it.world.settle();
      story.accept(it);
    });
    assertThat(tasks.unseenFailures()).isEmpty();
  }

  /// The driver comes up, as a new process.
  void driverComes() {
    process = tasks.group("somebody's driver");
    driver.serve(world, process, NODE, ENDPOINT);
  }

  /// The driver dies.
  void driverDies() {
    tasks.kill(process);
  }

  void driverRestarts() {
    driverDies();
    driverComes();
  }

  /// Installs the driver's objects.
  void install(String binding) {
    user.creates(
        Kinds.CSI_DRIVER,
        Manifests.csiDriver(driver.name).with(Tree.of(false), "spec", "storageCapacity"));
    var of =
        Manifests.storageClass(FOREIGN, driver.name, "x")
            .with(Tree.of(binding), "volumeBindingMode");
    user.creates(Kinds.STORAGE_CLASS, of.without("parameters"));
  }

  void remember() {
    world.settle();
    var folder = "/var/lib/kubelet/plugins/kubernetes.io/csi/" + driver.name;
    if (world.host(NODE).files().look(folder).isEmpty())
      world.host(NODE).files().makeFolder(folder, 0750);
    before = world.census();
  }

  void awaitRegistered() {
    var _ =
        user.sees(
            Kinds.CSI_NODE,
            NODE,
            "has " + driver.name,
            node -> node.driver(driver.name).isPresent());
  }

  void claimAndPod(String claim, String pod, String className) {
    user.claims(claim, className, SIZE);
    user.runs(pod, claim);
  }

  void goAway(String claim, String pod) {
    user.deletes(Kinds.POD, pod);
    user.deletes(Kinds.CLAIM, claim);
    user.seesGone(Kinds.POD, pod);
    user.seesGone(Kinds.CLAIM, claim);
  }

  /// Long enough for everything that waits for its next try.
  void later() {
    tasks.home().sleep(Duration.ofMinutes(11));
  }

  /// Our own driver is as quick as ever.
  void othersWork() {
    long start = tasks.nanos();
    claimAndPod("other", "other-app", OURS);
    user.seesRunning("other-app");
    goAway("other", "other-app");
    assertThat(tasks.nanos() - start)
        .as("time for another driver's claim")
        .isLessThan(10_000_000_000L);
  }

  /// Nothing is left, neither here nor in the driver.
  void nothingIsLeft() {
    assertThat(world.differences(before)).isEmpty();
    assertThat(driver.kept()).isEmpty();
  }
}
