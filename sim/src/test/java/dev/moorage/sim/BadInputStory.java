package dev.moorage.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.moorage.base.Bytes;
import dev.moorage.base.Journal;
import dev.moorage.base.sim.SimTasks;
import dev.moorage.host.HostException.Errno;
import dev.moorage.kube.Kinds;
import dev.moorage.kube.KubeException;
import dev.moorage.kube.Selection;
import dev.moorage.kube.Tree;
import dev.moorage.stack.Stack.DriverPlan;
import dev.moorage.stack.Stack.NodePlan;
import dev.moorage.stack.stories.Manifests;
import dev.moorage.stack.stories.Witness;
import java.util.List;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;

/// What a user gets wrong, or a machine lacks, is said by the API or by an event on the object:
/// what, on which, what would do. Nothing is half-made, it can be made good, and the house works
/// on.
final class BadInputStory {
  private static final String NODE = "node-1";
  private static final String DRIVER = "loop.moorage.dev";
  private static final String DRIVER_PART = "driver " + DRIVER + "@" + NODE;
  private static final String SOCKET = "/var/lib/kubelet/plugins/" + DRIVER + "/csi.sock";
  private static final String GOOD = "good";
  private static final String BAD = "bad";

  @Test
  void an_unknown_class_is_named_on_the_claim_which_goes_on_when_it_is_made() {
    check((user, world) -> {
      claimAndPod(user, BAD);
      user.hears("data", "storageclass.storage.k8s.io \"bad\" not found");
      user.hears("app", "pod has unbound immediate PersistentVolumeClaims");
      assertNothingMade(user, world);
      user.creates(Kinds.STORAGE_CLASS, Manifests.storageClass(BAD, DRIVER, "label"));
      user.seesRunning("app");
      goAway(user);
      user.deletes(Kinds.STORAGE_CLASS, BAD);
    });
  }

  @Test
  void an_unknown_parameter_is_named_on_the_claim_with_those_that_there_are() {
    check((user, world) -> {
      var odd = Manifests.storageClass(BAD, DRIVER, "label");
      user.creates(Kinds.STORAGE_CLASS, odd.with(Tree.of("red"), "parameters", "colour"));
      claimAndPod(user, BAD);
      user.hears("data", "ProvisioningFailed", "INVALID_ARGUMENT", "colour", "label");
      assertNothingMade(user, world);
      goAway(user);
      user.deletes(Kinds.STORAGE_CLASS, BAD);
    });
  }

  @Test
  void a_filesystem_that_the_driver_lacks_is_named_on_the_claim_with_those_it_has() {
    check((user, world) -> {
      var odd = Manifests.storageClass(BAD, DRIVER, "label");
      var fsType = Tree.of("zfs");
      user.creates(
          Kinds.STORAGE_CLASS, odd.with(fsType, "parameters", "csi.storage.k8s.io/fstype"));
      claimAndPod(user, BAD);
      user.hears("data", "ProvisioningFailed", "zfs", "supported:", "xfs");
      assertNothingMade(user, world);
      goAway(user);
      user.deletes(Kinds.STORAGE_CLASS, BAD);
    });
  }

  @Test
  void a_claim_above_the_free_space_keeps_its_pod_waiting_which_says_so() {
    check((user, world) -> {
      user.claims("data", GOOD, Bytes.gibi(10));
      user.runs("app", "data");
      user.hears(
          "app",
          "FailedScheduling: 0/1 nodes are available: 1 node(s) did not have enough free storage.");
      assertNothingMade(user, world);
      goAway(user);
    });
  }

  @Test
  void a_full_pool_is_told_on_the_claim_which_goes_on_when_there_is_room() {
    check((user, world) -> {
      user.tellsCapacity(DRIVER, false); // placement does not know
      user.claims("most", GOOD, Bytes.mebi(1500));
      user.runs("first", "most");
      user.seesRunning("first");
      user.claims("data", GOOD, Bytes.gibi(1));
      user.runs("app", "data");
      user.hears(
          "data",
          "ProvisioningFailed",
          "RESOURCE_EXHAUSTED",
          "needs 1Gi",
          "free for volumes: 463Mi");
      assertThat(user.kube().list(Kinds.VOLUME, Selection.ALL).items()).hasSize(1);
      user.deletes(Kinds.POD, "first");
      user.deletes(Kinds.CLAIM, "most");
      user.seesRunning("app");
      goAway(user);
      user.tellsCapacity(DRIVER, true);
    });
  }

  @Test
  void growing_above_the_free_space_is_told_on_the_claim_and_a_smaller_wish_is_granted() {
    check((user, world) -> {
      claimAndPod(user, GOOD);
      user.seesRunning("app");
      user.grows("data", Bytes.gibi(20));
      user.hears(
          "data", "VolumeResizeFailed", "OUT_OF_RANGE", "needs 20Gi", "free for volumes: 1451Mi");
      user.grows("data", Bytes.mebi(600));
      user.sees(
          Kinds.CLAIM, "data", "has 600Mi", claim -> claim.capacity().equals(Bytes.mebi(600)));
      goAway(user);
    });
  }

