package dev.moorage.controlplane.placement;

import dev.moorage.base.Bytes;
import dev.moorage.kube.PersistentVolume;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Whether a pod can run on a node, as far as placement looks. Reasons are in the words of
/// kube-scheduler 1.36 (`NodeUnschedulable`, `TaintToleration`, `NodeAffinity`, `NodeVolumeLimits`,
/// `VolumeBinding`), whose order is kept; only "were not ready" is ours, for nodes that nobody
/// taints.
final class Filter {
  private static final String BIND_CONFLICT =
      "node(s) didn't find available persistent volumes to bind";

  private final PlacementView view;

  Filter(PlacementView view) {
    this.view = view;
  }

  /// The answer for one node.
  sealed interface Verdict {
    /// The pod can run there.
    ///
    /// @param volumes ready-made volumes that the claims would take there, by claim name; the
    ///   others are provisioned
    record Fits(Candidate node, Map<String, PersistentVolume> volumes) implements Verdict {}

    /// The pod cannot run there.
    record Refused(String reason) implements Verdict {}
  }

  Verdict check(Candidate node) {
    var refusal =
        byNode(node)
            .or(() -> byLimits(node))
            .or(() -> byBoundClaims(node))
            .or(() -> byDecidedClaims(node));
    if (refusal.isPresent()) return new Verdict.Refused(refusal.get());
    return byFreeClaims(node);
  }

  private Optional<String> byNode(Candidate candidate) {
    var node = candidate.node().node();
    var pod = view.pod();
    if (node.unschedulable() && !pod.tolerates(Taint.UNSCHEDULABLE))
      return Optional.of("node(s) were unschedulable");
    if (!node.ready()) return Optional.of("node(s) were not ready");
    var taint =
        candidate.node().taints().stream()
            .filter(it -> it.repels() && !pod.tolerates(it))
            .findFirst();
    if (taint.isPresent()) return Optional.of("node(s) had untolerated taint " + taint.get());
    boolean selected =
        candidate.labels().entrySet().containsAll(pod.pod().nodeSelector().entrySet());
    return selected
        ? Optional.empty()
        : Optional.of("node(s) didn't match Pod's node affinity/selector");
  }

  private Optional<String> byLimits(Candidate candidate) {
    for (var wanted : volumesByDriver().entrySet()) {
      var limit = Optional.ofNullable(candidate.limits().get(wanted.getKey()));
      if (limit.isEmpty()) continue;
      var all = new LinkedHashSet<>(limit.get().present());
      boolean more = all.addAll(wanted.getValue());
      if (more && all.size() > limit.get().most())
        return Optional.of("node(s) exceed max volume count");
    }
    return Optional.empty();
  }

  /// A volume that is yet to be made counts under its claim's name.
  private Map<String, Set<String>> volumesByDriver() {
    var volumes = new LinkedHashMap<String, Set<String>>();
    for (var fact : view.claims()) {
      if (fact instanceof ClaimFact.Bound(var volume) && !volume.csi().driver().isEmpty())
        add(volumes, volume.csi().driver(), volume.csi().handle());
      if (fact instanceof ClaimFact.Delayed delayed)
        add(volumes, delayed.driver(), delayed.claim().key().toString());
    }
    return volumes;
  }

  private static void add(Map<String, Set<String>> volumes, String driver, String handle) {
    volumes.computeIfAbsent(driver, _ -> new LinkedHashSet<>()).add(handle);
  }

  private Optional<String> byBoundClaims(Candidate node) {
    for (var fact : view.claims()) {
      if (fact instanceof ClaimFact.BoundToNothing)
        return Optional.of(
            "node(s) unavailable due to one or more pvc(s) bound to non-existent pv(s)");
      if (fact instanceof ClaimFact.Bound(var volume) && !volume.reachableFrom(node.labels()))
        return Optional.of("node(s) didn't match PersistentVolume's node affinity");
    }
    return Optional.empty();
  }

  private Optional<String> byDecidedClaims(Candidate node) {
    for (var claim : view.delayed()) {
      boolean elsewhere =
          !claim.selectedNode().isEmpty() && !claim.selectedNode().equals(node.name());
      boolean outOfReach =
          claim.reserved().filter(volume -> !volume.reachableFrom(node.labels())).isPresent();
      if (elsewhere || outOfReach) return Optional.of(BIND_CONFLICT);
    }
    return Optional.empty();
  }

  private Verdict byFreeClaims(Candidate node) {
    var free = view.delayed().stream().filter(claim -> !claim.decided()).toList();
    var volumes = readyMade(node, free);
    var made = free.stream().filter(claim -> !volumes.containsKey(claim.name())).toList();
    for (var claim : made)
      if (!provisionable(node, claim)) return new Verdict.Refused(BIND_CONFLICT);
    return hasRoom(node, made)
        ? new Verdict.Fits(node, volumes)
        : new Verdict.Refused("node(s) did not have enough free storage");
  }

  /// Smallest claims first, each takes the smallest volume that is left for it.
  private static Map<String, PersistentVolume> readyMade(
      Candidate node, List<ClaimFact.Delayed> claims) {
    var taken = new LinkedHashMap<String, PersistentVolume>();
    var bySize = new ArrayList<>(claims);
    bySize.sort(Comparator.comparing((ClaimFact.Delayed it) -> it.claim().requested()));
    for (var claim : bySize)
      claim.volumes().stream()
          .filter(volume -> volume.reachableFrom(node.labels()) && !taken.containsValue(volume))
          .min(
              Comparator.comparing(PersistentVolume::capacity).thenComparing(PersistentVolume::key))
          .ifPresent(volume -> taken.put(claim.name(), volume));
    return taken;
  }

  private static boolean provisionable(Candidate node, ClaimFact.Delayed claim) {
    var driver = claim.driver();
    if (driver.isEmpty() || driver.equals("kubernetes.io/no-provisioner")) return false;
    var allowed = claim.storageClass().allowedTopologies();
    return allowed.isEmpty()
        || allowed.stream()
            .anyMatch(term ->
                term.entrySet().stream()
                    .allMatch(it ->
                        it.getValue().contains(node.labels().getOrDefault(it.getKey(), "\0"))));
  }

  /// Each claim for itself, as upstream, and the claims of one driver together. Once one claim of
  /// the pod has its node, the others follow it unasked: what was made already is missing from the
  /// capacity told, and would be counted twice.
  private boolean hasRoom(Candidate node, List<ClaimFact.Delayed> claims) {
    if (view.delayed().stream().anyMatch(ClaimFact.Delayed::decided)) return true;
    var tracked = claims.stream().filter(ClaimFact.Delayed::tracked).toList();
    var together = new LinkedHashMap<String, Bytes>();
    var free = new LinkedHashMap<String, Bytes>();
    for (var claim : tracked) {
      var size = claim.claim().requested();
      var className = claim.storageClass().meta().name();
      if (!size.isZero() && !node.takes(className, size)) return false;
      together.merge(claim.driver(), size, Bytes::plus);
      free.merge(claim.driver(), node.free(className), Bytes::max);
    }
    return together.entrySet().stream()
        .noneMatch(it -> isLess(free.getOrDefault(it.getKey(), Bytes.ZERO), it.getValue()));
  }

  private static boolean isLess(Bytes free, Bytes wanted) {
    return !free.isZero() && free.isBelow(wanted);
  }
}
