package dev.moorage.controlplane.placement;

import dev.moorage.base.Backoff;
import dev.moorage.base.Group;
import dev.moorage.base.Journal;
import dev.moorage.controller.Actor;
import dev.moorage.kube.Kube;
import dev.moorage.kube.RecordedKube;
import java.time.Duration;

/// The door of placement. One worker: a decision counts on having seen all earlier ones.
public final class Placement {
  private Placement() {}

  static final String ACTOR = "placement";

  /// How placement runs.
  ///
  /// @param schedulerName pods that ask for another scheduler are left alone
  /// @param backoff waits between tries of a failing pod
  /// @param retries waits before a node is tried again on which provisioning has failed
  /// @param resync how often every waiting pod is looked at again, as a safety net; zero for never
  public record Settings(String schedulerName, Backoff backoff, Backoff retries, Duration resync) {
    /// `default-scheduler`; 500 ms doubling to 2 min 2 s; a refused node again after 1 s doubling
    /// to 1 min; everything again every 10 minutes.
    public static final Settings DEFAULT =
        new Settings(
            "default-scheduler",
            new Backoff(Duration.ofMillis(500), Duration.ofSeconds(122)),
            new Backoff(Duration.ofSeconds(1), Duration.ofMinutes(1)),
            Duration.ofMinutes(10));
  }

  /// Starts placement and returns at once; it ends with the group.
  public static void start(Group group, Kube kube, Settings settings, Journal journal) {
    var actor =
        new Actor(
            group,
            ACTOR,
            new RecordedKube(kube, ACTOR, journal),
            journal,
            new Actor.Settings(1, settings.backoff(), settings.resync()));
    var caches = PlacementCaches.of(actor);
    new PlacementTriggers(caches).set(actor);
    var port = new KubePods(caches, actor.kube(), actor.events(), group.tasks());
    actor.start(new PlacementReconciler(port, settings, journal));
  }
}
