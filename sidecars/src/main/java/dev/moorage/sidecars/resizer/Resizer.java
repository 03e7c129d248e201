package dev.moorage.sidecars.resizer;

import dev.moorage.base.Backoff;
import dev.moorage.base.Group;
import dev.moorage.base.Journal;
import dev.moorage.base.Journal.Entry;
import dev.moorage.controller.Actor;
import dev.moorage.controller.Pace;
import dev.moorage.csi.CsiConnections;
import dev.moorage.csi.KnownDriver;
import dev.moorage.csi.RecordedCsi;
import dev.moorage.kube.Kube;
import dev.moorage.kube.RecordedKube;
import java.time.Duration;

/// Grows the volumes of one driver.
public final class Resizer {
  static final String ACTOR = "resizer";

  private Resizer() {}

  /// How a resizer works.
  ///
  /// @param nodeName the node it serves alone, where each node runs its own driver; empty for all
  /// @param defaultFsType file system where the volume names none; empty for the driver's choice
  /// @param workers claims worked on at once, 1 or more
  /// @param callTimeout for each CSI call
  /// @param retry waits after failures; the longest one is also the wait after a hopeless one
  public record Settings(
      String nodeName, String defaultFsType, int workers, Duration callTimeout, Backoff retry) {
    /// All nodes, 10 workers, 10 s per call, waits of 1 s doubling to 5 min.
    public static final Settings DEFAULT =
        new Settings(
            "",
            "",
            10,
            Duration.ofSeconds(10),
            new Backoff(Duration.ofSeconds(1), Duration.ofMinutes(5)));

    /// @throws IllegalArgumentException when the timeout is not positive or there is no worker
    public Settings {
      if (workers < 1) throw new IllegalArgumentException("workers must be 1 or more: " + workers);
      if (!callTimeout.isPositive())
        throw new IllegalArgumentException("call-timeout must be positive: " + callTimeout);
    }

    /// The same for one node alone.
    public Settings onNode(String name) {
      return new Settings(name, defaultFsType, workers, callTimeout, retry);
    }
  }

  /// Waits for the driver in the background, then works until the group ends. Returns at once.
  ///
  /// @param connection to the driver; capabilities are read again after each reconnect
  public static void start(
      Group group,
      Kube kube,
      CsiConnections.Connection connection,
      Settings settings,
      Journal journal) {
    group.start(
        ACTOR,
        () -> {
          var driver =
              KnownDriver.await(
                  group,
                  connection,
                  settings.callTimeout(),
                  notYet ->
                      journal.note(
                          new Entry(
                              Entry.What.FAILED,
                              ACTOR,
                              "reach driver",
                              "",
                              String.valueOf(notYet.getMessage()))));
          var csi = new RecordedCsi(driver.csi(), ACTOR, journal);
          var recorded = new RecordedKube(kube, ACTOR, journal);
          startActor(
              group, recorded, new Expansion(driver::facts, csi, settings), settings, journal);
          return driver.name();
        });
  }

  private static void startActor(
      Group group, Kube kube, Expansion expansion, Settings settings, Journal journal) {
    var actor =
        new Actor(
            group,
            ACTOR,
            kube,
            journal,
            new Actor.Settings(settings.workers(), settings.retry(), Duration.ZERO));
    var caches = ResizeCaches.watch(actor, settings);
    ResizeTriggers.set(actor, caches, expansion.driverName());
    var claims = new KubeClaims(actor, caches, expansion, settings.nodeName(), group.tasks()::now);
    var pace = new Pace(group.tasks()::nanos, settings.retry());
    actor.start(new ResizeReconciler(claims, expansion, pace, journal));
  }
}
