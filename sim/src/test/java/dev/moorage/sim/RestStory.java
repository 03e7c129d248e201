package dev.moorage.sim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.moorage.base.Gate;
import dev.moorage.base.Stopped;
import dev.moorage.base.sim.Effect;
import dev.moorage.base.sim.EffectHook;
import dev.moorage.base.sim.Moment;
import dev.moorage.base.sim.SimEntropy;
import dev.moorage.base.sim.SimTasks;
import dev.moorage.kube.Kinds;
import dev.moorage.kube.Selection;
import dev.moorage.kube.Tree;
import dev.moorage.stack.stories.Manifests;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// The house is brought to rest at any outside effect of a pod's and a claim's life, ends, and is
/// started again: at rest no process, mount or device of it is left, and no object is lost; then
/// everything comes back, and nothing is left at the end.
final class RestStory {
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final Duration LONG = Duration.ofHours(1);
  private static final int SEEDS = Integer.getInteger("seeds", 100);

  @Test
  void objects_stay_and_say_what_is_and_processes_start_once_more() {
    var claim = new OneClaim(SimTasks.plain());
    claim.tasks.run(() ->
        claim.play(() -> {
          assertThat(claim.world.rest(PATIENCE)).isEmpty();
          assertThat(claim.busy()).isEmpty();
          var pod = claim.user.sees(Kinds.POD.raw(), "app", "is there", _ -> true).tree();
          assertThat(pod.text("spec", "nodeName")).isEqualTo(OneClaim.NODE);
          assertThat(pod.text("status", "phase")).isEqualTo("Running");
          var container = pod.at("status", "containerStatuses").items().getFirst();
          assertThat(container.text("state", "waiting", "reason")).isEqualTo("NodeStopped");
          assertThat(container.number(0, "lastState", "terminated", "exitCode")).isEqualTo(143);
          assertThat(claim.user.kube().list(Kinds.ATTACHMENT, Selection.ALL).items())
              .singleElement()
              .matches(attachment -> attachment.attached());
          assertThat(claim.user.seesBound("data").capacity().isZero()).isFalse();
          var _ = claim.world.killAll();
          var again =
              claim.user.sees(
                  Kinds.POD.raw(), "app", "runs again", found -> restarts(found.tree()) > 0);
          assertThat(restarts(again.tree())).isOne();
        }));
  }

  private static long restarts(Tree pod) {
    return pod.at("status", "containerStatuses").items().getFirst().number(0, "restartCount");
  }

  @Test
  void who_does_not_listen_is_killed_in_time_whatever_its_grace() {
    var claim = new OneClaim(SimTasks.plain());
    claim.tasks.run(() ->
        claim.play(() -> {
          claim.user.creates(Kinds.POD, stubborn());
          var _ = claim.user.seesRunning("stubborn");
          long before = claim.tasks.nanos();
          assertThat(claim.world.rest(Duration.ofSeconds(20))).isEmpty();
          assertThat(Duration.ofNanos(claim.tasks.nanos() - before))
              .isBetween(Duration.ofSeconds(15), Duration.ofSeconds(20));
          assertThat(claim.busy()).isEmpty();
          var _ = claim.world.killAll();
          var _ = claim.user.seesRunning("stubborn");
          claim.user.deletesNow("stubborn");
          claim.user.seesGone(Kinds.POD, "stubborn");
        }));
  }

  private static Tree stubborn() {
    var container =
        Tree.object("name", "c", "image", "none", "command", Tree.texts(List.of("stubborn")));
    return Manifests.pod("stubborn", List.of())
        .with(Tree.of(600), "spec", "terminationGracePeriodSeconds")
        .with(Tree.list(List.of(container)), "spec", "containers");
  }

  @Test
  void what_cannot_be_brought_to_rest_is_named() {
    var claim = new OneClaim(SimTasks.plain());
    claim.tasks.run(() ->
        claim.play(() -> {
          var host = claim.world.host(OneClaim.NODE);
          var staged =
              host.mounts().table().stream()
                  .filter(mount -> mount.target().endsWith("/globalmount"))
                  .findFirst()
                  .orElseThrow();
          host.files().makeFolder("/tmp/spy", 0755);
          host.mounts().bind(staged.target(), "/tmp/spy", true);
          var left = claim.world.rest(Duration.ofSeconds(10));
          assertThat(left).hasSize(2);
          assertThat(left.getFirst())
              .startsWith("node node-1: volume pvc-")
              .contains("UnmountDevice");
          assertThat(left.getLast()).startsWith("driver loop.moorage.dev: ").contains("EBUSY");
          host.mounts().unmount("/tmp/spy");
          var _ = claim.world.killAll();
        }));
  }

