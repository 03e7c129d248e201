package dev.moorage.nodeagent.volumes;

import dev.moorage.base.Group;
import dev.moorage.base.Journal;
import dev.moorage.base.ObjectKey;
import dev.moorage.controller.Actor;
import dev.moorage.csi.CsiException;
import dev.moorage.csi.RecordedCsi;
import dev.moorage.host.Host;
import dev.moorage.host.HostException;
import dev.moorage.kube.Kinds;
import dev.moorage.kube.Kube;
import dev.moorage.kube.KubeException;
import dev.moorage.kube.RecordedKube;
import dev.moorage.kube.Selection;
import dev.moorage.nodeagent.volumes.KubeVolumeObjects.Caches;
import java.time.Duration;
import java.util.List;

/// The door of volumes.
public final class Volumes {
  static final String ACTOR = "volumes";

  /// The kubelet has no such limit; a driver that hangs is told to so many owners at once.
  private static final int PER_DRIVER = 16;

  private final Actor actor;
  private final Caches caches;
  private final VolumeTriggers triggers;
  private final OnHost host;
  private final VolumeObserver observer;

  private Volumes(
      Actor actor, Caches caches, VolumeTriggers triggers, OnHost host, VolumeObserver observer) {
    this.actor = actor;
    this.caches = caches;
    this.triggers = triggers;
    this.host = host;
    this.observer = observer;
  }

  /// How volumes run.
  ///
  /// @param root the kubelet's root directory, without a slash at its end
  /// @param workers volumes worked on at once while all drivers answer, 1 or more
  /// @param rpc how long a driver's answer may take
  /// @param look how often a volume that waits for others is looked at although nothing was told
  /// @param sweep how often this host is searched for volumes that no object names any more
  public record Settings(
      String nodeName, String root, int workers, Duration rpc, Duration look, Duration sweep) {}

  /// Starts to bring volumes to this node's pods; returns at once.
  ///
  /// @param group closing it ends the work; what is mounted stays mounted
  public static Volumes start(
      Group group,
      Kube kube,
      Host host,
      Neighbours neighbours,
      Settings settings,
      Journal journal) {
    var actor = actor(group, new RecordedKube(kube, ACTOR, journal), settings, journal);
    var caches = watch(actor, settings.nodeName());
    var triggers = new VolumeTriggers(caches, settings.nodeName());
    wake(actor, caches, triggers, settings.nodeName());
    actor.share(PER_DRIVER, key -> driverOf(caches, key));
    var onHost = new OnHost(host, new Places(settings.root()));
    var noted = recorded(neighbours, journal);
    var objects = new KubeVolumeObjects(caches, actor.kube(), actor.events(), settings.nodeName());
    var expansions = new KubeExpansions(actor.kube(), caches.pods(), actor.events(), group.tasks());
    var calls = new VolumeCalls(objects, onHost.places());
    var observer = new VolumeObserver(objects, onHost, noted, settings.nodeName());
    actor.start(
        new VolumeReconciler(
            observer,
            objects,
            new Mounting(objects, onHost, calls, noted, settings),
            new Growing(objects, expansions, calls, noted, settings.rpc()),
            settings.look(),
            journal));
    var sweep = new HostSweep(onHost, triggers, actor::wake, journal);
    var _ = group.start("volumes on this host", () -> sweep.run(group, settings.sweep()));
    return new Volumes(actor, caches, triggers, onHost, observer);
  }

  /// Looks again at the volumes that pods of this node want: a driver has come.
  public void lookAtWanted() {
    triggers.all().forEach(actor::wake);
  }

  /// Looks at every volume of this node again: whether processes may begin here has changed.
  public void lookAtAll() {
    lookAtWanted();
    host.volumeNames().forEach(name -> actor.wake(ObjectKey.cluster(name)));
  }

  /// Volumes that have something on this host, one line each, with what keeps them.
  public List<String> onHost() {
    return host.volumeNames().stream().map(name -> "volume " + name + ": " + keeps(name)).toList();
  }

  private String keeps(String name) {
    try {
      var step = VolumeStep.next(observer.observe(name));
      return step instanceof VolumeStep.Wait(var why)
          ? why
          : (step.what() + " " + step.why()).strip() + " is still to be done";
    } catch (CsiException | HostException | KubeException refused) {
      return String.valueOf(refused.getMessage());
    }
  }

  /// Whether the node's status names no volume in use.
  public boolean toldThatNoneIsInUse() {
    return caches.nodes().all().stream().allMatch(node -> node.volumesInUse().isEmpty());
  }

  private static Actor actor(Group group, Kube kube, Settings settings, Journal journal) {
    var backoff = Actor.Settings.DEFAULT.backoff();
    var how = new Actor.Settings(settings.workers(), backoff, Duration.ZERO);
    return new Actor(group, ACTOR, kube, journal, how);
  }

  /// A driver that hangs hangs alone.
  private static String driverOf(Caches caches, ObjectKey key) {
    return caches.volumes().find(key).map(volume -> volume.csi().driver()).orElse("");
  }

  private static Caches watch(Actor actor, String nodeName) {
    var here = new Selection.Field("spec.nodeName", nodeName, true);
    return new Caches(
        actor.watch(Kinds.POD, new Selection("", List.of(), List.of(here))),
        actor.watch(Kinds.CLAIM, Selection.ALL),
        actor.watch(Kinds.VOLUME, Selection.ALL),
        actor.watch(Kinds.NODE, Selection.of(ObjectKey.cluster(nodeName))),
        actor.watch(Kinds.CSI_DRIVER, Selection.ALL));
  }

  private static void wake(Actor actor, Caches caches, VolumeTriggers triggers, String nodeName) {
    actor.wake(caches.pods(), triggers::pod);
    actor.wake(caches.claims(), triggers::claim);
    actor.wake(caches.volumes(), triggers::volume);
    actor.wake(caches.nodes(), triggers::node);
    actor.wake(caches.drivers(), _ -> triggers.all());
    actor.wake(actor.watch(Kinds.ATTACHMENT, Selection.ALL), triggers::attachment);
    // A driver that comes or goes on this node changes its CSINode.
    var csiNode = actor.watch(Kinds.CSI_NODE, Selection.of(ObjectKey.cluster(nodeName)));
    actor.wake(csiNode, _ -> triggers.all());
  }

  /// The drivers' calls are noted in the journal as this room's.
  private static Neighbours recorded(Neighbours neighbours, Journal journal) {
    return new Neighbours(
        name ->
            neighbours
                .drivers()
                .find(name)
                .map(driver ->
                    new Neighbours.Driver(
                        new RecordedCsi(driver.csi(), ACTOR, journal),
                        driver.stages(),
                        driver.expands(),
                        driver.finerModes())),
        neighbours.processes(),
        neighbours.told());
  }
}
