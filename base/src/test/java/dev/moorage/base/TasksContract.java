package dev.moorage.base;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/// What every body of [Tasks] keeps.
public abstract class TasksContract {
  private static final Duration SHORT = Duration.ofMillis(20);
  private static final Duration LONG = Duration.ofSeconds(20);

  /// Plays a story over the body under test, in a task of its own where the body wants that.
  protected abstract void play(Consumer<Tasks> story);

  /// Blocks the calling lane call until its deadline has passed, or for ever.
  protected abstract void block(Tasks tasks);

  @Test
  void a_task_gives_its_result() {
    inGroup(group -> assertThat(group.start("one", () -> 41 + 1).await()).isEqualTo(42));
  }

  @Test
  void an_unchecked_failure_comes_as_it_was() {
    var failure = new IllegalArgumentException("no");
    inGroup(group ->
        assertThatThrownBy(() ->
                group
                    .start(
                        "fails",
                        () -> {
                          throw failure;
                        })
                    .await())
            .isSameAs(failure));
  }

  @Test
  void a_checked_failure_comes_as_a_cause() {
    inGroup(group ->
        assertThatThrownBy(() ->
                group
                    .start(
                        "fails",
                        () -> {
                          throw new IOException("disk");
                        })
                    .await())
            .isInstanceOf(IllegalStateException.class)
            .hasCauseInstanceOf(IOException.class));
  }

  @Test
  void awaiting_for_a_limited_time_gives_nothing_while_the_task_runs() {
    inGroup(group -> {
      var gate = group.newGate();
      var task = group.start("waits", () -> gate.await(LONG));
      assertThat(task.await(SHORT)).isEmpty();
      assertThat(task.ended()).isFalse();
      gate.open();
      assertThat(task.await(LONG)).contains(true);
      assertThat(task.ended()).isTrue();
    });
  }

  @Test
  void sleeping_takes_its_time() {
    inGroup(group -> {
      long before = group.tasks().nanos();
      var then = group.tasks().now();
      group.sleep(SHORT);
      assertThat(group.tasks().nanos() - before).isGreaterThanOrEqualTo(SHORT.toNanos());
      assertThat(group.tasks().now()).isAfter(then);
      group.sleep(Duration.ZERO);
      group.sleep(Duration.ofSeconds(-1));
    });
  }

  @Test
  void a_gate_opens_once_and_stays_open() {
    inGroup(group -> {
      var gate = group.newGate();
      assertThat(gate.await(Duration.ZERO)).isFalse();
      assertThat(gate.await(SHORT)).isFalse();
      group.start(
          "opens",
          () -> {
            gate.open();
            return true;
          });
      assertThat(gate.await(LONG)).isTrue();
      gate.open();
      assertThat(gate.await(Duration.ZERO)).isTrue();
    });
  }

  @Test
  void an_interrupted_wait_is_stopped_and_so_is_the_next_one() {
    inGroup(group -> {
      var secondToo = new AtomicBoolean();
      var task =
          group.start(
              "sleeps",
              () -> {
                try {
                  group.sleep(LONG);
                } finally {
                  try {
                    group.newGate().await(LONG);
                  } catch (Stopped again) {
                    secondToo.set(true);
                  }
                }
                return true;
              });
      task.interrupt();
      assertThatThrownBy(task::await).isInstanceOf(Stopped.class);
      assertThat(secondToo).isTrue();
    });
  }

  @Test
  void awaiting_a_task_is_stopped_by_an_interrupt_of_the_awaiter_alone() {
    inGroup(group -> {
      var gate = group.newGate();
      var awaited = group.start("awaited", () -> gate.await(LONG));
      var awaiter = group.start("awaiter", awaited::await);
      awaiter.interrupt();
      assertThatThrownBy(awaiter::await).isInstanceOf(Stopped.class);
      assertThat(awaited.ended()).isFalse();
      gate.open();
      assertThat(awaited.await()).isTrue();
    });
  }

  @Test
  void closing_interrupts_the_tasks_and_awaits_them() {
    play(tasks -> {
      var left = new AtomicBoolean();
      try (var group = tasks.group("closed")) {
        var begun = group.newGate();
        group.start(
            "cleans up",
            () -> {
              try {
                begun.open();
                group.sleep(LONG);
              } finally {
                left.set(true);
              }
              return true;
            });
        begun.await(LONG);
      }
      assertThat(left).isTrue();
    });
  }

  @Test
  void closing_ends_inner_groups_and_closing_twice_is_harmless() {
    play(tasks -> {
      var outer = tasks.group("outer");
      var inner = outer.group("inner");
      var task =
          inner.start(
              "sleeps",
              () -> {
                inner.sleep(LONG);
                return true;
              });
      outer.close();
      assertThat(task.ended()).isTrue();
      assertThatThrownBy(task::await).isInstanceOf(Stopped.class);
      inner.close();
      outer.close();
    });
  }

  @Test
  void closing_an_inner_group_leaves_the_outer_one_alone() {
    inGroup(outer -> {
      try (var inner = outer.group("inner")) {
        inner.start("short", () -> true).await();
      }
      assertThat(outer.start("after", () -> 7).await()).isEqualTo(7);
    });
  }