  @Test
  void rest_and_start_at_each_effect() {
    int effects = undisturbed();
    var failures = new ArrayList<String>();
    for (int effect = 1; effect <= effects; effect++)
      failures.addAll(play(SimTasks.plain(), effect, 0));
    assertThat(failures).as("%d points", effects).isEmpty();
    assertThat(effects).isGreaterThan(100);
    report(effects + " rests");
  }

  @Test
  void rest_at_any_effect_in_any_order_of_tasks_and_a_crash_in_the_middle_of_it() {
    int effects = undisturbed();
    var failures = new ArrayList<String>();
    for (long seed = 1; seed <= SEEDS; seed++) {
      var entropy = new SimEntropy(seed);
      int effect = 1 + (int) (entropy.fraction() * effects);
      int crash = (int) (entropy.fraction() * 40);
      for (String line : play(SimTasks.seeded(seed), effect, crash))
        failures.add("seed " + seed + ": " + line);
    }
    assertThat(failures).isEmpty();
    report(SEEDS + " seeds");
  }

  private static int undisturbed() {
    var claim = new OneClaim(SimTasks.plain());
    claim.tasks.run(() -> claim.play(() -> {}));
    return claim.tasks.trace().size();
  }

  /// @param crash how many effects after the rest began everything dies; 0 for not before its end
  private static List<String> play(SimTasks tasks, int effect, int crash) {
    var claim = new OneClaim(tasks);
    var operator = new Operator(claim, effect, crash);
    tasks.onEffect(operator);
    try {
      tasks.run(() -> {
        var done = tasks.home().start("operator", operator::work);
        claim.play(done::await);
        done.await();
      });
      return operator.wrong;
    } catch (RuntimeException | AssertionError failed) {
      operator.wrong.add("at effect " + operator.at + ": " + failed);
      return operator.wrong;
    }
  }

  private static final class Operator implements EffectHook {
    private final OneClaim claim;
    private final int effect;
    private final int crash;
    final List<String> wrong = new ArrayList<>();
    private final Gate come;
    private boolean crashed;
    Optional<Effect> at = Optional.empty();

    Operator(OneClaim claim, int effect, int crash) {
      this.claim = claim;
      this.effect = effect;
      this.crash = crash;
      this.come = claim.tasks.home().newGate();
    }

    @Override
    public void at(Effect seen, Moment moment) {
      if (seen.number() == effect) {
        at = Optional.of(seen);
        come.open();
      }
      if (crash == 0 || crashed || moment != Moment.AFTER || seen.number() != effect + crash)
        return;
      crashed = true;
      var _ = claim.world.killAll();
    }

    boolean work() {
      while (!come.await(LONG)) {}
      var left = rest();
      if (crashed) return true;
      left.forEach(line -> wrong.add("left by the rest at " + at + ": " + line));
      claim.busy().forEach(line -> wrong.add("busy after the rest at " + at + ": " + line));
      checkObjects();
      return claim.world.killAll();
    }

    private List<String> rest() {
      try {
        return claim.world.rest(PATIENCE);
      } catch (Stopped died) {
        return List.of("died");
      }
    }

    private void checkObjects() {
      for (var pod : claim.user.kube().list(Kinds.POD.raw(), Selection.ALL).items())
        for (var container : pod.tree().at("status", "containerStatuses").items())
          if (!container.at("state", "running").isNothing())
            wrong.add("the status says that it runs, at rest since " + at);
      for (var node : claim.user.kube().list(Kinds.NODE, Selection.ALL).items())
        if (node.ready()) wrong.add("the node says that it is ready, at rest since " + at);
    }
  }

  /// For the build's output, which shows nothing of a TestReporter.
  private static void report(String line) {
    System.out.println(line);
  }
}
