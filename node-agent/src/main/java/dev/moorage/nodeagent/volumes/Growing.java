package dev.moorage.nodeagent.volumes;

import dev.moorage.base.Bytes;
import dev.moorage.base.ObjectKey;
import dev.moorage.controller.Outcome;
import dev.moorage.csi.Certainty;
import dev.moorage.csi.CsiException;
import dev.moorage.csi.CsiException.Code;
import dev.moorage.csi.NodeExpandVolume;
import dev.moorage.kube.KubeException;
import dev.moorage.kube.PersistentVolume;
import dev.moorage.kube.PersistentVolumeClaim;
import dev.moorage.nodeagent.volumes.Neighbours.Driver;
import dev.moorage.nodeagent.volumes.VolumeView.PodUse;
import java.time.Duration;
import java.util.List;

/// The steps of a claim's growth on this node. Source: the kubelet's `NodeExpander`.
final class Growing {
  /// After FAILED_PRECONDITION: the volume must not be in use, and it is.
  private static final Duration SLOWLY = Duration.ofMinutes(2);

  private final VolumeObjects objects;
  private final Expansions expansions;
  private final VolumeCalls calls;
  private final Neighbours neighbours;
  private final Duration rpc;

  Growing(
      VolumeObjects objects,
      Expansions expansions,
      VolumeCalls calls,
      Neighbours neighbours,
      Duration rpc) {
    this.objects = objects;
    this.expansions = expansions;
    this.calls = calls;
    this.neighbours = neighbours;
    this.rpc = rpc;
  }

  void markExpanding(String name) {
    expansions.markExpanding(claim(volume(name)));
  }

  /// Calls the driver, then gives the claim its size. A crash in between repeats the call, which a
  /// driver answers at once when the volume has the size already.
  Outcome expand(String name, PodUse pod, Bytes target, List<ObjectKey> pods) {
    var volume = volume(name);
    var claim = claim(volume);
    var driver = driver(volume.csi().driver());
    var call = calls.expand(volume, driver, pod, target);
    try {
      var _ = driver.csi().call(call, rpc);
    } catch (CsiException refused) {
      return refused(call, claim, refused, pods);
    }
    expansions.finish(claim, target, pods);
    return Outcome.nextStep();
  }

  /// Nothing on this node can grow it.
  void cannot(String name, String why, List<ObjectKey> pods) {
    var volume = volume(name);
    expansions.waits(claim(volume), "driver " + volume.csi().driver() + ": " + why, pods);
  }

  private Outcome refused(
      NodeExpandVolume call,
      PersistentVolumeClaim claim,
      CsiException refused,
      List<ObjectKey> pods) {
    var certainty = Certainty.of(call, refused.code());
    var told = refused.code() + ": " + refused.getMessage();
    if (certainty == Certainty.MAYBE_RUNNING) {
      expansions.waits(claim, told, pods);
      throw refused;
    }
    boolean mustBeIdle = refused.code() == Code.FAILED_PRECONDITION;
    boolean smallerWish = claim.requested().isBelow(claim.allocated());
    boolean infeasible = (certainty == Certainty.HOPELESS && !mustBeIdle) || smallerWish;
    expansions.failed(claim, infeasible, told, pods);
    if (certainty == Certainty.HOPELESS) return new Outcome.Again(SLOWLY);
    throw refused;
  }

  private Driver driver(String name) {
    return VolumeCalls.driver(neighbours.drivers().find(name), name);
  }

  private PersistentVolume volume(String name) {
    return objects.volume(name).orElseThrow(() -> gone("PersistentVolume " + name));
  }

  private PersistentVolumeClaim claim(PersistentVolume volume) {
    return objects
        .claim(volume.claim().key())
        .orElseThrow(() -> gone("PersistentVolumeClaim " + volume.claim().key()));
  }

  private static KubeException gone(String what) {
    return new KubeException(KubeException.Reason.NotFound, what + " has just gone");
  }
}
