package dev.moorage.base.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.moorage.base.GivenUp;
import dev.moorage.base.Lane;
import dev.moorage.base.Tasks;
import dev.moorage.base.TasksContract;
import java.time.Duration;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LiveTasksTest extends TasksContract {
  private final CountDownLatch testEnds = new CountDownLatch(1);

  @Override
  protected void play(Consumer<Tasks> story) {
    story.accept(new LiveTasks());
  }

  @Override
  protected void block(Tasks tasks) {
    try {
      testEnds.await();
    } catch (InterruptedException asked) {
      throw new AssertionError("a lane call is not interrupted", asked);
    }
  }

  @AfterEach
  void release() {
    testEnds.countDown();
  }

  @Test
  void a_stuck_call_is_counted_and_named_until_it_ends() {
    var tasks = new LiveTasks();
    var lane = new Lane("pool", 1);
    try (var group = tasks.group("node")) {
      group
          .start(
              "stage",
              () -> {
                assertThatThrownBy(() ->
                        group.inLane(
                            lane,
                            Duration.ofMillis(20),
                            () -> {
                              block(tasks);
                              return 1;
                            }))
                    .isInstanceOf(GivenUp.class);
                return 1;
              })
          .await();
      assertThat(tasks.stuck()).hasSize(1);
      assertThat(tasks.stuck().getFirst().lane()).isEqualTo("pool");
      assertThat(tasks.stuck().getFirst().caller()).isEqualTo("node/stage");
      testEnds.countDown();
      assertThat(group.inLane(lane, Duration.ofSeconds(20), () -> 2)).isEqualTo(2);
      assertThat(tasks.stuck()).isEmpty();
    }
  }

  @Test
  void a_call_takes_an_idle_thread_before_another_is_begun() {
    int calls = 64;
    var threads = new TreeSet<String>();
    try (var group = new LiveTasks().group("node")) {
      for (int i = 0; i < calls; i++)
        threads.add(
            group.inLane(
                new Lane("wide", calls),
                Duration.ofSeconds(20),
                () -> Thread.currentThread().getName()));
    }
    assertThat(threads).hasSizeLessThan(calls);
  }
}
