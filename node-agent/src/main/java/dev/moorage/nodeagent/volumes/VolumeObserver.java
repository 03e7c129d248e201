package dev.moorage.nodeagent.volumes;

import dev.moorage.base.ObjectKey;
import dev.moorage.csi.CsiException;
import dev.moorage.csi.VolumeId;
import dev.moorage.host.Mounts.Mount;
import dev.moorage.kube.CsiDriver;
import dev.moorage.kube.PersistentVolume;
import dev.moorage.kube.PersistentVolumeClaim;
import dev.moorage.kube.Pod;
import dev.moorage.nodeagent.volumes.VolumeView.Attachment;
import dev.moorage.nodeagent.volumes.VolumeView.DriverSide;
import dev.moorage.nodeagent.volumes.VolumeView.Growth;
import dev.moorage.nodeagent.volumes.VolumeView.PodUse;
import dev.moorage.nodeagent.volumes.VolumeView.Shown;
import dev.moorage.nodeagent.volumes.VolumeView.Source;
import dev.moorage.nodeagent.volumes.VolumeView.Staged;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/// Gathers the facts of one volume: from the API, from this host, from the neighbours.
final class VolumeObserver {
  private final VolumeObjects objects;
  private final OnHost host;
  private final Neighbours neighbours;
  private final String nodeName;

  VolumeObserver(VolumeObjects objects, OnHost host, Neighbours neighbours, String nodeName) {
    this.objects = objects;
    this.host = host;
    this.neighbours = neighbours;
    this.nodeName = nodeName;
  }

  VolumeView observe(String name) {
    var volume = objects.volume(name);
    var claim = volume.filter(v -> v.claim().set()).flatMap(v -> objects.claim(v.claim().key()));
    var mounts = host.mounts();
    // The pods' fate is read first: only then an answer "no process may run" is final.
    var pods = pods(name, volume, claim, mounts);
    var source = source(name, volume, claim);
    var identity = identity(source);
    var unique = identity.map(Identity::uniqueName).orElse("");
    boolean inUse = objects.node().filter(node -> node.volumesInUse().contains(unique)).isPresent();
    return new VolumeView(
        source,
        pods,
        inUse,
        inUse ? attachment(identity.orElseThrow(), pods) : new Attachment.NotNeeded(),
        identity.map(found -> host.staged(found, mounts)).orElse(Staged.NOWHERE),
        driver(identity));
  }

  private Source source(
      String name, Optional<PersistentVolume> volume, Optional<PersistentVolumeClaim> claim) {
    if (volume.isEmpty())
      return host.identity(name).<Source>map(Source.OnHost::new).orElseGet(Source.Nowhere::new);
    var csi = volume.get().csi();
    var driver = objects.driver(csi.driver());
    return new Source.OnApi(
        new Identity(name, csi.driver(), new VolumeId(csi.handle())),
        VolumeFacts.problem(volume.get(), objects.node(), driver),
        VolumeFacts.onePodOnly(volume.get()),
        claim
            .filter(bound -> VolumeFacts.bound(bound, volume.get()))
            .map(bound -> VolumeFacts.growth(bound, volume.get()))
            .orElseGet(Growth.None::new));
  }

  private static Optional<Identity> identity(Source source) {
    return switch (source) {
      case Source.OnApi(var identity, _, _, _) -> Optional.of(identity);
      case Source.OnHost(var identity) -> Optional.of(identity);
      case Source.Nowhere() -> Optional.empty();
    };
  }

  /// Pods of the API in the order of their keys, then those that only this host remembers.
  private List<PodUse> pods(
      String name,
      Optional<PersistentVolume> volume,
      Optional<PersistentVolumeClaim> claim,
      List<Mount> mounts) {
    boolean bound =
        volume.isPresent() && claim.isPresent() && VolumeFacts.bound(claim.get(), volume.get());
    var onHost = new TreeSet<>(host.podsWith(name));
    var uses = new ArrayList<PodUse>();
    for (Pod pod : objects.pods()) {
      boolean remembered = onHost.remove(pod.meta().uid());
      boolean asks = bound && uses(pod, claim.orElseThrow());
      if (asks || remembered) uses.add(use(pod, name, asks, claim, mounts));
    }
    for (String uid : onHost) uses.add(stranger(uid, name, mounts));
    return uses;
  }

  private static boolean uses(Pod pod, PersistentVolumeClaim claim) {
    return pod.meta().namespace().equals(claim.meta().namespace())
        && VolumeFacts.mounts(pod, claim.meta().name());
  }

  private PodUse use(
      Pod pod,
      String name,
      boolean asks,
      Optional<PersistentVolumeClaim> claim,
      List<Mount> mounts) {
    boolean lives = !pod.ended() && !pod.meta().deleting();
    boolean wants = asks && lives && neighbours.processes().mayBegin();
    boolean readOnly = asks && VolumeFacts.readOnly(pod, claim.orElseThrow().meta().name());
    var shown = host.shown(pod.meta().uid(), name, mounts);
    return new PodUse(
        pod.meta().uid(),
        pod.key(),
        wants,
        mayRun(pod.meta().uid(), wants, shown),
        readOnly,
        shown);
  }

  private PodUse stranger(String uid, String name, List<Mount> mounts) {
    var shown = host.shown(uid, name, mounts);
    return new PodUse(
        uid, ObjectKey.cluster("unknown"), false, mayRun(uid, false, shown), false, shown);
  }

  private boolean mayRun(String uid, boolean wants, Shown shown) {
    return wants || (shown != Shown.NOWHERE && neighbours.processes().mayRun(uid));
  }

  /// Read live, and only while something is to be mounted: the cache may tell to look, never that a
  /// mount may begin. The node was reported in use before; the controller takes the volume off the
  /// list before it looks there, so one of both sees the other.
  private Attachment attachment(Identity volume, List<PodUse> pods) {
    boolean toMount = pods.stream().anyMatch(pod -> pod.wants() && pod.shown() != Shown.MOUNTED);
    boolean required = objects.driver(volume.driver()).map(CsiDriver::attachRequired).orElse(true);
    if (!toMount || !required) return new Attachment.NotNeeded();
    var name = Places.attachmentName(volume.driver(), volume.volume(), nodeName);
    return VolumeFacts.attachment(listed(volume), objects.attachmentNow(name));
  }

  private boolean listed(Identity volume) {
    return objects
        .nodeNow()
        .filter(node -> node.volumesInUse().contains(volume.uniqueName()))
        .filter(node -> node.volumesAttached().containsKey(volume.uniqueName()))
        .isPresent();
  }

  private DriverSide driver(Optional<Identity> volume) {
    var name = volume.map(Identity::driver).orElse("");
    try {
      return neighbours
          .drivers()
          .find(name)
          .<DriverSide>map(driver -> new DriverSide.Here(driver.stages(), driver.expands()))
          .orElseGet(() -> new DriverSide.NotHere(absent(name)));
    } catch (CsiException silent) {
      return new DriverSide.NotHere(silent.code() + ": " + silent.getMessage());
    }
  }

  static String absent(String driver) {
    return "driver name " + driver + " not found in the list of registered CSI drivers";
  }
}