  @Test
  void a_claim_cannot_shrink() {
    check((user, world) -> {
      claimAndPod(user, GOOD);
      user.seesRunning("app");
      assertThatThrownBy(() -> user.grows("data", Bytes.mebi(256)))
          .isInstanceOf(KubeException.class)
          .hasMessageContainingAll(
              "PersistentVolumeClaim \"data\" is invalid",
              "spec.resources.requests.storage",
              "can not be less than status.capacity");
      goAway(user);
    });
  }

  @Test
  void a_claim_of_a_class_without_expansion_cannot_grow() {
    check((user, world) -> {
      var rigid = Manifests.storageClass(BAD, DRIVER, "label");
      user.creates(Kinds.STORAGE_CLASS, rigid.with(Tree.of(false), "allowVolumeExpansion"));
      claimAndPod(user, BAD);
      user.seesRunning("app");
      assertThatThrownBy(() -> user.grows("data", Bytes.gibi(1)))
          .isInstanceOf(KubeException.class)
          .hasMessageContainingAll("\"data\" is forbidden", "storageclass", "must support resize");
      goAway(user);
      user.deletes(Kinds.STORAGE_CLASS, BAD);
    });
  }

  @Test
  void a_claim_waits_for_a_driver_that_is_away_and_says_so() {
    check((user, world) -> {
      leave(world);
      claimAndPod(user, GOOD);
      user.hears("data", "ProvisioningFailed", "UNAVAILABLE", "CreateVolume");
      assertNothingMade(user, world);
      world.resume(DRIVER_PART);
      user.seesRunning("app");
      goAway(user);
    });
  }

  @Test
  void a_pod_waits_for_a_driver_that_is_away_and_says_so() {
    check((user, world) -> {
      claimAndPod(user, GOOD);
      user.seesRunning("app");
      user.deletes(Kinds.POD, "app");
      user.seesGone(Kinds.POD, "app");
      world.settle();
      leave(world);
      user.runs("next", "data");
      user.hears("next", "FailedAttachVolume", "UNAVAILABLE");
      world.resume(DRIVER_PART);
      user.seesRunning("next");
      leave(world);
      user.deletes(Kinds.POD, "next");
      world.settle();
      user.sees(Kinds.POD, "next", "waits for the driver", pod -> pod.meta().deleting());
      world.resume(DRIVER_PART);
      user.seesGone(Kinds.POD, "next");
      goAway(user);
    });
  }

  @Test
  void a_missing_mkfs_is_told_on_the_pod_which_goes_on_when_it_is_installed() {
    check((user, world) -> {
      var faults = world.host(NODE).faults();
      for (int i = 0; i < 100; i++) faults.failNext("format", Errno.NO_TOOL);
      claimAndPod(user, GOOD);
      user.hears(
          "app",
          "FailedMount: MountVolume.MountDevice failed for volume",
          "FAILED_PRECONDITION: driver loop.moorage.dev, NodeStageVolume: format /dev/loop1");
      world.settle();
      assertThat(world.host(NODE).loops().all()).as("the pool's alone").hasSize(1);
      faults.clear();
      user.seesRunning("app");
      goAway(user);
    });
  }

  private static void claimAndPod(User user, String className) {
    user.claims("data", className, Bytes.mebi(512));
    user.runs("app", "data");
  }

  private static void goAway(User user) {
    user.deletes(Kinds.POD, "app");
    user.deletes(Kinds.CLAIM, "data");
    user.seesGone(Kinds.POD, "app");
    user.seesGone(Kinds.CLAIM, "data");
  }

  /// The driver dies, and somebody tidies its socket away.
  private static void leave(SimWorld world) {
    world.stop(DRIVER_PART);
    world.host(NODE).removeSocket(SOCKET);
  }

  private static void assertNothingMade(User user, SimWorld world) {
    assertThat(user.kube().list(Kinds.VOLUME, Selection.ALL).items()).isEmpty();
    assertThat(world.host(NODE).inventory()).noneMatch(line -> line.contains("pvc-"));
  }

  private static void check(BiConsumer<User, SimWorld> bad) {
    var tasks = SimTasks.plain();
    var drivers = List.of(new DriverPlan(DRIVER, "/var/lib/" + DRIVER, Bytes.gibi(2)));
    var nodes = List.of(new NodePlan(NODE, "/var/lib/kubelet", drivers));
    var world = new SimWorld(tasks, 1, nodes, new Witness(), BodyWrap.NONE, Journal.none());
    tasks.run(() -> {
      world.start();
      world.awaitRegistered();
      var user = new User(world, tasks.home());
      user.install(DRIVER, GOOD);
      world.settle();
      var before = world.census();
      bad.accept(user, world);
      assertThat(world.differences(before)).isEmpty();
      claimAndPod(user, GOOD);
      user.seesRunning("app");
      goAway(user);
      assertThat(world.differences(before)).isEmpty();
    });
    assertThat(tasks.unseenFailures()).isEmpty();
  }
}
