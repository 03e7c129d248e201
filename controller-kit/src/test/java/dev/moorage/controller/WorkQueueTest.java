package dev.moorage.controller;

import static org.assertj.core.api.Assertions.assertThat;

import dev.moorage.base.Backoff;
import dev.moorage.base.Group;
import dev.moorage.base.ObjectKey;
import dev.moorage.base.Task;
import dev.moorage.base.sim.SimEntropy;
import dev.moorage.base.sim.SimTasks;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;

class WorkQueueTest {
  private static final ObjectKey A = new ObjectKey("default", "a");
  private static final ObjectKey B = new ObjectKey("default", "b");
  private static final Backoff BACKOFF = new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(4));
  private static final int SEEDS = 400;

  @Test
  void equal_keys_merge_and_come_in_the_order_of_their_first_wake() {
    play((tasks, queue) -> {
      for (var key : List.of(A, B, A)) queue.wake(key, "");
      assertThat(queue.take()).isEqualTo(A);
      assertThat(queue.take()).isEqualTo(B);
      queue.settled(A);
      queue.settled(B);
      queue.wake(B, "");
      assertThat(queue.take()).isEqualTo(B);
    });
  }

  @Test
  void a_key_woken_in_hand_comes_back_when_it_is_given_back() {
    play((tasks, queue) -> {
      queue.wake(A, "1");
      queue.take();
      queue.wake(A, "2");
      queue.wake(B, "3");
      assertThat(queue.take()).isEqualTo(B);
      queue.settled(A);
      assertThat(queue.take()).isEqualTo(A);
    });
  }

  @Test
  void keys_of_one_owner_are_in_so_many_hands_at_most_and_others_go_past_them() {
    play((tasks, queue) -> {
      var c = new ObjectKey("other", "c");
      queue.share(new WorkQueue.Owners(ObjectKey::namespace, 1));
      for (var key : List.of(A, B, c)) queue.wake(key, "");
      assertThat(queue.take()).isEqualTo(A);
      assertThat(queue.take()).as("B waits for A, its owner's").isEqualTo(c);
      assertThat(queue.inHand()).isEqualTo(2);
      queue.settled(A);
      assertThat(queue.take()).isEqualTo(B);
    });
  }

  @Test
  void failures_wait_longer_each_time_and_success_starts_anew() {
    play((tasks, queue) -> {
      queue.wake(A, "");
      var waits = new ArrayList<Long>();
      for (int i = 0; i < 4; i++) {
        queue.take();
        waits.add(seconds(tasks));
        queue.failed(A, Set.of());
      }
      assertThat(waits).containsExactly(0L, 1L, 3L, 7L);
      queue.take();
      queue.again(A, Duration.ofSeconds(10), Set.of());
      queue.take();
      long before = seconds(tasks);
      queue.failed(A, Set.of());
      queue.take();
      assertThat(seconds(tasks) - before).isEqualTo(1);
    });
  }

  @Test
  void news_shorten_a_wait_and_the_echo_of_own_writes_does_not() {
    play((tasks, queue) -> {
      queue.wake(A, "");
      queue.take();
      queue.wake(A, "7");
      queue.failed(A, Set.of("7"));
      queue.take();
      assertThat(seconds(tasks)).isEqualTo(1);
      queue.wake(A, "8");
      queue.failed(A, Set.of("7"));
      queue.take();
      assertThat(seconds(tasks)).isEqualTo(1);
      queue.failed(A, Set.of());
      queue.wake(A, "9");
      queue.take();
      assertThat(seconds(tasks)).isEqualTo(1);
    });
  }

  @Test
  void a_reminder_leaves_a_waiting_key_alone() {
    play((tasks, queue) -> {
      queue.wake(A, "");
      queue.take();
      queue.failed(A, Set.of());
      queue.remind(A);
      queue.take();
      assertThat(seconds(tasks)).isEqualTo(1);
    });
  }

  /// Producers wake keys at random times while workers hold, fail, delay and settle them.
  @Test
  void one_key_is_never_in_two_hands_and_none_is_lost() {
    for (int seed = 0; seed < SEEDS; seed++) new Rush(seed).run();
  }

  private static final class Rush {
    private static final int KEYS = 4;
    private static final int WAKES = 12;

    private final SimTasks tasks;
    private final SimEntropy entropy;
    private final Set<ObjectKey> inHand = new TreeSet<>();
    private final Map<ObjectKey, Integer> wakes = new TreeMap<>();
    private final Map<ObjectKey, Integer> seen = new TreeMap<>();

    Rush(long seed) {
      tasks = SimTasks.seeded(seed);
      entropy = new SimEntropy(seed);
    }

    void run() {
      tasks.run(() -> {
        try (var group = tasks.group("rush")) {
          var queue = new WorkQueue(group, BACKOFF);
          for (int i = 0; i < 3; i++) group.start("worker", () -> work(group, queue));
          var producers = List.of(produce(group, queue), produce(group, queue));
          producers.forEach(Task::await);
          tasks.home().sleep(Duration.ofMinutes(5));
          assertThat(seen).isEqualTo(wakes);
        }
      });
    }

    private Task<Integer> produce(Group group, WorkQueue queue) {
      return group.start(
          "producer",
          () -> {
            for (int i = 0; i < WAKES; i++) {
              var key = ObjectKey.cluster("key-" + below(KEYS));
              wakes.merge(key, 1, Integer::sum);
              queue.wake(key, "");
              group.sleep(Duration.ofMillis(below(50)));
            }
            return WAKES;
          });
    }

    private int work(Group group, WorkQueue queue) {
      while (true) {
        var key = queue.take();
        assertThat(inHand.add(key)).as("key in two hands").isTrue();
        seen.put(key, wakes.getOrDefault(key, 0));
        group.sleep(Duration.ofMillis(below(30)));
        inHand.remove(key);
        switch (below(4)) {
          case 0 -> queue.failed(key, Set.of());
          case 1 -> queue.again(key, Duration.ofMillis(below(40)), Set.of());
          case 2 -> queue.conflicted(key, Set.of());
          default -> queue.settled(key);
        }
      }
    }

    private int below(int end) {
      return (int) (entropy.fraction() * end);
    }
  }

  private static long seconds(SimTasks tasks) {
    return Duration.ofNanos(tasks.nanos()).toSeconds();
  }

  private static void play(BiConsumer<SimTasks, WorkQueue> story) {
    var tasks = SimTasks.plain();
    tasks.run(() -> {
      try (var group = tasks.group("test")) {
        story.accept(tasks, new WorkQueue(group, BACKOFF));
      }
    });
  }
}
