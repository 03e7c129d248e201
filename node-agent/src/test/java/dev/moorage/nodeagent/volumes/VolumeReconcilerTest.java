package dev.moorage.nodeagent.volumes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.moorage.base.Bytes;
import dev.moorage.base.Group;
import dev.moorage.base.Journal.Entry;
import dev.moorage.base.ObjectKey;
import dev.moorage.base.Stopped;
import dev.moorage.base.sim.Crash;
import dev.moorage.base.sim.Moment;
import dev.moorage.base.sim.SimTasks;
import dev.moorage.controller.Outcome;
import dev.moorage.csi.CsiException;
import dev.moorage.csi.CsiException.Code;
import dev.moorage.host.sim.SimHost;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class VolumeReconcilerTest {
  private static final ObjectKey KEY = ObjectKey.cluster("pv-1");
  private static final Places PLACES = new Places("/var/lib/kubelet");
  private static final String STAGING = PLACES.staging(FakeApi.DRIVER, FakeApi.HANDLE);

  @Test
  void a_volume_comes_to_a_pod_and_goes_away_without_a_trace() {
    var world = new World();
    var before = world.host.inventory();

    world.api.pod("p", false);
    assertThat(world.untilRest()).containsExactly("ReportInUse", "MountDevice", "SetUp", "Nothing");
    assertThat(world.isMounted("p")).isTrue();
    assertThat(world.api.inUse).containsExactly(FakeApi.UNIQUE);

    world.api.pod("p", true);
    assertThat(world.untilRest())
        .containsExactly("TearDown", "UnmountDevice", "ForgetInUse", "Nothing");
    assertThat(world.api.inUse).isEmpty();
    assertThat(world.driver.calls)
        .containsExactly(
            "NodeStageVolume", "NodePublishVolume", "NodeUnpublishVolume", "NodeUnstageVolume");
    assertThat(world.leftBelowRoot(before)).isEmpty();
  }

  @Test
  void the_second_pod_shares_the_global_mount_and_the_last_one_takes_it_away() {
    var world = new World();
    world.api.pod("a", false);
    world.untilRest();
    world.api.pod("b", false);
    assertThat(world.untilRest()).containsExactly("SetUp", "Nothing");
    world.api.pods.remove("a");
    assertThat(world.untilRest()).containsExactly("TearDown", "Nothing");
    assertThat(world.isMounted("b")).isTrue();
    world.api.pods.remove("b");
    assertThat(world.untilRest())
        .containsExactly("TearDown", "UnmountDevice", "ForgetInUse", "Nothing");
  }

  @Test
  void nothing_is_mounted_before_the_node_lists_the_volume_as_attached() {
    var world = new World();
    world.api.listed = false;
    world.api.pod("p", false);
    assertThat(world.untilRest()).containsExactly("ReportInUse", "WaitForAttach");
    assertThat(world.driver.calls).isEmpty();
  }

  @Test
  void a_pod_keeps_its_mount_while_its_processes_run() {
    var world = new World();
    world.api.pod("p", false);
    world.untilRest();
    world.running.add("uid-p");
    world.api.pod("p", true);
    assertThat(world.untilRest()).containsExactly("Wait");
    assertThat(world.isMounted("p")).isTrue();
    world.running.clear();
    assertThat(world.untilRest()).contains("TearDown", "ForgetInUse");
  }

  @Test
  void a_refusal_leaves_nothing_and_is_told_to_the_pod() {
    var world = new World();
    world.api.pod("p", false);
    world.driver.refusal = Optional.of(Code.INTERNAL);
    assertThatThrownBy(world::untilRest).isInstanceOf(CsiException.class);
    assertThat(world.host.files().look(PLACES.device(FakeApi.DRIVER, FakeApi.HANDLE))).isEmpty();
    assertThat(world.api.events)
        .containsExactly(
            "demo/p: MountVolume.MountDevice failed for volume \"pv-1\": INTERNAL: not now");
  }

  @Test
  void a_lost_answer_is_kept_in_mind_and_undone_when_nobody_wants_the_volume() {
    var world = new World();
    world.api.pod("p", false);
    world.driver.refusal = Optional.of(Code.DEADLINE_EXCEEDED);
    world.driver.worksUnseen = true;
    assertThatThrownBy(world::untilRest).isInstanceOf(CsiException.class);
    assertThat(world.host.mounts().at(STAGING)).isPresent();

    world.driver.refusal = Optional.empty();
    world.api.pod("p", true);
    assertThat(world.untilRest()).containsExactly("UnmountDevice", "ForgetInUse", "Nothing");
    assertThat(world.host.mounts().at(STAGING)).isEmpty();
  }

  @Test
  void a_mount_whose_publishing_has_not_ended_well_is_published_again() {
    var world = new World();
    world.api.pod("p", false);
    world.untilRest();
    var data = PLACES.inPod("uid-p", "pv-1") + "/" + Places.DATA_FILE;
    var text = world.host.files().read(data).orElseThrow();
    world.host.files().write(data, text.replace("mooragePublished", "other"));
    assertThat(world.untilRest()).containsExactly("SetUp", "Nothing");
    assertThat(world.untilRest()).containsExactly("Nothing");
  }

  @Test
  void a_resting_node_takes_its_volumes_away_and_brings_them_back_when_it_serves() {
    var world = new World();
    world.api.pod("p", false);
    world.untilRest();
    world.serves = false;
    world.running.add("uid-p");
    assertThat(world.untilRest()).containsExactly("Wait");
    world.running.clear();
    assertThat(world.untilRest())
        .containsExactly("TearDown", "UnmountDevice", "ForgetInUse", "Nothing");
    assertThat(world.untilRest()).containsExactly("Nothing");
    world.serves = true;
    assertThat(world.untilRest()).containsExactly("ReportInUse", "MountDevice", "SetUp", "Nothing");
  }

  @Test
  void after_a_power_cut_everything_is_mounted_again() {
    var world = new World();
    world.api.pod("p", false);
    world.untilRest();
    world.host.powerCut();
    assertThat(world.isMounted("p")).isFalse();
    assertThat(world.untilRest()).containsExactly("MountDevice", "SetUp", "Nothing");
    assertThat(world.isMounted("p")).isTrue();
  }

  @Test
  void a_volume_that_the_api_has_forgotten_is_taken_away_from_what_the_host_remembers() {
    var world = new World();
    world.api.pod("p", false);
    world.untilRest();
    world.api.pods.clear();
    world.api.volumeThere = false;
    assertThat(world.onHost().volumeNames()).containsExactly("pv-1");
    assertThat(world.untilRest()).containsExactly("TearDown", "UnmountDevice", "Nothing");
    assertThat(world.onHost().volumeNames()).isEmpty();
    assertThat(world.api.inUse).isEmpty();
  }

  @Test
  void staged_alone_it_is_found_by_its_name_too() {
    var world = new World();
    world.onHost().beginStaging(FakeApi.VOLUME);
    world.api.volumeThere = false;
    assertThat(world.onHost().volumeNames()).containsExactly("pv-1");
    assertThat(world.untilRest()).startsWith("UnmountDevice");
    assertThat(world.onHost().volumeNames()).isEmpty();
  }

  @Test
  void a_device_shown_elsewhere_is_not_unstaged() {
    var world = new World();
    world.api.pod("p", false);
    world.untilRest();
    world.host.files().makeFolder("/tmp/spy", 0755);
    world.host.mounts().bind(STAGING, "/tmp/spy", true);
    world.api.pod("p", true);
    assertThatThrownBy(world::untilRest).hasMessageContaining("/tmp/spy");
    world.host.mounts().unmount("/tmp/spy");
    assertThat(world.untilRest()).contains("UnmountDevice", "ForgetInUse");
  }

  @Test
  void without_its_driver_a_volume_waits_and_its_pod_is_told() {
    var world = new World();
    world.registered = false;
    world.api.pod("p", false);
    assertThat(world.untilRest()).containsExactly("ReportInUse", "Blocked");
    assertThat(world.api.events)
        .singleElement()
        .asString()
        .contains("driver name d.example not found in the list of registered CSI drivers");
  }

  @Test
  void a_claim_grows_with_its_volume() {
    var world = new World();
    world.api.pod("p", false);
    world.untilRest();
    world.api.capacity = Bytes.gibi(2);
    world.api.progress = "NodeResizePending";
    assertThat(world.untilRest()).containsExactly("MarkExpanding", "Expand", "Nothing");
    assertThat(world.api.claimCapacity).isEqualTo(Bytes.gibi(2));
    assertThat(world.api.progress).isEmpty();
  }

  @Test
  void a_growth_that_cannot_be_goes_back_to_the_resizer() {
    var world = new World();
    world.api.pod("p", false);
    world.untilRest();
    world.api.capacity = Bytes.gibi(2);
    world.api.progress = "NodeResizeInProgress";
    world.driver.refusal = Optional.of(Code.OUT_OF_RANGE);
    assertThat(world.untilRest()).containsExactly("Expand");
    assertThat(world.api.progress).isEqualTo("NodeResizeInfeasible");
    assertThat(world.api.events).containsExactly("claim: OUT_OF_RANGE: not now");
  }

  @Test
  void a_crash_at_any_effect_of_the_way_in_and_out_changes_nothing_in_the_end() {
    int effects = journey(0, Moment.BEFORE);
    assertThat(effects).isGreaterThan(15);
    for (int effect = 1; effect <= effects; effect++)
      for (Moment moment : Moment.values()) journey(effect, moment);
  }

  /// Plays the way in and out, with a crash at one effect; 0 for none.
  ///
  /// @return how many effects there were
  private static int journey(int crashAt, Moment moment) {
    var world = new World();
    var before = world.host.inventory();
    world.tasks.onEffect(
        new Crash(crashAt, moment, () -> world.tasks.kill(world.group.orElseThrow())));
    world.tasks.run(() -> {
      world.api.pod("p", false);
      world.agentUntilRest();
      assertThat(world.isMounted("p")).as("crash at %s %s", moment, crashAt).isTrue();
      world.api.pod("p", true);
      world.agentUntilRest();
      assertThat(world.api.inUse).as("crash at %s %s", moment, crashAt).isEmpty();
    });
    assertThat(world.leftBelowRoot(before)).as("crash at %s %s", moment, crashAt).isEmpty();
    return world.tasks.trace().size();
  }

  private static final class World {
    final SimTasks tasks = SimTasks.plain();
    final SimHost host = new SimHost(tasks, "node-a", SimHost.Settings.usual());
    final FakeApi api = new FakeApi(tasks);
    final FakeDriver driver = new FakeDriver(host);
    final TreeSet<String> running = new TreeSet<>();
    final List<String> steps = new ArrayList<>();
    Optional<Group> group = Optional.empty();
    boolean registered = true;
    boolean serves = true;

    World() {
      host.files().makeFolder(FakeDriver.BACKING, 0755);
    }

    OnHost onHost() {
      return new OnHost(host, PLACES);
    }

    boolean isMounted(String pod) {
      return host.mounts().at(PLACES.target("uid-" + pod, "pv-1")).isPresent();
    }

    /// What is there now and was not before, empty folders that hold nothing of a volume apart.
    List<String> leftBelowRoot(List<String> before) {
      return host.inventory().stream()
          .filter(line -> !before.contains(line))
          .filter(line ->
              line.contains("pv-1") || line.contains("globalmount") || !line.startsWith("folder"))
          .toList();
    }

    /// Runs the agent as a process that is started again when it dies.
    void agentUntilRest() {
      while (true) {
        var process = tasks.group("agent");
        group = Optional.of(process);
        try {
          process.start("volumes", this::untilRest).await();
          return;
        } catch (Stopped died) {
          // the next one goes on with what it finds
        }
      }
    }

    /// Reconciles until nothing is to be done at once; the steps by name.
    List<String> untilRest() {
      steps.clear();
      var reconciler = reconciler();
      for (int i = 0; i < 50; i++) {
        var outcome = reconciler.reconcile(KEY);
        if (!outcome.equals(Outcome.nextStep())) return List.copyOf(steps);
      }
      throw new IllegalStateException("no rest: " + steps);
    }

    private VolumeReconciler reconciler() {
      var neighbours =
          new Neighbours(
              _ ->
                  registered
                      ? Optional.of(new Neighbours.Driver(driver, true, true, false))
                      : Optional.empty(),
              new Neighbours.Processes() {
                @Override
                public boolean mayRun(String podUid) {
                  return running.contains(podUid);
                }

                @Override
                public boolean mayBegin() {
                  return serves;
                }
              },
              _ -> {});
      var calls = new VolumeCalls(api, PLACES);
      var minute = Duration.ofMinutes(1);
      var settings = new Volumes.Settings("node-a", PLACES.root(), 1, minute, minute, minute);
      return new VolumeReconciler(
          new VolumeObserver(api, onHost(), neighbours, "node-a"),
          api,
          new Mounting(api, onHost(), calls, neighbours, settings),
          new Growing(api, api, calls, neighbours, minute),
          minute,
          this::note);
    }

    private void note(Entry entry) {
      if (entry.what() == Entry.What.DECIDED) steps.add(entry.action());
    }
  }
}
