package dev.moorage.controlplane.attachdetach;

import dev.moorage.base.Backoff;
import dev.moorage.base.Group;
import dev.moorage.base.Journal;
import dev.moorage.controller.Actor;
import dev.moorage.kube.Kube;
import dev.moorage.kube.RecordedKube;
import java.time.Duration;

/// The door of attach and detach. One worker: a volume for one node only must not go to two.
public final class AttachDetach {
  private AttachDetach() {}

  static final String ACTOR = "attachdetach";

  /// How attach and detach run.
  ///
  /// @param forceAfter how long a node must not have been Ready before its volumes are detached
  ///   although it still reports them in use
  /// @param backoff waits between tries of a failing volume
  /// @param resync how often everything is looked at again, as a safety net; zero for never
  public record Settings(Duration forceAfter, Backoff backoff, Duration resync) {
    /// By force after 6 minutes; 500 ms doubling to 2 min 2 s; everything again every 10 minutes.
    public static final Settings DEFAULT =
        new Settings(
            Duration.ofMinutes(6),
            new Backoff(Duration.ofMillis(500), Duration.ofSeconds(122)),
            Duration.ofMinutes(10));

    /// @throws IllegalArgumentException when `forceAfter` is not positive
    public Settings {
      if (!forceAfter.isPositive())
        throw new IllegalArgumentException("a node needs time to come back: " + forceAfter);
    }
  }

  /// Starts attach and detach and returns at once; it ends with the group.
  public static void start(Group group, Kube kube, Settings settings, Journal journal) {
    var actor =
        new Actor(
            group,
            ACTOR,
            new RecordedKube(kube, ACTOR, journal),
            journal,
            new Actor.Settings(1, settings.backoff(), settings.resync()));
    var caches = AttachCaches.of(actor);
    new AttachTriggers(caches).set(actor);
    var port = new KubeAttachments(caches, actor.kube(), actor.events(), group.tasks());
    actor.start(new AttachReconciler(port, settings.forceAfter(), journal));
  }
}
