package dev.moorage.kubeserver.registry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.moorage.base.Group;
import dev.moorage.base.ObjectKey;
import dev.moorage.base.Task;
import dev.moorage.base.live.LiveEntropy;
import dev.moorage.base.live.LiveTasks;
import dev.moorage.base.sim.SimEntropy;
import dev.moorage.base.sim.SimTasks;
import dev.moorage.kube.Kinds;
import dev.moorage.kube.Kube;
import dev.moorage.kube.KubeException;
import dev.moorage.kube.Patch;
import dev.moorage.kube.Selection;
import dev.moorage.kube.Tree;
import dev.moorage.kubeserver.store.Log;
import dev.moorage.kubeserver.store.LogEntry;
import dev.moorage.kubeserver.store.MemoryLog;
import dev.moorage.kubeserver.store.SqliteLog;
import dev.moorage.kubeserver.store.StoreException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Writes over a log that takes its time.
class CommitsTest {
  private static final Duration DISK = Duration.ofMillis(5);

  /// A disk: an append takes five milliseconds.
  private static final class SlowLog implements Log {
    private final Log log = new MemoryLog();
    private final Group group;
    private final List<Integer> batches = new ArrayList<>();
    private boolean full;

    SlowLog(Group group) {
      this.group = group;
    }

    @Override
    public Kept replay() {
      return log.replay();
    }

    @Override
    public void append(List<LogEntry> entries) {
      group.sleep(DISK);
      if (full) throw new StoreException("the disk is full");
      log.append(entries);
      batches.add(entries.size());
    }

    @Override
    public boolean waits() {
      return true;
    }

    @Override
    public void close() {}
  }

  private final SimTasks tasks = SimTasks.plain();
  private final Group server = tasks.group("server");
  private final SlowLog log = new SlowLog(server);

  private Kube open() {
    var registry = Registry.open(server, log, new SimEntropy(1), Settings.DEFAULT);
    return new RegistryKube(registry, tasks, "test");
  }

  @Test
  void writes_that_come_meanwhile_share_the_next_append() {
    tasks.run(() -> {
      var kube = open();
      log.batches.clear();
      var first = start(kube, 0, 1);
      tasks.home().sleep(DISK.dividedBy(2));
      var others = start(kube, 1, 10);
      first.forEach(Task::await);
      others.forEach(Task::await);
    });
    assertThat(log.batches).containsExactly(1, 9);
    assertThat(log.replay().changes()).hasSize(4 + 10); // two namespaces and their accounts
  }

  @Test
  void nobody_sees_a_write_before_it_is_durable() {
    tasks.run(() -> {
      var kube = open();
      var writer = start(kube, 0, 1);
      tasks.home().sleep(DISK.dividedBy(2));
      assertThat(kube.get(Kinds.STORAGE_CLASS, key(0))).isEmpty();
      writer.getFirst().await();
      assertThat(kube.get(Kinds.STORAGE_CLASS, key(0))).isPresent();
    });
  }

  @Test
  void a_refusal_waits_for_the_write_that_it_rests_on() {
    tasks.run(() -> {
      var kube = open();
      start(kube, 0, 1);
      tasks.home().sleep(DISK.dividedBy(5));
      try {
        kube.create(Kinds.STORAGE_CLASS, storageClass(0));
      } catch (KubeException e) {
        assertThat(e.isAlreadyThere()).isTrue();
      }
      assertThat(kube.get(Kinds.STORAGE_CLASS, key(0))).isPresent();
    });
  }

  @Test
  void what_could_not_be_stored_never_happened() {
    tasks.run(() -> {
      var kube = open();
      log.full = true;
      var refusals = new ArrayList<String>();
      var writers = new ArrayList<Task<Boolean>>();
      for (int i = 0; i < 3; i++) {
        int number = i;
        writers.add(
            server.start(
                "writer",
                () -> {
                  try {
                    kube.create(Kinds.STORAGE_CLASS, storageClass(number));
                  } catch (KubeException e) {
                    refusals.add(e.code() + " " + e.getMessage());
                  }
                  return true;
                }));
      }
      writers.forEach(Task::await);
      assertThat(refusals)
          .containsOnly("500 the write was not stored: the disk is full")
          .hasSize(3);
      log.full = false;
      kube.create(Kinds.STORAGE_CLASS, storageClass(1));
      assertThat(kube.list(Kinds.STORAGE_CLASS, Selection.ALL).items()).hasSize(1);
    });
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void guarded_counters_lose_no_step(long seed) {
    var seeded = SimTasks.seeded(seed);
    seeded.run(() -> {
      var group = seeded.group("server");
      var slow = new SlowLog(group);
      var registry = Registry.open(group, slow, new SimEntropy(seed), Settings.DEFAULT);
      var kube = new RegistryKube(registry, seeded, "test");
      kube.create(Kinds.STORAGE_CLASS, storageClass(0));
      var writers = new ArrayList<Task<Boolean>>();
      for (int i = 0; i < 5; i++)
        writers.add(seeded.group("actor").start("count", () -> count(kube, 4)));
      writers.forEach(Task::await);
      var counted = kube.get(Kinds.STORAGE_CLASS, key(0)).orElseThrow();
      assertThat(counted.meta().annotation("count")).isEqualTo("20");
    });
  }

  @Test
  void nor_do_they_on_real_threads_and_a_real_disk(@TempDir Path folder) {
    var live = new LiveTasks();
    var group = live.group("server");
    try (var file = SqliteLog.open(group, folder.resolve("moorage.db"))) {
      var registry = Registry.open(group, file, new LiveEntropy(), Settings.DEFAULT);
      var kube = new RegistryKube(registry, live, "test");
      kube.create(Kinds.STORAGE_CLASS, storageClass(0));
      var writers = new ArrayList<Task<Boolean>>();
      for (int i = 0; i < 5; i++)
        writers.add(live.group("actor").start("count", () -> count(kube, 10)));
      writers.forEach(Task::await);
      var counted = kube.get(Kinds.STORAGE_CLASS, key(0)).orElseThrow();
      assertThat(counted.meta().annotation("count")).isEqualTo("50");
      group.close();
    }
  }

  private static boolean count(Kube kube, int steps) {
    for (int done = 0; done < steps; ) {
      var seen = kube.get(Kinds.STORAGE_CLASS, key(0)).orElseThrow();
      var old = seen.meta().annotation("count");
      var next = Integer.toString(old.isEmpty() ? 1 : Integer.parseInt(old) + 1);
      var patch = Patch.NONE.annotate("count", next);
      try {
        kube.change(Kinds.STORAGE_CLASS, key(0), seen.meta().version(), patch);
        done++;
      } catch (KubeException e) {
        assertThat(e.isConflict()).isTrue();
      }
    }
    return true;
  }

  private List<Task<Boolean>> start(Kube kube, int from, int to) {
    var started = new ArrayList<Task<Boolean>>();
    for (int i = from; i < to; i++) {
      int number = i;
      started.add(
          tasks
              .group("writer " + i)
              .start(
                  "write",
                  () -> {
                    kube.create(Kinds.STORAGE_CLASS, storageClass(number));
                    return true;
                  }));
    }
    return started;
  }

  private static ObjectKey key(int number) {
    return ObjectKey.cluster("c" + number);
  }

  private static Tree storageClass(int number) {
    return Tree.object("metadata", Tree.object("name", "c" + number), "provisioner", "p");
  }
}
