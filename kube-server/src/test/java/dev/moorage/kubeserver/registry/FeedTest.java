package dev.moorage.kubeserver.registry;

import static dev.moorage.kubeserver.registry.Desk.refused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.moorage.base.ObjectKey;
import dev.moorage.base.sim.SimEntropy;
import dev.moorage.base.sim.SimTasks;
import dev.moorage.kube.Kinds;
import dev.moorage.kube.KubeException.Reason;
import dev.moorage.kube.Patch;
import dev.moorage.kube.Selection;
import dev.moorage.kube.Tree;
import dev.moorage.kubeserver.store.MemoryLog;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class FeedTest {
  private static final String CLASS = "{'metadata':{'name':'x'},'provisioner':'p'}";
  private static final Duration NOW = Duration.ZERO;

  @Test
  void a_watch_from_the_start_tells_what_is_there_and_closes_it_with_a_bookmark() {
    var desk = new Desk();
    var there = desk.create(Kinds.STORAGE_CLASS, CLASS);
    var feed = desk.watch(Kinds.STORAGE_CLASS, Selection.ALL, "", true);
    assertThat(feed.next(NOW)).contains(new Told.Added(there));
    assertThat(feed.next(NOW))
        .contains(new Told.Bookmark(there.text("metadata", "resourceVersion"), true));
    assertThat(feed.next(NOW)).isEmpty();
    var later = desk.create(Kinds.STORAGE_CLASS, CLASS.replace("'x'", "'y'"));
    assertThat(feed.next(NOW)).contains(new Told.Added(later));
  }

  @Test
  void without_bookmarks_there_is_none_at_the_start() {
    var feed = new Desk().watch(Kinds.STORAGE_CLASS, Selection.ALL, "0", false);
    assertThat(feed.next(NOW)).isEmpty();
  }

  @Test
  void a_watch_that_fell_behind_is_expired() {
    var desk = Desk.remembering(3);
    var created = desk.create(Kinds.STORAGE_CLASS, CLASS);
    var version = created.text("metadata", "resourceVersion");
    var feed = desk.watch(Kinds.STORAGE_CLASS, Selection.ALL, version, false);
    for (int i = 0; i < 3; i++) label(desk, i);
    assertThat(feed.next(NOW)).isPresent();
    for (int i = 3; i < 7; i++) label(desk, i);
    refused(Reason.Expired, "too old resource version: ", () -> feed.next(NOW));
    var old = desk.watch(Kinds.STORAGE_CLASS, Selection.ALL, version, false);
    var refusal =
        refused(Reason.Expired, "too old resource version: " + version, () -> old.next(NOW));
    assertThat(refusal.code()).isEqualTo(410);
  }

  @Test
  void the_end_of_an_object_shows_it_as_it_was_stored() {
    var desk = new Desk();
    desk.create(Kinds.SECRET, "{'metadata':{'name':'x','finalizers':['a.b/c']}}");
    var marked = desk.delete(Kinds.SECRET, "default/x");
    var version = marked.text("metadata", "resourceVersion");
    var feed = desk.watch(Kinds.SECRET, Selection.ALL, version, false);
    desk.merge(Kinds.SECRET, "default/x", "{'metadata':{'finalizers':null}}");
    var end = (Told.Deleted) feed.next(NOW).orElseThrow();
    assertThat(end.object().textList("metadata", "finalizers")).containsExactly("a.b/c");
    assertThat(end.object().text("metadata", "resourceVersion")).isNotEqualTo(version);
  }

  private static void label(Desk desk, int i) {
    desk.merge(Kinds.STORAGE_CLASS, "x", "{'metadata':{'labels':{'a':'" + i + "'}}}");
  }

  @Test
  void a_quiet_watch_stays_young_while_it_is_read() {
    var desk = Desk.remembering(3);
    desk.create(Kinds.STORAGE_CLASS, CLASS);
    var name =
        new Selection("", List.of(), List.of(new Selection.Field("metadata.name", "y", true)));
    var feed = desk.watch(Kinds.STORAGE_CLASS, name, "0", false);
    for (int i = 0; i < 10; i++) {
      label(desk, i);
      assertThat(feed.next(NOW)).isEmpty();
    }
    desk.create(Kinds.STORAGE_CLASS, CLASS.replace("'x'", "'y'"));
    assertThat(feed.next(NOW)).isPresent();
  }

  @Test
  void a_waiting_watch_is_woken_by_what_it_selects_and_told_where_it_stands_otherwise() {
    var tasks = SimTasks.plain();
    var told = new ArrayList<String>();
    tasks.run(() -> {
      var server = tasks.group("server");
      var registry = Registry.open(server, new MemoryLog(), new SimEntropy(1), Settings.DEFAULT);
      var kube = new RegistryKube(registry, tasks, "test");
      var reader = tasks.group("reader");
      var watching =
          reader.start(
              "watch",
              () -> {
                var version = kube.list(Kinds.STORAGE_CLASS, Selection.ALL).version();
                try (var watch = kube.watch(Kinds.STORAGE_CLASS, Selection.ALL, version)) {
                  for (int i = 0; i < 3; i++) {
                    var change = watch.next(Duration.ofHours(1)).orElseThrow();
                    told.add(tasks.now() + " " + change.getClass().getSimpleName());
                  }
                }
                return true;
              });
      tasks.home().sleep(Duration.ofSeconds(10));
      kube.create(
          Kinds.STORAGE_CLASS,
          Tree.object("metadata", Tree.object("name", "x"), "provisioner", "p"));
      kube.change(Kinds.STORAGE_CLASS, ObjectKey.cluster("x"), "", Patch.NONE.annotate("a", "b"));
      watching.await();
    });
    assertThat(told)
        .containsExactly(
            "2026-01-01T00:00:10Z Added",
            "2026-01-01T00:00:10Z Modified",
            "2026-01-01T00:01:10Z Bookmark");
  }

  @Test
  void a_quiet_watch_says_where_it_stands_shortly_before_its_end() {
    assertThat(told(true, Duration.ofSeconds(100)))
        .containsExactly("60 s: Bookmark", "98 s: Bookmark");
  }

  @Test
  void who_did_not_ask_for_bookmarks_gets_none() {
    assertThat(told(false, Duration.ofSeconds(100))).isEmpty();
  }

  @Test
  void a_watch_of_a_moment_says_nothing_before_its_end() {
    assertThat(told(true, Duration.ofSeconds(2))).isEmpty();
  }

  /// What a watch on nothing tells from now on.
  private static List<String> told(boolean bookmarks, Duration atMost) {
    var tasks = SimTasks.plain();
    var told = new ArrayList<String>();
    tasks.run(() -> {
      var server = tasks.group("server");
      var registry = Registry.open(server, new MemoryLog(), new SimEntropy(1), Settings.DEFAULT);
      var start = tasks.now();
      var watch = new Verb.Watch(Selection.ALL, "1", bookmarks);
      var target = Request.Target.in(Kinds.STORAGE_CLASS, "");
      var request = new Request("test", target, watch, Request.Writing.STRICT);
      var feed = ((Answer.Watching) registry.handle(request)).feed();
      feed.endsIn(atMost);
      for (Duration past = NOW; past.compareTo(atMost) < 0; past = past(tasks, start))
        feed.next(atMost.minus(past))
            .ifPresent(one ->
                told.add(past(tasks, start).toSeconds() + " s: " + one.getClass().getSimpleName()));
    });
    return told;
  }

  private static Duration past(SimTasks tasks, Instant start) {
    return Duration.between(start, tasks.now());
  }
}
