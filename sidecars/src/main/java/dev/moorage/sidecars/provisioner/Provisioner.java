package dev.moorage.sidecars.provisioner;

import dev.moorage.base.Backoff;
import dev.moorage.base.Group;
import dev.moorage.base.Journal;
import dev.moorage.base.Journal.Entry;
import dev.moorage.controller.Actor;
import dev.moorage.controller.Pace;
import dev.moorage.csi.Csi;
import dev.moorage.csi.CsiConnections;
import dev.moorage.csi.KnownDriver;
import dev.moorage.csi.RecordedCsi;
import dev.moorage.kube.Kube;
import dev.moorage.kube.RecordedKube;
import java.time.Duration;

/// Makes, records and removes the volumes of one driver's claims.
public final class Provisioner {
  static final String ACTOR = "provisioner";

  private Provisioner() {}

  /// How a provisioner works.
  ///
  /// @param nodeName the node it serves alone, where each node runs its own driver; empty for all
  /// @param defaultFsType file system where the class names none; empty for the driver's choice
  public record Settings(
      String nodeName,
      String defaultFsType,
      Effort effort,
      TopologyRules topology,
      CapacityRules capacity) {
    /// All nodes, with the other records' defaults.
    public static final Settings DEFAULT =
        new Settings("", "", Effort.DEFAULT, TopologyRules.DEFAULT, CapacityRules.DEFAULT);

    /// The same for one node alone.
    public Settings onNode(String name) {
      return new Settings(name, defaultFsType, effort, topology, capacity);
    }
  }

  /// How hard it tries.
  ///
  /// @param workers claims, and volumes, worked on at once; 1 or more
  /// @param callTimeout for each CSI call
  /// @param retry waits after failures; the longest one is also the wait after a hopeless one
  public record Effort(int workers, Duration callTimeout, Backoff retry) {
    /// 10 workers, 10 s per call, waits of 1 s doubling to 5 min.
    public static final Effort DEFAULT =
        new Effort(
            10, Duration.ofSeconds(10), new Backoff(Duration.ofSeconds(1), Duration.ofMinutes(5)));

    /// @throws IllegalArgumentException when the timeout is not positive or there is no worker
    public Effort {
      if (workers < 1) throw new IllegalArgumentException("workers must be 1 or more: " + workers);
      if (!callTimeout.isPositive())
        throw new IllegalArgumentException("call-timeout must be positive: " + callTimeout);
    }
  }

  /// Where volumes may be made.
  ///
  /// @param strict a claim with a selected node gets that node's topology alone
  /// @param immediate a claim that binds at once may use the topologies of all nodes; otherwise the
  ///   driver chooses freely
  public record TopologyRules(boolean strict, boolean immediate) {
    /// Not strict, immediate: as the official provisioner.
    public static final TopologyRules DEFAULT = new TopologyRules(false, true);
  }

  /// Whether and how capacity is published.
  ///
  /// @param publish whether CSIStorageCapacity objects are written at all
  /// @param namespace where they are written
  /// @param poll how often the driver is asked although nothing has changed; zero for never
  public record CapacityRules(boolean publish, String namespace, Duration poll) {
    /// Published in `kube-system`, asked once a minute.
    public static final CapacityRules DEFAULT =
        new CapacityRules(true, "kube-system", Duration.ofMinutes(1));

    /// @throws IllegalArgumentException when capacity is published without a namespace
    public CapacityRules {
      if (publish && namespace.isEmpty())
        throw new IllegalArgumentException("capacity objects need a namespace");
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
                  settings.effort().callTimeout(),
                  notYet ->
                      journal.note(
                          new Entry(Entry.What.FAILED, ACTOR, "reach driver", "", told(notYet))));
          var room =
              new Room(group, new RecordedKube(kube, ACTOR, journal), driver, settings, journal);
          room.start(new RecordedCsi(driver.csi(), ACTOR, journal));
          return driver.name();
        });
  }

  private static String told(RuntimeException failure) {
    return String.valueOf(failure.getMessage());
  }

  /// The three actors, put together.
  private record Room(
      Group group, Kube kube, KnownDriver driver, Settings settings, Journal journal) {
    void start(Csi csi) {
      startClaims(csi);
      startVolumes(csi);
      if (settings.capacity().publish()) startCapacity(csi);
    }

    private void startClaims(Csi csi) {
      var actor = actor(settings.effort().workers(), Duration.ZERO);
      var caches = ClaimCaches.watch(actor, settings);
      ClaimTriggers.set(actor, caches, name());
      var claims = new KubeClaims(actor, caches, driver, settings);
      actor.start(new ClaimReconciler(claims, csi, timeout(), pace(), journal));
    }

    private void startVolumes(Csi csi) {
      var actor = actor(settings.effort().workers(), Duration.ZERO);
      var caches = VolumeCaches.watch(actor, settings);
      VolumeTriggers.set(actor, caches, name());
      var volumes = new KubeVolumes(actor, caches, name(), settings.nodeName());
      actor.start(new VolumeReconciler(volumes, csi, timeout(), pace(), journal));
    }

    private void startCapacity(Csi csi) {
      var rules = settings.capacity();
      var labels = CapacityLabels.of(name(), settings.nodeName());
      var actor = actor(1, rules.poll());
      var caches = CapacityCaches.watch(actor, settings, labels.selection(rules.namespace()));
      caches.wake(actor, name());
      var capacities = new KubeCapacities(actor, caches, driver, labels, rules.namespace());
      actor.start(new CapacityReconciler(capacities, csi, timeout(), journal));
    }

    private Actor actor(int workers, Duration resync) {
      return new Actor(
          group,
          ACTOR,
          kube,
          journal,
          new Actor.Settings(workers, settings.effort().retry(), resync));
    }

    private Pace pace() {
      return new Pace(group.tasks()::nanos, settings.effort().retry());
    }

    private Duration timeout() {
      return settings.effort().callTimeout();
    }

    private String name() {
      return driver.name();
    }
  }
}
