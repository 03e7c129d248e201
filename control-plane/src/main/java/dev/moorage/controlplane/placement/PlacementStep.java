package dev.moorage.controlplane.placement;

import dev.moorage.base.Backoff;
import dev.moorage.base.Bytes;
import dev.moorage.base.Step;
import dev.moorage.controlplane.placement.Filter.Verdict;
import dev.moorage.kube.PersistentVolume;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// What placement does next for one pod.
sealed interface PlacementStep extends Step {
  /// Nothing to do.
  record Nothing(String why) implements PlacementStep {}

  /// No node fits: says so on the pod, with the reasons of all nodes in one event.
  record Refuse(String message) implements PlacementStep {
    @Override
    public String why() {
      return message;
    }
  }

  /// Every node that fits has just failed to make the volume: waits before the next try.
  record WaitBeforeRetry(String claim, Duration after) implements PlacementStep {
    @Override
    public String why() {
      return "provisioning of " + claim + " has failed on every node that fits";
    }
  }

  /// Writes the node on a claim, which lets its volume be made there.
  record SelectNode(ClaimFact.Delayed claim, String node) implements PlacementStep {
    @Override
    public String why() {
      return claim.name() + " on " + node;
    }
  }

  /// Gives a ready-made volume to a claim.
  record ReserveVolume(ClaimFact.Delayed claim, PersistentVolume volume, String node)
      implements PlacementStep {
    @Override
    public String why() {
      return claim.name() + " on " + node;
    }
  }

  /// Binds the pod: all its claims are bound.
  record BindPod(String node) implements PlacementStep {
    @Override
    public String why() {
      return node;
    }
  }

  /// Decides.
  ///
  /// @param scheduler whose pods are ours
  /// @param retries waits before a node is tried again on which provisioning has failed
  static PlacementStep next(PlacementView view, String scheduler, Backoff retries) {
    var pod = view.pod();
    if (!pod.pod().nodeName().isEmpty()) return new Nothing("pod has a node");
    if (!pod.waits()) return new Nothing("pod has ended or is being deleted");
    if (!pod.scheduler().isEmpty() && !pod.scheduler().equals(scheduler))
      return new Nothing("pod asks for scheduler " + pod.scheduler());
    if (pod.gated()) return new Nothing("scheduling gates hold the pod");
    var obstacle = obstacleEverywhere(view);
    if (obstacle.isPresent()) return refuse(view, obstacle.get());
    var delayed = view.delayed();
    if (!delayed.isEmpty() && delayed.stream().allMatch(ClaimFact.Delayed::decided))
      return new Nothing("waits until its claims are bound");
    return place(view, retries);
  }

  private static Optional<String> obstacleEverywhere(PlacementView view) {
    if (view.nodes().isEmpty()) return Optional.of("no nodes available to schedule pods");
    for (var fact : view.claims())
      if (fact instanceof ClaimFact.Unusable(var why)) return Optional.of(why);
    if (view.claims().stream().anyMatch(ClaimFact.NotBoundYet.class::isInstance))
      return Optional.of("pod has unbound immediate PersistentVolumeClaims");
    return view.exclusiveInUse()
        ? Optional.of(
            "node(s) unavailable due to PersistentVolumeClaim with ReadWriteOncePod access mode"
                + " already in-use by another pod")
        : Optional.empty();
  }

  private static PlacementStep place(PlacementView view, Backoff retries) {
    var filter = new Filter(view);
    var fitting = new ArrayList<Verdict.Fits>();
    var reasons = new TreeMap<String, Integer>();
    for (var node : view.nodes())
      switch (filter.check(node)) {
        case Verdict.Fits fits -> fitting.add(fits);
        case Verdict.Refused(var reason) -> reasons.merge(reason, 1, Integer::sum);
      }
    if (fitting.isEmpty()) return refuse(view, histogram(reasons));
    var undecided = view.delayed().stream().filter(claim -> !claim.decided()).toList();
    if (undecided.isEmpty()) return new BindPod(best(fitting, undecided).node().name());
    return decideClaim(view, undecided, fitting, retries);
  }

  /// One claim at a time; the next look finds it decided, and the others follow to its node.
  private static PlacementStep decideClaim(
      PlacementView view,
      List<ClaimFact.Delayed> undecided,
      List<Verdict.Fits> fitting,
      Backoff retries) {
    var best = best(fitting, undecided);
    var node = best.node().name();
    var claim = undecided.getFirst();
    var volume = Optional.ofNullable(best.volumes().get(claim.name()));
    if (volume.isPresent()) return new ReserveVolume(claim, volume.get(), node);
    var left = claim.tries().left(view.now(), retries);
    if (claim.tries().include(node) && left.isPositive())
      return new WaitBeforeRetry(claim.name(), left);
    return new SelectNode(claim, node);
  }

  /// Nodes that have not failed yet, then the most free capacity, then the name.
  private static Verdict.Fits best(List<Verdict.Fits> fitting, List<ClaimFact.Delayed> undecided) {
    return fitting.stream()
        .min(
            Comparator.comparing((Verdict.Fits it) -> hasFailed(it, undecided))
                .thenComparing(it -> free(it, undecided), Comparator.reverseOrder())
                .thenComparing(it -> it.node().name()))
        .orElseThrow();
  }

  private static boolean hasFailed(Verdict.Fits fits, List<ClaimFact.Delayed> undecided) {
    return undecided.stream().anyMatch(claim -> claim.tries().include(fits.node().name()));
  }

  private static Bytes free(Verdict.Fits fits, List<ClaimFact.Delayed> undecided) {
    return undecided.stream()
        .map(claim -> fits.node().free(claim.storageClass().meta().name()))
        .min(Comparator.naturalOrder())
        .orElse(Bytes.ZERO);
  }

  private static PlacementStep refuse(PlacementView view, String reasons) {
    if (view.nodes().isEmpty()) return new Refuse(reasons);
    return new Refuse("0/" + view.nodes().size() + " nodes are available: " + reasons + ".");
  }

  /// `1 node(s) were unschedulable, 2 node(s) ...`, in the order of the whole texts.
  private static String histogram(Map<String, Integer> reasons) {
    return String.join(
        ", ",
        reasons.entrySet().stream().map(it -> it.getValue() + " " + it.getKey()).sorted().toList());
  }
}
