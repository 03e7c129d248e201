package dev.moorage.controller;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.moorage.base.Group;
import dev.moorage.base.Journal;
import dev.moorage.base.ObjectKey;
import dev.moorage.base.sim.SimTasks;
import dev.moorage.kube.Deletion;
import dev.moorage.kube.Event;
import dev.moorage.kube.Kinds;
import dev.moorage.kube.KubeException;
import dev.moorage.kube.KubeException.Reason;
import dev.moorage.kube.OutcomeUnknown;
import dev.moorage.kube.Patch;
import dev.moorage.kube.Raw;
import dev.moorage.kube.Selection;
import dev.moorage.kube.Tree;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class ActorTest {
  private static final ObjectKey A = ObjectKey.cluster("a");

  @Test
  void objects_there_at_the_start_and_objects_that_come_are_reconciled() {
    play(house -> {
      house.create("a");
      house.start(house::note);
      house.sleep(1);
      house.create("b");
      house.sleep(1);
      assertThat(house.seen).containsExactly("a=", "b=");
    });
  }

  @Test
  void a_key_comes_again_only_after_the_cache_has_seen_its_own_write() {
    play(house -> {
      house.kube.lag = Duration.ofMillis(700);
      house.create("a");
      house.start(key -> {
        house.note(key);
        if (!house.mark(key).isEmpty()) return new Outcome.Settled("marked");
        house.setMark(key, "x");
        return Outcome.nextStep();
      });
      house.sleep(10);
      assertThat(house.seen).containsExactly("a=", "a=x");
    });
  }

  @Test
  void a_cache_that_does_not_catch_up_within_two_seconds_reads_live() {
    play(house -> {
      house.create("a");
      house.start(key -> {
        house.note(key);
        if (!house.mark(key).isEmpty()) return new Outcome.Settled("marked");
        house.kube.lag = Duration.ofHours(1);
        house.setMark(key, "x");
        return Outcome.nextStep();
      });
      house.sleep(4);
      assertThat(house.seen).containsExactly("a=", "a=x");
    });
  }

  @Test
  void an_object_deleted_by_the_key_in_hand_is_gone_from_its_cache() {
    play(house -> {
      house.kube.lag = Duration.ofMillis(300);
      house.create("a");
      house.start(key -> {
        house.note(key);
        if (house.cache.find(key).isEmpty()) return new Outcome.Settled("gone");
        house.actor.kube().delete(Kinds.NAMESPACE, key, Deletion.ANY);
        return Outcome.nextStep();
      });
      house.sleep(10);
      assertThat(house.seen).startsWith("a=", "a gone").doesNotHaveDuplicates();
    });
  }

  @Test
  void a_watch_that_has_expired_lists_again_and_tells_what_went_meanwhile() {
    play(house -> {
      house.create("a");
      house.create("b");
      house.start(house::note);
      house.sleep(1);
      house.kube.oldest = Long.MAX_VALUE;
      house.kube.delete(Kinds.NAMESPACE, A, Deletion.ANY);
      house.sleep(1);
      house.kube.oldest = 0;
      house.sleep(60);
      assertThat(house.seen).containsExactly("a=", "b=", "a gone");
      assertThat(house.kube.lists).isGreaterThan(1);
    });
  }

  @Test
  void a_failure_is_noted_and_tried_again_later() {
    play(house -> {
      house.create("a");
      house.start(key -> {
        house.note(key);
        if (house.seen.size() < 3) throw new IllegalStateException("not yet");
        return new Outcome.Settled("done");
      });
      house.sleep(60);
      assertThat(house.seen).hasSize(3);
      assertThat(house.failures).containsExactly("reconcile a: not yet", "reconcile a: not yet");
    });
  }

  @Test
  void a_conflict_is_tried_again_on_fresh_facts_and_is_no_failure() {
    play(house -> {
      house.kube.lag = Duration.ofMinutes(1);
      house.create("a");
      house.start(key -> {
        house.note(key);
        if (house.seen.size() == 1) house.foreignMark("y");
        var seen = house.cache.find(key).orElseThrow();
        if (!house.mark(key).equals("z")) {
          house
              .actor
              .kube()
              .change(
                  Kinds.NAMESPACE, key, seen.meta().version(), Patch.NONE.annotate("mark", "z"));
          return Outcome.nextStep();
        }
        return new Outcome.Settled("done");
      });
      house.sleep(30);
      assertThat(house.seen).containsExactly("a=", "a=y", "a=z");
      assertThat(house.failures).isEmpty();
    });
  }

  @Test
  void after_an_unknown_outcome_the_facts_are_read_live() {
    play(house -> {
      house.kube.lag = Duration.ofMinutes(1);
      house.create("a");
      house.start(key -> {
        house.note(key);
        if (house.seen.size() > 1) return new Outcome.Settled("done");
        house.foreignMark("written");
        var lost = new OutcomeUnknown("no answer");
        house.loseNext(key, lost);
        throw lost;
      });
      house.sleep(5);
      assertThat(house.seen.subList(0, 2)).containsExactly("a=", "a=written");
    });
  }

  @Test
  void equal_events_are_counted_and_remarks_made_once_are_not() {
    play(house -> {
      var about = house.create("a");
      for (int i = 0; i < 3; i++) {
        house.actor.events().warning(Kinds.NAMESPACE, about, "Failed", "again");
        house.actor.events().normalOnce(Kinds.NAMESPACE, about, "Waiting", "still");
      }
      var events = house.kube.list(Kinds.EVENT, Selection.ALL).items();
      assertThat(events)
          .extracting(Event::reason, Event::count, Event::aboutName, Event::source)
          .containsExactlyInAnyOrder(
              tuple("Failed", 3L, "a", "test"), tuple("Waiting", 1L, "a", "test"));
      assertThat(events).allMatch(event -> event.meta().namespace().equals("default"));
    });
  }

  @Test
  void a_resync_looks_at_every_key_again() {
    play(
        new Actor.Settings(1, Actor.Settings.DEFAULT.backoff(), Duration.ofSeconds(10)),
        house -> {
          house.create("a");
          house.start(house::note);
          house.sleep(25);
          assertThat(house.seen).containsExactly("a=", "a=", "a=");
        });
  }

  /// An actor on namespaces with what its reconciler has seen.
  private static final class House {
    final Group group;
    final TinyKube kube;
    final Actor actor;
    final Cache<Raw> cache;
    final List<String> seen = new ArrayList<>();
    final List<String> failures = new ArrayList<>();

    House(Group group, Actor.Settings settings) {
      this.group = group;
      this.kube = new TinyKube(group);
      Journal journal =
          entry -> failures.add(entry.action() + " " + entry.on() + ": " + entry.why());
      this.actor = new Actor(group, "test", kube, journal, settings);
      this.cache = actor.watch(Kinds.NAMESPACE, Selection.ALL);
      actor.wake(cache, object -> List.of(object.key()));
    }

    void start(Reconciler reconciler) {
      actor.start(reconciler);
    }

    Raw create(String name) {
      return kube.create(Kinds.NAMESPACE, Tree.object("metadata", Tree.object("name", name)));
    }

    Outcome note(ObjectKey key) {
      seen.add(cache.find(key).isPresent() ? key + "=" + mark(key) : key + " gone");
      return new Outcome.Settled("noted");
    }

    String mark(ObjectKey key) {
      return cache.find(key).orElseThrow().meta().annotation("mark");
    }

    void setMark(ObjectKey key, String mark) {
      actor.kube().change(Kinds.NAMESPACE, key, "", Patch.NONE.annotate("mark", mark));
    }

    void foreignMark(String mark) {
      kube.change(Kinds.NAMESPACE, A, "", Patch.NONE.annotate("mark", mark));
    }

    /// A write through the actor whose answer is lost.
    void loseNext(ObjectKey key, KubeException lost) {
      kube.lost = Optional.of(lost);
      try {
        setMark(key, "never");
      } catch (KubeException expected) {
        assertThat(expected.reason()).isEqualTo(Reason.Timeout);
      }
    }

    void sleep(int seconds) {
      group.sleep(Duration.ofSeconds(seconds));
    }
  }

  private static void play(Consumer<House> story) {
    play(Actor.Settings.DEFAULT, story);
  }

  private static void play(Actor.Settings settings, Consumer<House> story) {
    var tasks = SimTasks.plain();
    tasks.run(() -> {
      try (var group = tasks.group("test")) {
        story.accept(new House(group, settings));
      }
    });
  }
}
