package dev.moorage.kubeserver.registry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.moorage.base.sim.SimEntropy;
import dev.moorage.base.sim.SimTasks;
import dev.moorage.kube.Event;
import dev.moorage.kube.Kinds;
import dev.moorage.kube.Patch;
import dev.moorage.kube.Selection;
import dev.moorage.kube.Tree;
import dev.moorage.kube.Watch;
import dev.moorage.kubeserver.store.MemoryLog;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/// How long events stay.
class EventsTest {
  private static final Duration HOUR = Duration.ofHours(1);

  private final SimTasks tasks = SimTasks.plain();

  private interface Use {
    void of(RegistryKube kube);
  }

  private void with(Settings settings, Use use) {
    tasks.run(() -> {
      var registry =
          Registry.open(tasks.group("server"), new MemoryLog(), new SimEntropy(1), settings);
      use.of(new RegistryKube(registry, tasks, "test"));
    });
  }

  private void sleep(Duration duration) {
    tasks.home().sleep(duration);
  }

  private static Tree event(String namespace, String name, Instant last) {
    return Tree.object(
        "metadata",
        Tree.object("name", name, "namespace", namespace),
        "involvedObject",
        Tree.object("kind", "Pod", "name", "p", "namespace", namespace),
        "lastTimestamp",
        last.toString());
  }

  private static List<String> names(RegistryKube kube) {
    return kube.list(Kinds.EVENT, Selection.ALL).items().stream()
        .map((Event event) -> event.meta().name())
        .toList();
  }

  @Test
  void an_event_goes_an_hour_after_its_last_change() {
    with(
        Settings.DEFAULT,
        kube -> {
          var start = tasks.now();
          kube.create(Kinds.EVENT, event("default", "once", start));
          var again = kube.create(Kinds.EVENT, event("default", "again", start));
          kube.create(Kinds.EVENT, event("default", "wrong-clock", start.plus(Duration.ofDays(9))));
          sleep(HOUR.dividedBy(2));
          var bumped = Tree.of(tasks.now().toString());
          kube.change(Kinds.EVENT, again.key(), "", Patch.NONE.set(bumped, "lastTimestamp"));
          sleep(HOUR.dividedBy(2).minusSeconds(1));
          assertThat(names(kube)).containsExactly("again", "once", "wrong-clock");
          sleep(Duration.ofMinutes(2));
          assertThat(names(kube)).containsExactly("again");
          sleep(HOUR.dividedBy(2));
          assertThat(names(kube)).isEmpty();
        });
  }

  @Test
  void events_that_come_after_a_silence_go_as_well() {
    with(
        Settings.DEFAULT,
        kube -> {
          sleep(Duration.ofDays(1));
          kube.create(Kinds.EVENT, event("default", "late", tasks.now()));
          sleep(HOUR.plusMinutes(2));
          assertThat(names(kube)).isEmpty();
        });
  }

  @Test
  void watchers_are_told_of_the_end() {
    with(
        Settings.DEFAULT,
        kube -> {
          kube.create(Kinds.EVENT, event("default", "once", tasks.now()));
          try (var watch = kube.watch(Kinds.EVENT, Selection.ALL, "")) {
            assertThat(watch.next(HOUR)).get().isInstanceOf(Watch.Change.Added.class);
            assertThat(watch.next(HOUR)).get().isInstanceOf(Watch.Change.Bookmark.class);
            var told = watch.next(HOUR.plusMinutes(2));
            while (told.isPresent() && told.get() instanceof Watch.Change.Bookmark<Event>)
              told = watch.next(HOUR);
            assertThat(told).get().isInstanceOf(Watch.Change.Deleted.class);
          }
        });
  }

  @Test
  void a_namespace_with_too_many_loses_its_oldest_ones_and_others_lose_none() {
    with(
        Settings.DEFAULT.keepingEvents(HOUR, 20),
        kube -> {
          kube.create(Kinds.EVENT, event("kube-system", "elsewhere", tasks.now()));
          for (int i = 0; i < 100; i++) {
            kube.create(Kinds.EVENT, event("default", "e" + (900 - i), tasks.now()));
            sleep(Duration.ofSeconds(1));
          }
          var names = names(kube);
          assertThat(names).contains("elsewhere", "e801", "e802").doesNotContain("e900", "e830");
          assertThat(names).hasSizeBetween(18, 21);
        });
  }
}
