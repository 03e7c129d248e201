package dev.moorage.controlplane.binder;

import dev.moorage.base.Backoff;
import dev.moorage.base.Group;
import dev.moorage.base.Journal;
import dev.moorage.controller.Actor;
import dev.moorage.kube.Kinds;
import dev.moorage.kube.Kube;
import dev.moorage.kube.RecordedKube;
import dev.moorage.kube.Selection;
import java.time.Duration;

/// The door of the binder: two actors, one for claims and one for volumes. Several workers may
/// share the keys: a claim is in one hand at a time, so it takes one volume, and the write that
/// gives it a volume is guarded by that volume's version, so two claims never take the same one.
public final class Binder {
  private Binder() {}

  static final String ACTOR = "binder";

  /// How the binder runs.
  ///
  /// @param workers claims, and volumes, worked on at once
  /// @param backoff waits between tries of a failing claim or volume
  /// @param resync how often everything is looked at again, as a safety net; zero for never
  public record Settings(int workers, Backoff backoff, Duration resync) {
    /// 10 workers; 500 ms doubling to 2 min 2 s; everything again every 10 minutes.
    public static final Settings DEFAULT =
        new Settings(
            10,
            new Backoff(Duration.ofMillis(500), Duration.ofSeconds(122)),
            Duration.ofMinutes(10));
  }

  /// Starts the binder and returns at once; it ends with the group.
  public static void start(Group group, Kube kube, Settings settings, Journal journal) {
    var recorded = new RecordedKube(kube, ACTOR, journal);
    var actor = new Actor.Settings(settings.workers(), settings.backoff(), settings.resync());
    startClaims(new Actor(group, ACTOR, recorded, journal, actor), journal);
    startVolumes(new Actor(group, ACTOR, recorded, journal, actor), journal);
  }

  private static void startClaims(Actor actor, Journal journal) {
    var claims = actor.watch(Kinds.CLAIM, Selection.ALL);
    var volumes = actor.watch(Kinds.VOLUME, Selection.ALL);
    var classes = actor.watch(Kinds.STORAGE_CLASS, Selection.ALL);
    new ClaimTriggers(claims).set(actor, volumes, classes);
    var port = new KubeClaims(claims, volumes, classes, actor.kube(), actor.events());
    actor.start(new ClaimReconciler(port, journal));
  }

  private static void startVolumes(Actor actor, Journal journal) {
    var volumes = actor.watch(Kinds.VOLUME, Selection.ALL);
    var claims = actor.watch(Kinds.CLAIM, Selection.ALL);
    new VolumeTriggers(volumes).set(actor, claims);
    var port = new KubeVolumes(volumes, claims, actor.kube(), actor.events());
    actor.start(new VolumeReconciler(port, journal));
  }
}
