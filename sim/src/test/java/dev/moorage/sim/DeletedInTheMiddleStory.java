package dev.moorage.sim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.moorage.base.Bytes;
import dev.moorage.base.Journal;
import dev.moorage.base.sim.Effect;
import dev.moorage.base.sim.EffectHook;
import dev.moorage.base.sim.Moment;
import dev.moorage.base.sim.SimEntropy;
import dev.moorage.base.sim.SimTasks;
import dev.moorage.kube.Kind;
import dev.moorage.kube.Kinds;
import dev.moorage.kube.KubeException;
import dev.moorage.stack.Stack.DriverPlan;
import dev.moorage.stack.Stack.NodePlan;
import dev.moorage.stack.stories.Witness;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import org.junit.jupiter.api.Test;

/// A claim, its pod, or both are deleted before any effect of their way in and of their growth: all
/// of it ends clean.
final class DeletedInTheMiddleStory {
  private static final String NODE = "node-1";
  private static final String DRIVER = "loop.moorage.dev";
  private static final List<Kind<?>> BOTH = List.of(Kinds.CLAIM, Kinds.POD);
  private static final int SEEDS = 100;

  @Test
  void a_claim_deleted_before_any_effect_ends_clean() {
    check(List.of(Kinds.CLAIM));
  }

  @Test
  void a_pod_deleted_before_any_effect_ends_clean() {
    check(List.of(Kinds.POD));
  }

  @Test
  void both_deleted_before_any_effect_end_clean() {
    check(BOTH);
  }

  @Test
  void so_it_is_when_the_actor_dies_over_that_effect() {
    var failures = new ArrayList<String>();
    for (Effect effect : plain())
      failures.addAll(broken(SimTasks.plain(), effect.number(), effect.number()));
    assertThat(failures).isEmpty();
  }

  @Test
  void so_it_is_in_any_order_of_tasks_with_a_crash_nearby() {
    var effects = plain();
    var failures = new ArrayList<String>();
    for (int seed = 1; seed <= SEEDS; seed++) {
      var entropy = new SimEntropy(seed);
      int deleted = effects.getFirst().number() + (int) (entropy.fraction() * effects.size());
      int crash = deleted + (int) (entropy.fraction() * 15);
      failures.addAll(broken(SimTasks.seeded(seed), deleted, crash));
    }
    assertThat(failures).isEmpty();
  }

  /// Both are deleted before one effect, and after one whoever had it dies.
  private static List<String> broken(SimTasks tasks, int deleted, int crash) {
    var play =
        new Play(
            tasks,
            (world, user) -> {
              var deletion = new Deletion(deleted, BOTH, user);
              return (effect, moment) -> {
                deletion.at(effect, moment);
                if (effect.number() == crash && moment == Moment.AFTER) world.kill(effect.group());
              };
            });
    return play.broken().stream()
        .map(line -> "deleted before " + deleted + ", crash after " + crash + "\n      " + line)
        .toList();
  }

  private static void check(List<Kind<?>> kinds) {
    var effects = plain();
    var failures = new ArrayList<String>();
    for (Effect effect : effects) failures.addAll(broken(effect, kinds));
    assertThat(failures).isEmpty();
    assertThat(effects).hasSizeGreaterThan(75);
  }

  private static List<Effect> plain() {
    EffectHook nobody = (effect, moment) -> {};
    var play = new Play(SimTasks.plain(), (world, user) -> nobody);
    assertThat(play.broken()).isEmpty();
    return play.effects();
  }

  private static List<String> broken(Effect effect, List<Kind<?>> kinds) {
    var play =
        new Play(SimTasks.plain(), (world, user) -> new Deletion(effect.number(), kinds, user));
    return play.broken().stream().map(line -> "before " + effect + "\n      " + line).toList();
  }

  /// A user who deletes at one instant, between two effects. What is not there yet is not deleted.
  private record Deletion(int number, List<Kind<?>> kinds, User user) implements EffectHook {
    @Override
    public void at(Effect effect, Moment moment) {
      if (effect.number() != number || moment != Moment.BEFORE) return;
      for (Kind<?> kind : kinds) user.deletes(kind, kind.sameAs(Kinds.POD) ? "app" : "data");
    }
  }

  /// One play in a fresh world: in, grow, out.
  private static final class Play {
    private final SimTasks tasks;
    private final List<String> broken = new ArrayList<>();
    private int before;
    private int after;

    Play(SimTasks tasks, BiFunction<SimWorld, User, EffectHook> hook) {
      this.tasks = tasks;
      var drivers = List.of(new DriverPlan(DRIVER, "/var/lib/" + DRIVER, Bytes.gibi(2)));
      var nodes = List.of(new NodePlan(NODE, "/var/lib/kubelet", drivers));
      var world = new SimWorld(tasks, 1, nodes, new Witness(), BodyWrap.NONE, Journal.none());
      var user = new User(world, tasks.home());
      tasks.onEffect(hook.apply(world, user));
      try {
        tasks.run(() -> play(world, user));
      } catch (RuntimeException | AssertionError failed) {
        broken.add(failed.toString());
      }
      broken.addAll(tasks.unseenFailures());
    }

    List<String> broken() {
      return broken;
    }

    /// The effects of the way in and of the growth.
    List<Effect> effects() {
      return tasks.trace().subList(before, after);
    }

    private void play(SimWorld world, User user) {
      world.start();
      world.awaitRegistered();
      user.install(DRIVER, "fast");
      world.settle();
      var census = world.census();
      before = tasks.trace().size();
      user.claims("data", "fast", Bytes.mebi(512));
      user.runs("app", "data");
      world.settle();
      grow(user);
      world.settle();
      after = tasks.trace().size();
      user.deletes(Kinds.POD, "app");
      user.deletes(Kinds.CLAIM, "data");
      user.seesGone(Kinds.POD, "app");
      user.seesGone(Kinds.CLAIM, "data");
      broken.addAll(world.differences(census));
    }

    private static void grow(User user) {
      try {
        user.grows("data", Bytes.mebi(768));
      } catch (KubeException refused) {
        // it is gone, or was never bound
        if (!refused.isNotFound() && refused.reason() != KubeException.Reason.Forbidden)
          throw refused;
      }
    }
  }
}
