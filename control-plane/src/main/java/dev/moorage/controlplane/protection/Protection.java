package dev.moorage.controlplane.protection;

import dev.moorage.base.Backoff;
import dev.moorage.base.Group;
import dev.moorage.base.Journal;
import dev.moorage.controller.Actor;
import dev.moorage.kube.Kinds;
import dev.moorage.kube.Kube;
import dev.moorage.kube.RecordedKube;
import dev.moorage.kube.Selection;
import java.time.Duration;

/// The door of protection: one actor for claims, one for volumes.
public final class Protection {
  private Protection() {}

  static final String ACTOR = "protection";

  /// How protection runs.
  ///
  /// @param backoff waits between tries of a failing claim or volume
  /// @param resync how often everything is looked at again, as a safety net; zero for never
  public record Settings(Backoff backoff, Duration resync) {
    /// 500 ms doubling to 2 min 2 s; everything again every 10 minutes.
    public static final Settings DEFAULT =
        new Settings(
            new Backoff(Duration.ofMillis(500), Duration.ofSeconds(122)), Duration.ofMinutes(10));
  }

  /// Starts protection and returns at once; it ends with the group.
  public static void start(Group group, Kube kube, Settings settings, Journal journal) {
    var recorded = new RecordedKube(kube, ACTOR, journal);
    var actor = new Actor.Settings(1, settings.backoff(), settings.resync());
    startClaims(new Actor(group, ACTOR, recorded, journal, actor), journal);
    startVolumes(new Actor(group, ACTOR, recorded, journal, actor), journal);
  }

  private static void startClaims(Actor actor, Journal journal) {
    var claims = actor.watch(Kinds.CLAIM, Selection.ALL);
    var pods = actor.watch(Kinds.POD, Selection.ALL);
    ProtectionTriggers.ofClaims(actor, claims, pods);
    var port = new KubeClaims(claims, pods, actor.kube());
    actor.start(new ProtectionReconciler(port, journal));
  }

  private static void startVolumes(Actor actor, Journal journal) {
    var volumes = actor.watch(Kinds.VOLUME, Selection.ALL);
    ProtectionTriggers.ofVolumes(actor, volumes);
    var port = new KubeVolumes(volumes, actor.kube());
    actor.start(new ProtectionReconciler(port, journal));
  }
}
