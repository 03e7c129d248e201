package dev.moorage.kubeserver.registry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.moorage.base.Group;
import dev.moorage.base.ObjectKey;
import dev.moorage.base.live.LiveTasks;
import dev.moorage.base.sim.SimEntropy;
import dev.moorage.base.sim.SimTasks;
import dev.moorage.kube.Deletion;
import dev.moorage.kube.Kind;
import dev.moorage.kube.Kinds;
import dev.moorage.kube.Kube;
import dev.moorage.kube.KubeException;
import dev.moorage.kube.Patch;
import dev.moorage.kube.Raw;
import dev.moorage.kube.Selection;
import dev.moorage.kube.Tree;
import dev.moorage.kube.Watch;
import dev.moorage.kubeserver.store.Log;
import dev.moorage.kubeserver.store.MemoryLog;
import dev.moorage.kubeserver.store.SqliteLog;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Random writes: what a registry holds is what a reopened one holds, and what a watcher has pieced
/// together.
class RestartTest {
  private static final int WRITES = 400;

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
  void a_reopened_registry_holds_the_same(long seed) {
    var tasks = SimTasks.plain();
    var log = new MemoryLog(40);
    var entropy = new SimEntropy(seed);
    var random = new Random(seed);
    var registry = Registry.open(tasks.group("one"), log, entropy, Settings.DEFAULT);
    var kube = new RegistryKube(registry, tasks, "test");
    var mirror = new Mirror(kube);
    for (int i = 0; i < WRITES; i++) {
      write(kube, random);
      mirror.follow();
    }
    var reopened = Registry.open(tasks.group("two"), log, entropy, Settings.DEFAULT);
    var other = new RegistryKube(reopened, tasks, "test");
    for (Kind<?> kind : Kinds.ALL)
      assertThat(other.list(kind.raw(), Selection.ALL))
          .as(kind.name())
          .isEqualTo(kube.list(kind.raw(), Selection.ALL));
    assertThat(mirror.objects()).isEqualTo(kube.list(Kinds.CLAIM.raw(), Selection.ALL).items());
  }

  @Test
  void so_it_is_with_a_file(@TempDir Path folder) {
    var tasks = new LiveTasks();
    var path = folder.resolve("moorage.db");
    var before = new ArrayList<Object>();
    onFile(
        tasks,
        path,
        kube -> {
          var random = new Random(1);
          for (int i = 0; i < 100; i++) write(kube, random);
          for (Kind<?> kind : Kinds.ALL) before.add(kube.list(kind.raw(), Selection.ALL));
        });
    onFile(
        tasks,
        path,
        kube -> {
          var after = new ArrayList<Object>();
          for (Kind<?> kind : Kinds.ALL) after.add(kube.list(kind.raw(), Selection.ALL));
          assertThat(after).isEqualTo(before);
        });
  }

  private interface Use {
    void of(Kube kube);
  }

  private static void onFile(LiveTasks tasks, Path path, Use use) {
    Group group = tasks.group("server");
    try (Log log = SqliteLog.open(group, path)) {
      var registry = Registry.open(group, log, new SimEntropy(1), Settings.DEFAULT);
      use.of(new RegistryKube(registry, tasks, "test"));
      group.close();
    }
  }

  @Test
  void a_watch_goes_on_over_a_restart() {
    var tasks = SimTasks.plain();
    var log = new MemoryLog();
    var entropy = new SimEntropy(1);
    var one = Registry.open(tasks.group("one"), log, entropy, Settings.DEFAULT);
    var kube = new RegistryKube(one, tasks, "test");
    var first = kube.create(Kinds.CLAIM, claim("a"));
    var second = kube.create(Kinds.CLAIM, claim("b"));
    var two = Registry.open(tasks.group("two"), log, entropy, Settings.DEFAULT);
    var watch =
        new RegistryKube(two, tasks, "test")
            .watch(Kinds.CLAIM, Selection.ALL, first.meta().version());
    assertThat(watch.next(Duration.ZERO)).contains(new Watch.Change.Added<>(second));
  }

  /// A cache as a controller has one: filled and followed by a watch alone.
  private static final class Mirror {
    private final TreeMap<ObjectKey, Raw> objects = new TreeMap<>();
    private final Watch<Raw> watch;

    Mirror(Kube kube) {
      watch = kube.watch(Kinds.CLAIM.raw(), Selection.ALL, "0");
    }

    void follow() {
      for (var change = watch.next(Duration.ZERO); change.isPresent(); ) {
        switch (change.get()) {
          case Watch.Change.Added(var now) -> objects.put(now.key(), now);
          case Watch.Change.Modified(var now) -> objects.put(now.key(), now);
          case Watch.Change.Deleted(var last) -> objects.remove(last.key());
          case Watch.Change.Bookmark<Raw> _ -> {}
        }
        change = watch.next(Duration.ZERO);
      }
    }

    List<Raw> objects() {
      return List.copyOf(objects.values());
    }
  }

  private static void write(Kube kube, Random random) {
    var key = new ObjectKey("default", "c" + random.nextInt(8));
    try {
      switch (random.nextInt(7)) {
        case 0, 1 -> kube.create(Kinds.CLAIM, claim(key.name()));
        case 2 ->
            kube.change(Kinds.CLAIM, key, "", Patch.NONE.annotate("a", "" + random.nextInt(3)));
        case 3 ->
            kube.changeStatus(
                Kinds.CLAIM,
                key,
                "",
                Patch.NONE.set(random.nextBoolean() ? "Bound" : "Lost", "status", "phase"));
        case 4 -> kube.delete(Kinds.CLAIM, key, Deletion.ANY);
        case 5 ->
            kube.change(
                Kinds.CLAIM, key, "", Patch.NONE.removeFinalizer("kubernetes.io/pvc-protection"));
        default ->
            kube.create(
                Kinds.EVENT,
                Tree.object(
                    "metadata",
                    Tree.object("generateName", "e-", "namespace", "default"),
                    "involvedObject",
                    Tree.object("namespace", "default", "name", key.name())));
      }
    } catch (KubeException refused) {
      assertThat(refused.isNotFound() || refused.isAlreadyThere()).isTrue();
    }
  }

  private static Tree claim(String name) {
    return Tree.object(
        "metadata",
        Tree.object("name", name, "namespace", "default"),
        "spec",
        Tree.object(
            "accessModes",
            Tree.texts(List.of("ReadWriteOnce")),
            "resources",
            Tree.object("requests", Tree.object("storage", "1Gi"))));
  }
}
