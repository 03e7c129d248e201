package dev.moorage.sim;

import dev.moorage.base.Bytes;
import dev.moorage.base.Journal;
import dev.moorage.base.sim.SimTasks;
import dev.moorage.kube.RecordedKube;
import dev.moorage.stack.Stack.DriverPlan;
import dev.moorage.stack.Stack.NodePlan;
import dev.moorage.stack.stories.Cast;
import dev.moorage.stack.stories.Proofs;
import dev.moorage.stack.stories.Stories;
import dev.moorage.stack.stories.Witness;
import java.util.ArrayList;
import java.util.List;

/// One play of the three stories on one simulated node, and what it came to.
public final class SimPlay {
  /// The node of the play.
  public static final String NODE = "node-1";

  /// The driver of the play.
  public static final String DRIVER = "loop.moorage.dev";

  private static final String ROOT = "/var/lib/kubelet";
  private static final String CLASS = "fast";

  private final SimTasks tasks;
  private final SimWorld world;
  private final Listener listener;
  private final Witness witness = new Witness();
  private final List<String> broken = new ArrayList<>();

  /// A play that has not begun.
  ///
  /// @param seed for generated names; the schedule is the tasks' own
  public SimPlay(SimTasks tasks, long seed, BodyWrap wrap, Listener listener) {
    this.tasks = tasks;
    this.listener = listener;
    this.world = new SimWorld(tasks, seed, List.of(node()), witness, wrap, listener);
  }

  /// Hears what happens during a play.
  public interface Listener extends Journal, Proofs {
    /// A part of the play begins.
    void chapter(String title);

    /// Nobody listens.
    Listener NONE =
        new Listener() {
          @Override
          public void chapter(String title) {}

          @Override
          public void note(Entry entry) {}

          @Override
          public void proof(String what, boolean holds, String seen) {}
        };
  }

  private static NodePlan node() {
    return new NodePlan(
        NODE, ROOT, List.of(new DriverPlan(DRIVER, "/var/lib/" + DRIVER, Bytes.gibi(2))));
  }

  /// The world that is played in.
  public SimWorld world() {
    return world;
  }

  /// Plays, in the main task.
  ///
  /// @return what did not hold, as lines; empty when all is well
  public List<String> play() {
    world.start();
    world.awaitRegistered();
    var cast =
        new Cast(
            new RecordedKube(world.user(), "user", listener),
            tasks.home(),
            world.host(NODE),
            new Cast.Place(NODE, "", ROOT),
            DRIVER,
            false);
    var stories =
        new Stories(cast, witness, volume -> world.publishedTo(DRIVER, NODE, volume), this::heard);
    stories.install(CLASS);
    world.settle();
    var before = world.census();
    listener.chapter("Story 1: a claim becomes a mounted directory");
    var claimed = stories.claimBecomesDirectory("data", CLASS, Bytes.mebi(512));
    listener.chapter("Story 2: the claim grows while the pod uses it");
    stories.claimGrows(claimed, Bytes.mebi(768));
    listener.chapter("Story 3: the pod and its claim go away");
    stories.claimGoesAway(claimed);
    broken.addAll(world.differences(before));
    return List.copyOf(broken);
  }

  private void heard(String what, boolean holds, String seen) {
    if (!holds) broken.add(what + " (" + seen + ")");
    listener.proof(what, holds, seen);
  }
}
