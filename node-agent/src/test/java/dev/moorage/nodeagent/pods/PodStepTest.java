package dev.moorage.nodeagent.pods;

import static org.assertj.core.api.Assertions.assertThat;

import dev.moorage.base.ObjectKey;
import dev.moorage.host.Sandboxes.Sandbox;
import dev.moorage.nodeagent.pods.PodStatus.ContainerStatus;
import dev.moorage.nodeagent.pods.PodStatus.State;
import dev.moorage.nodeagent.pods.PodView.Container;
import dev.moorage.nodeagent.pods.PodView.Fate;
import dev.moorage.nodeagent.pods.PodView.Left;
import dev.moorage.nodeagent.pods.PodView.Presence;
import dev.moorage.nodeagent.pods.PodView.Ready;
import dev.moorage.nodeagent.pods.PodView.Remains;
import dev.moorage.nodeagent.pods.PodView.Run;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class PodStepTest {
  private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");
  private static final Sandbox BOX = new Sandbox("box", 10, 9, 1, "boot");
  private static final Fate ALWAYS = new Fate.Lives("Always");
  private static final Fate NEVER = new Fate.Lives("Never");
  private static final Duration GRACE = Duration.ofSeconds(30);
  private static final Fate DELETING = new Fate.Deleting(GRACE);
  private static final Ready YES = new Ready.Yes();
  private static final PodStatus FRESH = PodStatus.fresh(List.of("c"));
  private static final PodStatus RUNNING = status("Running", new State.Running());
  private static final Left NOTHING_LEFT = new Left(false, false);

  // To the running process.

  @Test
  void a_pod_starts_once_everything_it_needs_is_there() {
    check(pod(ALWAYS, YES, FRESH, new Run.Never()), new PodStep.StartContainer("c", 0));
    check(
        pod(ALWAYS, new Ready.NotYet("claim a/b is not mounted yet"), FRESH, new Run.Never()),
        new PodStep.Wait("claim a/b is not mounted yet", PodStep.LOOK));
  }

  @Test
  void a_pod_that_cannot_run_here_stays_pending_and_says_why() {
    check(
        pod(ALWAYS, new Ready.Never("has no command"), FRESH, new Run.Never()),
        new PodStep.Refuse("has no command"));
  }

  @Test
  void a_started_process_is_reported_and_left_alone() {
    check(pod(ALWAYS, YES, FRESH, running()), new PodStep.ReportStatus(RUNNING));
    check(pod(ALWAYS, YES, RUNNING, running()), new PodStep.Nothing("the pod runs"));
  }

  @Test
  void a_process_whose_start_died_half_way_is_adopted() {
    check(pod(ALWAYS, YES, FRESH, new Run.Unrecorded(BOX)), new PodStep.AdoptContainer("c", BOX));
    check(pod(DELETING, YES, FRESH, new Run.Unrecorded(BOX)), new PodStep.AdoptContainer("c", BOX));
  }

  @Test
  void all_containers_start_before_the_status_is_written() {
    var here =
        new Presence.Here(
            "u",
            ALWAYS,
            YES,
            List.of(new Container("a", 0, running()), new Container("b", 0, new Run.Never())),
            PodStatus.fresh(List.of("a", "b")),
            NOTHING_LEFT);
    check(here, new PodStep.StartContainer("b", 0));
  }

  // The end of a process.

  @Test
  void an_end_is_put_on_record_before_anything_else() {
    check(pod(ALWAYS, YES, RUNNING, new Run.Vanished(BOX, NOON)), new PodStep.RecordEnd("c", BOX));
    check(
        pod(DELETING, YES, RUNNING, new Run.Vanished(BOX, NOON)), new PodStep.RecordEnd("c", BOX));
  }

  @Test
  void the_restart_policy_decides_whether_it_starts_again() {
    check(pod(ALWAYS, YES, RUNNING, ended(0)), new PodStep.StartContainer("c", 1));
    check(
        pod(new Fate.Lives("OnFailure"), YES, RUNNING, ended(1)),
        new PodStep.StartContainer("c", 1));
    check(
        pod(new Fate.Lives("OnFailure"), YES, RUNNING, ended(0)),
        new PodStep.ReportStatus(status("Succeeded", new State.Terminated(0))));
    check(
        pod(NEVER, YES, RUNNING, ended(3)),
        new PodStep.ReportStatus(status("Failed", new State.Terminated(3))));
  }

  @Test
  void a_pod_that_has_ended_is_left_alone() {
    var succeeded = status("Succeeded", new State.Terminated(0));
    check(pod(NEVER, YES, succeeded, ended(0)), new PodStep.Nothing("the pod has ended"));
    check(
        pod(NEVER, YES, new PodStatus("Failed", List.of()), running()),
        new PodStep.Terminate(List.of(container(running()))));
  }

  @Test
  void a_crash_loop_rests() {
    var rest = Duration.ofSeconds(7);
    var resting = new Run.Ended(1, NOON, NOON, rest, true);
    var waiting = status("Running", new State.Waiting("CrashLoopBackOff"));
    check(pod(ALWAYS, YES, RUNNING, resting), new PodStep.ReportStatus(waiting));
    check(pod(ALWAYS, YES, waiting, resting), new PodStep.Wait("restarts after a rest", rest));
  }

  // The rest of a node.

  @Test
  void a_resting_node_ends_its_processes_and_keeps_its_pods() {
    var rests = new Fate.Rests("Always", GRACE);
    var stopped = status("Running", new State.Waiting("NodeStopped"));
    check(pod(rests, YES, FRESH, new Run.Never()), new PodStep.Nothing("the node rests"));
    check(
        pod(rests, YES, RUNNING, running()), new PodStep.Terminate(List.of(container(running()))));
    check(
        pod(rests, YES, RUNNING, asked(10)),
        new PodStep.Wait("its processes have been asked to end", Duration.ofSeconds(20)));
    check(pod(rests, YES, RUNNING, asked(30)), new PodStep.Kill(List.of(container(asked(30)))));
    check(pod(rests, YES, RUNNING, stopped()), new PodStep.ReportStatus(stopped));
    check(pod(rests, YES, stopped, stopped()), new PodStep.Nothing("the node rests"));
  }

  @Test
  void when_the_node_s_patience_is_over_it_kills() {
    check(
        pod(new Fate.Rests("Always", Duration.ZERO), YES, RUNNING, asked(1)),
        new PodStep.Kill(List.of(container(asked(1)))));
  }

  @Test
  void a_process_that_its_node_has_ended_starts_again_with_the_node() {
    var stopped = status("Running", new State.Waiting("NodeStopped"));
    check(pod(ALWAYS, YES, stopped, stopped()), new PodStep.StartContainer("c", 1));
    check(
        pod(ALWAYS, new Ready.NotYet("not mounted"), stopped, stopped()),
        new PodStep.Wait("not mounted", PodStep.LOOK));
    check(
        pod(new Fate.Rests("Never", GRACE), YES, RUNNING, stopped()),
        new PodStep.ReportStatus(status("Failed", new State.Terminated(143))));
  }

  @Test
  void a_process_that_outlived_a_rest_runs_on() {
    check(pod(ALWAYS, YES, RUNNING, asked(10)), new PodStep.RunOn("c"));
  }

  // The end of a pod.

  @Test
  void a_deleted_pod_is_asked_then_given_its_grace_then_killed() {
    check(
        pod(DELETING, YES, RUNNING, running()),
        new PodStep.Terminate(List.of(container(running()))));
    check(
        pod(DELETING, YES, RUNNING, asked(10)),
        new PodStep.Wait("its processes have been asked to end", Duration.ofSeconds(20)));
    check(pod(DELETING, YES, RUNNING, asked(30)), new PodStep.Kill(List.of(container(asked(30)))));
  }

  @Test
  void without_grace_it_is_killed_at_once() {
    check(
        pod(new Fate.Deleting(Duration.ZERO), YES, RUNNING, running()),
        new PodStep.Kill(List.of(container(running()))));
  }

  @Test
  void a_deleted_pod_never_starts_anything() {
    check(pod(DELETING, YES, FRESH, new Run.Never()), new PodStep.RemovePod());
    check(
        pod(DELETING, YES, RUNNING, ended(0)),
        new PodStep.ReportStatus(status("Succeeded", new State.Terminated(0))));
  }

  @Test
  void after_the_processes_the_volumes_go_then_the_folders_then_the_pod() {
    var failed = status("Failed", new State.Terminated(143));
    check(
        ending(failed, new Left(true, true)),
        new PodStep.Wait("its volumes are taken away first", PodStep.LOOK));
    check(ending(failed, new Left(false, true)), new PodStep.ClearFolders());
    check(ending(failed, NOTHING_LEFT), new PodStep.RemovePod());
  }

  // What earlier pods have left.

  @Test
  void what_the_api_no_longer_knows_is_killed_and_cleared() {
    var runs = new Remains("old", List.of(BOX), true, true);
    var mounted = new Remains("old", List.of(), true, true);
    var rest = new Remains("old", List.of(), false, true);
    checkGone(runs, new PodStep.KillRemains(runs));
    checkGone(
        mounted, new PodStep.Wait("volumes of a gone pod are taken away first", PodStep.LOOK));
    checkGone(rest, new PodStep.ClearRemains(rest));
    assertThat(PodStep.next(new PodView(List.of(), new Presence.Gone())))
        .isInstanceOf(PodStep.Nothing.class);
  }

  @Test
  void a_new_pod_of_the_same_name_does_not_wait_for_old_volumes() {
    var mounted = new Remains("old", List.of(), true, true);
    assertThat(
            PodStep.next(new PodView(List.of(mounted), pod(ALWAYS, YES, FRESH, new Run.Never()))))
        .isEqualTo(new PodStep.StartContainer("c", 0));
  }

  @Test
  void records_survive_their_ledger() {
    var record =
        new ContainerRecord(
            new ObjectKey("demo", "p"), "u", "c", 2, new ContainerRecord.State.Intended());
    for (var state :
        List.of(
            record.state(),
            new ContainerRecord.State.Started(BOX, NOON, Instant.MAX),
            new ContainerRecord.State.Started(BOX, NOON, NOON.plusSeconds(1)),
            new ContainerRecord.State.Ended(1, NOON, NOON.plusSeconds(2), true),
            new ContainerRecord.State.Ended(143, NOON, NOON.plusSeconds(2), false)))
      assertThat(ContainerRecord.read(record.with(state).write())).isEqualTo(record.with(state));
  }

  @Test
  void sandboxes_are_known_by_root_and_node() {
    var mine = new PodPlaces("/var/lib/kubelet", "n");
    var name = mine.sandbox("uid-1", "c");
    assertThat(mine.podOf(name)).hasValue("uid-1");
    assertThat(new PodPlaces("/other", "n").podOf(name)).isEmpty();
    assertThat(new PodPlaces("/var/lib/kubelet", "n2").podOf(name)).isEmpty();
  }

  private static void checkGone(Remains remains, PodStep expected) {
    assertThat(PodStep.next(new PodView(List.of(remains), new Presence.Gone())))
        .isEqualTo(expected);
  }

  private static void check(Presence pod, PodStep expected) {
    assertThat(PodStep.next(new PodView(List.of(), pod))).isEqualTo(expected);
  }

  private static Presence ending(PodStatus reported, Left left) {
    return new Presence.Here("u", DELETING, YES, List.of(container(ended(143))), reported, left);
  }

  private static Presence pod(Fate fate, Ready ready, PodStatus reported, Run run) {
    return new Presence.Here("u", fate, ready, List.of(container(run)), reported, NOTHING_LEFT);
  }

  private static Container container(Run run) {
    return new Container("c", 0, run);
  }

  private static Run running() {
    return asked(-1);
  }

  private static Run asked(long seconds) {
    return new Run.Running(BOX, NOON, Duration.ofSeconds(seconds));
  }

  private static Run ended(int exitCode) {
    return new Run.Ended(exitCode, NOON, NOON, Duration.ZERO, true);
  }

  private static Run stopped() {
    return new Run.Ended(143, NOON, NOON, Duration.ZERO, false);
  }

  private static PodStatus status(String phase, State state) {
    return new PodStatus(phase, List.of(new ContainerStatus("c", 0, state)));
  }
}
