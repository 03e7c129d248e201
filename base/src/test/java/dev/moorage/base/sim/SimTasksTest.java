package dev.moorage.base.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.moorage.base.Group;
import dev.moorage.base.Killed;
import dev.moorage.base.Stopped;
import dev.moorage.base.Task;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class SimTasksTest {
  private static final Duration LONG = Duration.ofHours(1);
  private static final int SEEDS = 300;

  @Test
  void the_same_seed_gives_the_same_trace_and_seeds_differ() {
    Set<String> traces = new HashSet<>();
    for (int seed = 0; seed < SEEDS; seed++) {
      var once = busy(SimTasks.seeded(seed));
      assertThat(busy(SimTasks.seeded(seed))).isEqualTo(once);
      traces.add(once);
    }
    assertThat(traces).hasSizeGreaterThan(SEEDS / 2);
  }

  @Test
  void the_plain_schedule_runs_a_task_until_it_waits_then_the_first_ready_one() {
    var tasks = SimTasks.plain();
    tasks.run(() -> {
      try (var group = tasks.group("g")) {
        var one = group.start("one", () -> twoEffects(group, "one"));
        var two = group.start("two", () -> twoEffects(group, "two"));
        one.await();
        two.await();
      }
    });
    assertThat(lines(tasks))
        .containsExactly(
            "1 g: write one", "2 g: write two", "3 g: write one again", "4 g: write two again");
  }

  @Test
  void time_jumps_to_the_earliest_deadline_when_all_wait() {
    var tasks = SimTasks.plain();
    tasks.run(() -> {
      var order = new ArrayList<String>();
      try (var group = tasks.group("g")) {
        var late = group.start("late", () -> sleepThenNote(group, 7, order, "late"));
        var early = group.start("early", () -> sleepThenNote(group, 3, order, "early"));
        late.await();
        early.await();
      }
      assertThat(order).containsExactly("early", "late");
      assertThat(tasks.nanos()).isEqualTo(Duration.ofDays(7).toNanos());
    });
  }

  @Test
  void a_deadlock_is_reported_with_the_tasks_names() {
    var tasks = SimTasks.plain();
    assertThatThrownBy(() ->
            tasks.run(() -> {
              var node = tasks.group("node");
              var me = new ArrayList<Task<Boolean>>();
              var agent =
                  node.start("agent", () -> node.start("b", () -> me.getFirst().await()).await());
              me.add(agent);
              agent.await();
            }))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("deadlock")
        .hasMessageContaining("node/agent waits for the end of task node/b")
        .hasMessageContaining("node/b waits for the end of task node/agent");
  }

  @Test
  void whoever_spins_without_time_passing_is_reported() {
    var tasks = SimTasks.plain();
    assertThatThrownBy(() ->
            tasks.run(() -> {
              while (true) tasks.refuseTheDead();
            }))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("no time passes");
  }

  @Test
  void a_dead_groups_clean_up_leaves_the_mount() {
    var tasks = SimTasks.plain();
    Set<String> mounts = new TreeSet<>();
    tasks.run(() -> {
      var driver = tasks.group("driver");
      driver.start(
          "stage",
          () -> {
            tasks.effect("mount", "/a", () -> mounts.add("/a"));
            try {
              driver.sleep(LONG);
            } finally {
              tasks.effect("unmount", "/a", () -> mounts.remove("/a"));
            }
            return true;
          });
      tasks.home().sleep(Duration.ofSeconds(1));
      tasks.kill(driver);
      assertThat(mounts).containsExactly("/a");
      assertThat(tasks.dead(driver)).isTrue();
      driver.close();
      assertThat(mounts).containsExactly("/a");
    });
    assertThat(lines(tasks)).containsExactly("1 driver: mount /a");
  }

  @Test
  void every_door_refuses_a_dead_task_and_its_gates_stay_shut() {
    var tasks = SimTasks.plain();
    var refused = new ArrayList<String>();
    tasks.run(() -> {
      var home = tasks.home();
      var outside = home.newGate();
      var node = tasks.group("node");
      var inner = node.group("actor");
      inner.start(
          "works",
          () -> {
            try {
              inner.sleep(LONG);
            } finally {
              tries(refused, "effect", () -> tasks.effect("mount", "/a", () -> true));
              tries(refused, "read", tasks::refuseTheDead);
              tries(refused, "start", () -> inner.start("more", () -> true));
              tries(refused, "start elsewhere", () -> home.start("more", () -> true));
              tries(refused, "sleep", () -> inner.sleep(LONG));
              tries(refused, "gate", () -> outside.await(LONG));
              tries(refused, "group", () -> inner.group("more"));
              outside.open();
              inner.close();
            }
            return true;
          });
      home.sleep(Duration.ofSeconds(1));
      tasks.kill(node);
      assertThat(refused)
          .containsExactly("effect", "read", "start", "start elsewhere", "sleep", "gate", "group");
      assertThat(outside.await(Duration.ZERO)).isFalse();
    });
    assertThat(tasks.trace()).isEmpty();
  }

  @Test
  void a_crash_before_an_effect_leaves_it_undone_and_one_after_it_takes_the_answer_away() {
    assertThat(crashed(2, Moment.BEFORE)).containsExactly("did 1", "answered 1");
    assertThat(crashed(2, Moment.AFTER)).containsExactly("did 1", "answered 1", "did 2");
    assertThat(crashed(9, Moment.AFTER)).hasSize(6);
  }

  @Test
  void the_living_go_on_when_another_group_dies_at_their_effect() {
    var tasks = SimTasks.plain();
    var victim = tasks.group("victim");
    tasks.onEffect(new Crash(1, Moment.BEFORE, () -> tasks.kill(victim)));
    tasks.run(() -> {
      var sleeping =
          victim.start(
              "sleeps",
              () -> {
                victim.sleep(LONG);
                return true;
              });
      tasks.home().sleep(Duration.ofSeconds(1));
      tasks.effect("write", "x", () -> true);
      assertThat(sleeping.ended()).isTrue();
      assertThatThrownBy(sleeping::await).isInstanceOf(Stopped.class).hasMessageContaining("died");
      assertThatThrownBy(() -> victim.start("late", () -> 1))
          .isInstanceOf(Stopped.class)
          .hasMessageContaining("dead");
    });
  }

  @Test
  void a_caller_outlives_the_group_it_calls_into_and_the_called_outlives_its_caller() {
    var tasks = SimTasks.plain();
    tasks.run(() -> {
      var driver = tasks.group("driver");
      var sidecar = tasks.group("sidecar");
      var done = new ArrayList<String>();
      var call =
          sidecar.start("calls", () -> driver.start("call", () -> slow(driver, done)).await());
      tasks.home().sleep(Duration.ofSeconds(1));
      tasks.kill(sidecar);
      tasks.home().sleep(LONG);
      assertThat(done).containsExactly("done");
      assertThat(call.ended()).isTrue();

      var second =
          tasks.home().start("calls", () -> driver.start("call", () -> slow(driver, done)).await());
      tasks.home().sleep(Duration.ofSeconds(1));
      tasks.kill(driver);
      assertThatThrownBy(second::await)
          .isInstanceOf(Stopped.class)
          .hasMessageContaining("driver/call died");
    });
  }

  @Test
  void a_group_that_kills_itself_unwinds_at_once() {
    var tasks = SimTasks.plain();
    tasks.run(() -> {
      var group = tasks.group("own");
      var after = new ArrayList<String>();
      var task =
          group.start(
              "kills",
              () -> {
                tasks.kill(group);
                return after.add("went on");
              });
      assertThatThrownBy(task::await).isInstanceOf(Stopped.class);
      assertThat(after).isEmpty();
    });
  }

  @Test
  void what_the_kernel_would_free_is_freed_once_at_a_death_or_at_the_end_of_a_process() {
    var tasks = SimTasks.plain();
    tasks.run(() -> {
      var freed = new ArrayList<String>();
      var killed = tasks.group("killed");
      tasks.onDeath(killed.group("inner"), () -> freed.add("killed"));
      tasks.kill(killed);
      tasks.kill(killed);
      var closed = tasks.group("closed");
      var inner = closed.group("inner");
      tasks.onDeath(closed, () -> freed.add("closed"));
      tasks.onDeath(inner, () -> freed.add("inner"));
      inner.close();
      assertThat(freed).containsExactly("killed");
      closed.close();
      closed.close();
      assertThat(freed).containsExactly("killed", "closed", "inner");
    });
  }

  @Test
  void a_door_can_ask_whose_task_calls() {
    var tasks = SimTasks.plain();
    var group = tasks.group("asks");
    assertThat(tasks.current()).isEmpty();
    tasks.onEffect((effect, moment) -> assertThat(tasks.current()).isEmpty());
    tasks.run(() -> {
      assertThat(tasks.current()).contains(tasks.home());
      assertThat(group.start("a", () -> tasks.current().orElseThrow()).await()).isSameAs(group);
      tasks.effect("write", "x", () -> true);
    });
  }

  @Test
  void the_end_of_the_main_task_ends_everything_else() {
    var tasks = SimTasks.plain();
    var group = tasks.group("left");
    var ended = new ArrayList<String>();
    tasks.run(() -> {
      group.start(
          "left over",
          () -> {
            try {
              group.sleep(LONG);
            } finally {
              ended.add("ended");
            }
            return true;
          });
      tasks.home().sleep(Duration.ofSeconds(1));
    });
    assertThat(ended).containsExactly("ended");
  }

  @Test
  void a_task_that_catches_its_own_death_is_reported() {
    var tasks = SimTasks.plain();
    assertThatThrownBy(() ->
            tasks.run(() -> {
              var group = tasks.group("undead");
              group.start("walks", () -> walkOn(group));
              tasks.home().sleep(Duration.ofSeconds(1));
              tasks.kill(group);
              tasks.home().sleep(Duration.ofSeconds(1));
            }))
        .hasMessageContaining("undead/walks catches its own death");
  }

  @Test
  void a_hang_outside_a_lane_is_a_deadlock() {
    var tasks = SimTasks.plain();
    assertThatThrownBy(() -> tasks.run(() -> tasks.hang("unmount /a")))
        .hasMessageContaining("main/main waits for unmount /a, which hangs");
  }

  @Test
  void a_failure_of_the_main_task_carries_what_nobody_awaited() {
    var tasks = SimTasks.plain();
    assertThatThrownBy(() ->
            tasks.run(() -> {
              tasks
                  .group("g")
                  .start(
                      "fails",
                      () -> {
                        throw new IllegalArgumentException("lost");
                      });
              tasks.home().sleep(Duration.ofSeconds(1));
              throw new IllegalStateException("main");
            }))
        .hasMessage("main")
        .satisfies(failure -> assertThat(failure.getSuppressed()).hasSize(1));
    assertThat(tasks.unseenFailures()).hasSize(1);
  }

  @Test
  void outside_a_run_effects_act_unnumbered_and_nobody_waits() {
    var tasks = SimTasks.plain();
    assertThat(tasks.<Integer>effect("write", "x", () -> 3)).isEqualTo(3);
    assertThat(tasks.trace()).isEmpty();
    assertThatThrownBy(() -> tasks.home().sleep(LONG)).isInstanceOf(IllegalStateException.class);
  }

  private static String busy(SimTasks tasks) {
    tasks.run(() -> {
      try (var group = tasks.group("g")) {
        List<Task<Boolean>> all = new ArrayList<>();
        for (String name : List.of("a", "b", "c"))
          all.add(group.start(name, () -> manyEffects(group, name)));
        all.forEach(Task::await);
      }
    });
    return String.join("\n", lines(tasks));
  }

  private static List<String> lines(SimTasks tasks) {
    return tasks.trace().stream().map(Effect::toString).toList();
  }

  private static boolean twoEffects(Group group, String name) {
    group.tasks().effect("write", name, () -> true);
    group.sleep(Duration.ofMillis(1));
    return group.tasks().effect("write", name + " again", () -> true);
  }

  private static boolean manyEffects(Group group, String name) {
    for (int i = 0; i < 3; i++) twoEffects(group, name);
    return true;
  }

  private static boolean sleepThenNote(Group group, int days, List<String> notes, String note) {
    group.sleep(Duration.ofDays(days));
    return notes.add(note);
  }

  private static boolean slow(Group group, List<String> notes) {
    group.sleep(Duration.ofMinutes(1));
    return notes.add("done");
  }

  private static boolean walkOn(Group group) {
    while (true) {
      try {
        group.sleep(LONG);
      } catch (Killed ignored) {
        // goes on: what must not be
      }
    }
  }

  private static void tries(List<String> refused, String what, Runnable act) {
    try {
      act.run();
    } catch (Killed dead) {
      refused.add(what);
    }
  }

  private static List<String> crashed(int effect, Moment moment) {
    var tasks = SimTasks.plain();
    var notes = new ArrayList<String>();
    var group = tasks.group("g");
    tasks.onEffect(new Crash(effect, moment, tasks::killAll));
    tasks.run(() -> {
      group.start(
          "works",
          () -> {
            for (int i = 1; i <= 3; i++) {
              int n = i;
              tasks.effect("write", "x", () -> notes.add("did " + n));
              notes.add("answered " + n);
            }
            return true;
          });
      tasks.home().sleep(LONG);
    });
    return notes;
  }
}
