package dev.moorage.nodeagent.pods;

import static org.assertj.core.api.Assertions.assertThat;

import dev.moorage.base.Group;
import dev.moorage.base.Journal.Entry;
import dev.moorage.base.ObjectKey;
import dev.moorage.base.Stopped;
import dev.moorage.base.sim.Crash;
import dev.moorage.base.sim.Moment;
import dev.moorage.base.sim.SimTasks;
import dev.moorage.controller.Outcome;
import dev.moorage.host.sim.SimHost;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PodReconcilerTest {
  private static final PodPlaces PLACES = new PodPlaces("/var/lib/kubelet", "node-a");

  @Test
  void a_pod_runs_once_its_volume_is_there_and_ends_when_it_is_deleted() {
    var world = new World();
    var before = world.host.inventory();
    world.run(() -> {
      world.pods.create("u1", "Always", "sleep", "1000");
      assertThat(world.untilRest()).containsExactly("Wait");
      world.publish("u1");
      assertThat(world.untilRest()).containsExactly("StartContainer", "ReportStatus", "Nothing");
      assertThat(world.running()).containsExactly(PLACES.sandbox("u1", "c"));
      assertThat(world.pods.events).containsExactly("ImageNotPulled", "Started");

      world.pods.delete(30);
      assertThat(world.untilRest())
          .containsExactly("Terminate", "RecordEnd", "ReportStatus", "Wait");
      assertThat(world.pods.phases()).containsExactly("Running", "Failed");
      world.unpublish("u1");
      assertThat(world.untilRest()).containsExactly("ClearFolders", "RemovePod");
      assertThat(world.untilRest()).containsExactly("ClearRemains", "Nothing");
    });
    assertThat(world.left(before)).isEmpty();
  }

  @Test
  void a_mount_whose_publishing_has_not_ended_well_starts_no_process() {
    var world = new World();
    world.run(() -> {
      world.pods.create("u1", "Always", "sleep", "1000");
      world.publishHalf("u1");
      assertThat(world.untilRest()).containsExactly("Wait");
      assertThat(world.running()).isEmpty();
    });
  }

  @Test
  void a_pod_without_a_command_stays_pending_and_says_why_once() {
    var world = new World();
    world.run(() -> {
      world.pods.create("u1", "Always");
      world.publish("u1");
      assertThat(world.untilRest()).containsExactly("Refuse");
      assertThat(world.untilRest()).containsExactly("Refuse");
      assertThat(world.pods.events)
          .singleElement()
          .asString()
          .contains("container c has no command");
    });
  }

  @Test
  void a_process_that_takes_no_notice_of_term_is_killed_after_its_grace() {
    var world = new World();
    world.run(() -> {
      world.pods.create("u1", "Always", "stubborn");
      world.publish("u1");
      world.untilRest();
      world.pods.delete(5);
      assertThat(world.untilRest()).containsExactly("Terminate", "Wait");
      world.tasks.home().sleep(Duration.ofSeconds(5));
      assertThat(world.untilRest()).containsExactly("Kill");
      assertThat(world.running()).isEmpty();
    });
  }

  @Test
  void a_pod_that_runs_to_its_end_succeeds_or_fails() {
    for (String program : List.of("true", "false")) {
      var world = new World();
      world.run(() -> {
        world.pods.create("u1", "Never", program);
        world.publish("u1");
        assertThat(world.untilRest())
            .containsExactly("StartContainer", "RecordEnd", "ReportStatus", "Nothing");
        assertThat(world.pods.phases())
            .containsExactly(program.equals("true") ? "Succeeded" : "Failed");
      });
    }
  }

  @Test
  void a_crash_loop_is_restarted_at_once_and_then_with_rests() {
    var world = new World();
    world.run(() -> {
      world.pods.create("u1", "Always", "false");
      world.publish("u1");
      assertThat(world.untilRest())
          .containsExactly(
              "StartContainer", "RecordEnd", "StartContainer", "RecordEnd", "ReportStatus", "Wait");
      world.tasks.home().sleep(Duration.ofSeconds(10));
      assertThat(world.untilRest()).startsWith("StartContainer");
    });
  }

  @Test
  void a_forgotten_pod_s_processes_are_killed_and_its_folders_cleared() {
    var world = new World();
    var before = world.host.inventory();
    world.run(() -> {
      world.pods.create("u1", "Always", "sleep", "1000");
      world.publish("u1");
      world.untilRest();
      world.pods.tree = Optional.empty();
      assertThat(world.untilRest()).containsExactly("KillRemains");
      assertThat(world.untilRest()).containsExactly("Wait");
      world.unpublish("u1");
      assertThat(world.untilRest()).containsExactly("ClearRemains", "Nothing");
    });
    assertThat(world.left(before)).isEmpty();
  }

  @Test
  void a_pod_recreated_under_its_name_gets_processes_of_its_own() {
    var world = new World();
    world.run(() -> {
      world.pods.create("u1", "Always", "sleep", "1000");
      world.publish("u1");
      world.untilRest();
      world.pods.create("u2", "Always", "sleep", "1000");
      world.publish("u2");
      world.untilRest();
      assertThat(world.untilRest()).contains("StartContainer");
      assertThat(world.running()).containsExactly(PLACES.sandbox("u2", "c"));
    });
  }

  @Test
  void after_a_restart_of_the_agent_its_pods_run_on_untouched() {
    var world = new World();
    world.run(() -> {
      world.pods.create("u1", "Always", "sleep", "1000");
      world.publish("u1");
      world.untilRest();
      var before = world.host.sandboxes().running("");
      world.newAgent();
      assertThat(world.untilRest()).containsExactly("Nothing");
      assertThat(world.host.sandboxes().running("")).isEqualTo(before);
    });
  }

  @Test
  void a_resting_node_ends_its_processes_and_starts_them_again_when_it_serves() {
    var world = new World();
    world.run(() -> {
      world.pods.create("u1", "Always", "sleep", "1000");
      world.publish("u1");
      world.untilRest();
      world.rest(Duration.ofSeconds(30));
      assertThat(world.untilRest())
          .containsExactly("Terminate", "RecordEnd", "ReportStatus", "Nothing");
      assertThat(world.running()).isEmpty();
      assertThat(world.pods.phases()).containsExactly("Running");
      world.restsUntil = Optional.empty();
      world.newAgent();
      assertThat(world.untilRest()).containsExactly("StartContainer", "ReportStatus", "Nothing");
      assertThat(world.pods.reported.orElseThrow().containers().getFirst().restarts()).isOne();
    });
  }

  @Test
  void a_resting_node_starts_nothing_that_it_had_decided_before() {
    var world = new World();
    world.run(() -> {
      world.pods.create("u1", "Always", "sleep", "1000");
      world.publish("u1");
      world.rest(Duration.ofSeconds(30));
      assertThat(world.untilRest()).containsExactly("Nothing");
      assertThat(world.running()).isEmpty();
    });
  }

  @Test
  void who_does_not_listen_is_killed_when_the_node_s_patience_is_over() {
    var world = new World();
    world.run(() -> {
      world.pods.create("u1", "Always", "stubborn");
      world.publish("u1");
      world.untilRest();
      world.rest(Duration.ofSeconds(5));
      assertThat(world.untilRest()).containsExactly("Terminate", "Wait");
      world.tasks.home().sleep(Duration.ofSeconds(5));
      assertThat(world.untilRest()).containsExactly("Kill");
      assertThat(world.untilRest()).containsExactly("RecordEnd", "ReportStatus", "Nothing");
    });
  }

  @Test
  void after_a_boot_the_processes_start_again_without_a_rest() {
    var world = new World();
    world.run(() -> {
      world.pods.create("u1", "Always", "sleep", "1000");
      world.publish("u1");
      world.untilRest();
      for (int boot = 1; boot <= 3; boot++) {
        world.newAgent();
        world.host.powerCut();
        world.host.mounts().bind("/tmp/backing", PLACES.published("u1", "pv-1"), false);
        assertThat(world.untilRest())
            .containsExactly("RecordEnd", "StartContainer", "ReportStatus", "Nothing");
      }
      assertThat(world.pods.reported.orElseThrow().containers().getFirst().restarts()).isEqualTo(3);
    });
  }

  @Test
  void while_a_start_is_in_hand_or_a_process_runs_the_mounts_stay() {
    var world = new World();
    world.run(() -> {
      var processes = world.processes();
      assertThat(processes.mayRun("u1")).isFalse();
      assertThat(processes.startMarked("u1", () -> processes.mayRun("u1"))).isTrue();
      assertThat(processes.mayRun("u1")).isFalse();
      world.pods.create("u1", "Always", "sleep", "1000");
      world.publish("u1");
      world.untilRest();
      assertThat(world.processes().mayRun("u1")).isTrue();
    });
  }

  @Test
  void a_crash_at_any_effect_of_a_pod_s_life_changes_nothing_in_the_end() {
    int effects = life(0, Moment.BEFORE);
    assertThat(effects).isGreaterThan(10);
    for (int effect = 1; effect <= effects; effect++)
      for (Moment moment : Moment.values()) life(effect, moment);
  }

  private static int life(int crashAt, Moment moment) {
    var world = new World();
    var before = world.host.inventory();
    world.run(() -> {
      world.pods.create("u1", "Always", "sleep", "1000");
      world.publish("u1");
      world.crash(crashAt, moment);
      world.agentUntilRest();
      assertThat(world.running()).as("crash %s %s", moment, crashAt).hasSize(1);
      world.pods.delete(30);
      world.agentUntilRest();
      assertThat(world.running()).as("crash %s %s", moment, crashAt).isEmpty();
      world.unpublish("u1");
      world.agentUntilRest();
      world.agentUntilRest(); // the pod's going wakes its key
      assertThat(world.pods.tree).as("crash %s %s", moment, crashAt).isEmpty();
    });
    assertThat(world.left(before)).as("crash at %s %s", moment, crashAt).isEmpty();
    return world.tasks.trace().size();
  }

  private static final class World {
    final SimTasks tasks = SimTasks.plain();
    final SimHost host = new SimHost(tasks, "node-a", SimHost.Settings.usual());
    final FakePods pods = new FakePods(tasks);
    final List<String> steps = new ArrayList<>();
    Group agent = tasks.group("agent");
    Optional<Instant> restsUntil = Optional.empty();

    World() {
      host.files().makeFolder("/tmp/backing", 0755);
    }

    void run(Runnable story) {
      tasks.run(story);
    }

    void crash(int effect, Moment moment) {
      int seen = tasks.trace().size();
      tasks.onEffect(new Crash(effect + seen, moment, () -> tasks.kill(agent)));
    }

    /// What the volumes room does, seen from here.
    void publish(String uid) {
      var path = PLACES.published(uid, "pv-1");
      host.files().makeFolder(path, 0750);
      host.mounts().bind("/tmp/backing", path, false);
      host.files().write(PLACES.volumeData(uid, "pv-1"), "{\"mooragePublished\":\"true\"}");
    }

    /// The same, but the agent or the driver died over it.
    void publishHalf(String uid) {
      publish(uid);
      host.files().write(PLACES.volumeData(uid, "pv-1"), "{}");
    }

    void unpublish(String uid) {
      var path = PLACES.published(uid, "pv-1");
      host.mounts().unmount(path);
      host.files().removeFolder(path);
      host.files().removeFile(PLACES.volumeData(uid, "pv-1"));
      host.files().removeFolder(PLACES.csiVolumes(uid) + "/pv-1");
    }

    List<String> running() {
      return host.sandboxes().running(PLACES.sandboxes()).stream().map(s -> s.name()).toList();
    }

    /// What is there now and was not before, the ledger apart.
    List<String> left(List<String> before) {
      return host.inventory().stream()
          .filter(line -> !before.contains(line))
          .filter(line -> line.contains("/pods/") || line.startsWith("process"))
          .toList();
    }

    void rest(Duration patience) {
      restsUntil = Optional.of(tasks.now().plus(patience));
    }

    void newAgent() {
      tasks.kill(agent);
      agent = tasks.group("agent");
    }

    /// Runs the agent as a process that is started again when it dies.
    void agentUntilRest() {
      while (true) {
        try {
          untilRest();
          return;
        } catch (Stopped died) {
          agent = tasks.group("agent");
        }
      }
    }

    List<String> untilRest() {
      return agent.start("pods", this::reconcileUntilRest).await();
    }

    Processes processes() {
      return new Processes(
          agent, host.sandboxes(), PLACES, Duration.ofMinutes(1), () -> restsUntil, this::note);
    }

    private List<String> reconcileUntilRest() {
      steps.clear();
      host.files().makeFolder(PLACES.ledgerFolder(), 0750);
      try (var ledger = host.ledgers().open(PLACES.ledger())) {
        var reconciler = reconciler(new ContainerRecords(ledger));
        for (int i = 0; i < 50; i++) {
          var outcome = reconciler.reconcile(FakePods.KEY);
          if (!outcome.equals(Outcome.nextStep())) return List.copyOf(steps);
        }
      }
      throw new IllegalStateException("no rest: " + steps);
    }

    private PodReconciler reconciler(ContainerRecords records) {
      var processes = processes();
      return new PodReconciler(
          new PodObserver(pods, records, processes, host, PLACES, tasks),
          pods,
          new Containers(pods, records, processes, host, PLACES, tasks),
          new PodFolders(host.files(), records, PLACES),
          (ObjectKey _) -> {},
          this::note);
    }

    private void note(Entry entry) {
      if (entry.what() == Entry.What.DECIDED) steps.add(entry.action());
    }
  }
}