  @Test
  void a_closed_group_neither_starts_nor_waits() {
    play(tasks -> {
      var group = tasks.group("closed");
      var gate = group.newGate();
      group.close();
      assertThatThrownBy(() -> group.start("late", () -> 1)).isInstanceOf(Stopped.class);
      assertThatThrownBy(() -> group.group("late")).isInstanceOf(Stopped.class);
      assertThatThrownBy(() -> group.sleep(SHORT)).isInstanceOf(Stopped.class);
      assertThatThrownBy(() -> gate.await(SHORT)).isInstanceOf(Stopped.class);
      assertThatThrownBy(() -> group.inLane(new Lane("late", 1), LONG, () -> 1))
          .isInstanceOf(Stopped.class);
    });
  }

  @Test
  void whoever_waits_through_a_group_is_stopped_when_it_closes() {
    inGroup(outer -> {
      var inner = outer.group("inner");
      var gate = inner.newGate();
      var waits = outer.start("waits", () -> gate.await(LONG));
      var sleeps =
          outer.start(
              "sleeps",
              () -> {
                inner.sleep(LONG);
                return true;
              });
      outer.sleep(SHORT);
      inner.close();
      assertThatThrownBy(waits::await).isInstanceOf(Stopped.class);
      assertThatThrownBy(sleeps::await).isInstanceOf(Stopped.class);
    });
  }

  @Test
  void a_task_may_close_its_own_group() {
    play(tasks -> {
      var group = tasks.group("own");
      var other =
          group.start(
              "other",
              () -> {
                group.sleep(LONG);
                return true;
              });
      var closer =
          group.start(
              "closer",
              () -> {
                group.close();
                return other.ended();
              });
      assertThat(closer.await()).isTrue();
    });
  }

  @Test
  void an_executor_runs_what_it_is_given_in_the_group() {
    inGroup(group -> {
      var gate = group.newGate();
      group.executor().execute(gate::open);
      assertThat(gate.await(LONG)).isTrue();
    });
  }

  @Test
  void a_lane_gives_the_calls_result_or_failure() {
    inGroup(group -> {
      var lane = new Lane("disk", 2);
      assertThat(group.inLane(lane, LONG, () -> 5)).isEqualTo(5);
      var failure = new IllegalArgumentException("no");
      assertThatThrownBy(() ->
              group.inLane(
                  lane,
                  LONG,
                  () -> {
                    throw failure;
                  }))
          .isSameAs(failure);
      assertThatThrownBy(() ->
              group.inLane(
                  lane,
                  LONG,
                  () -> {
                    throw new IOException("no");
                  }))
          .hasCauseInstanceOf(IOException.class);
      assertThatThrownBy(() -> group.inLane(lane, Duration.ZERO, () -> 5))
          .isInstanceOf(IllegalArgumentException.class);
    });
  }

  @Test
  void no_more_calls_than_the_lane_is_wide_run_at_once() {
    inGroup(group -> {
      var lane = new Lane("narrow", 2);
      var now = new AtomicInteger();
      var most = new AtomicInteger();
      List<Task<Boolean>> calls = Collections.synchronizedList(new ArrayList<>());
      for (int i = 0; i < 6; i++)
        calls.add(
            group.start(
                "call-" + i,
                () ->
                    group.inLane(
                        lane,
                        LONG,
                        () -> {
                          most.accumulateAndGet(now.incrementAndGet(), Math::max);
                          group.sleep(Duration.ofMillis(5));
                          now.decrementAndGet();
                          return true;
                        })));
      calls.forEach(Task::await);
      assertThat(most).hasValueBetween(1, 2);
    });
  }

  @Test
  void a_lane_call_past_its_deadline_is_given_up_and_keeps_its_place() {
    inGroup(group -> {
      var lane = new Lane("hung", 1);
      assertThatThrownBy(() -> group.inLane(lane, SHORT, () -> blocked(group)))
          .isInstanceOf(GivenUp.class)
          .hasMessageContaining("hung");
      assertThatThrownBy(() -> group.inLane(lane, SHORT, () -> 1)).isInstanceOf(GivenUp.class);
      assertThat(group.inLane(new Lane("other", 1), LONG, () -> 1)).isEqualTo(1);
    });
  }

  @Test
  void closing_does_not_wait_for_a_lane_call_that_hangs() {
    play(tasks -> {
      try (var group = tasks.group("hanging")) {
        var begun = group.newGate();
        group.start(
            "hangs",
            () ->
                group.inLane(
                    new Lane("hung", 1),
                    LONG,
                    () -> {
                      begun.open();
                      return blocked(group);
                    }));
        begun.await(LONG);
      }
    });
  }

  @Test
  void an_effect_gives_its_answer_or_its_failure() {
    inGroup(group -> {
      var tasks = group.tasks();
      assertThat(tasks.effect("mount", "/a", () -> 3)).isEqualTo(3);
      var failure = new IllegalArgumentException("no");
      assertThatThrownBy(() ->
              tasks.effect(
                  "mount",
                  "/a",
                  () -> {
                    throw failure;
                  }))
          .isSameAs(failure);
      tasks.refuseTheDead();
    });
  }

  private boolean blocked(Group group) {
    block(group.tasks());
    return true;
  }

  private void inGroup(Consumer<Group> story) {
    play(tasks -> {
      try (var group = tasks.group("group")) {
        story.accept(group);
      }
    });
  }
}
