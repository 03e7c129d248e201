package dev.moorage.controlplane.placement;

import static org.assertj.core.api.Assertions.assertThat;

import dev.moorage.base.Backoff;
import dev.moorage.controlplane.Objects;
import dev.moorage.controlplane.Objects.Made;
import dev.moorage.controlplane.placement.Candidate.Limit;
import dev.moorage.kube.Node;
import dev.moorage.kube.PersistentVolume;
import dev.moorage.kube.PersistentVolumeClaim;
import dev.moorage.kube.Pod;
import dev.moorage.kube.StorageCapacity;
import dev.moorage.kube.StorageClass;
import dev.moorage.kube.Tree;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PlacementStepTest {
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
  private static final Backoff RETRIES = new Backoff(Duration.ofSeconds(1), Duration.ofMinutes(1));

  private final Made<Pod> pod = Objects.pod();
  private final Made<Node> a = Objects.node("a");
  private final Made<Node> b = Objects.node("b");
  private final ClaimFact.Delayed free = delayed("data", "1Gi", "", Tries.NONE);
  private final ClaimFact bound = new ClaimFact.Bound(Objects.volume("pv-1").view());

  @Test
  void the_node_with_the_most_free_capacity_is_selected_then_the_first_by_name() {
    check(List.of(free), List.of(with(a, "2Gi"), with(b, "3Gi")), select(free, "b"));
    check(List.of(free), List.of(with(a, "3Gi"), with(b, "3Gi")), select(free, "a"));
  }

  @Test
  void a_node_without_room_is_refused() {
    check(List.of(free), List.of(with(a, "1Mi"), with(b, "1Gi")), select(free, "b"));
  }

  @Test
  void the_reasons_of_all_nodes_are_one_message() {
    var cordoned = a.with(Tree.of(true), "spec", "unschedulable");
    check(
        List.of(free),
        List.of(with(cordoned, "9Gi"), with(b, "1Mi")),
        refuse(
            "0/2 nodes are available: 1 node(s) did not have enough free storage, 1 node(s) were"
                + " unschedulable."));
  }

  @Test
  void the_claims_of_one_pod_are_counted_together() {
    var first = delayed("one", "2Gi", "", Tries.NONE);
    var second = delayed("two", "2Gi", "", Tries.NONE);
    check(List.of(first, second), List.of(with(a, "3Gi"), with(b, "4Gi")), select(first, "b"));
    check(
        List.of(first, second),
        List.of(with(a, "3Gi")),
        refuse("0/1 nodes are available: 1 node(s) did not have enough free storage."));
  }

  @Test
  void a_second_claim_follows_the_first_to_its_node_whatever_is_told_to_be_free() {
    var first = delayed("one", "2Gi", "a", Tries.NONE);
    var second = delayed("two", "2Gi", "", Tries.NONE);
    check(List.of(first, second), List.of(with(a, "1Mi"), with(b, "9Gi")), select(second, "a"));
  }

  @Test
  void a_pod_waits_until_its_decided_claims_are_bound_and_is_then_bound_itself() {
    var decided = delayed("data", "1Gi", "a", Tries.NONE);
    check(
        List.of(decided),
        List.of(with(a, "0")),
        new PlacementStep.Nothing("waits until its claims are bound"));
    check(List.of(bound), List.of(with(a, "0")), new PlacementStep.BindPod("a"));
    check(List.of(), List.of(with(b, "0"), with(a, "0")), new PlacementStep.BindPod("a"));
  }

  @Test
  void a_node_that_has_failed_comes_last_and_after_a_wait() {
    var failed = delayed("data", "1Gi", "", Tries.NONE.and("a", NOW));
    check(List.of(failed), List.of(with(a, "9Gi"), with(b, "2Gi")), select(failed, "b"));
    check(
        List.of(failed),
        List.of(with(a, "9Gi")),
        new PlacementStep.WaitBeforeRetry("data", Duration.ofSeconds(1)));
    var longAgo = delayed("data", "1Gi", "", Tries.NONE.and("a", NOW.minusSeconds(2)));
    check(List.of(longAgo), List.of(with(a, "9Gi")), select(longAgo, "a"));
  }

  @Test
  void a_ready_made_volume_on_the_node_is_reserved() {
    var volume = onNode(Objects.volume("pv-a"), "a");
    var claim =
        new ClaimFact.Delayed(
            Objects.claim().view(), noProvisioner(), "", Tries.NONE, false, List.of(volume));
    check(
        List.of(claim),
        List.of(with(b, "0"), with(a, "0")),
        new PlacementStep.ReserveVolume(claim, volume, "a"));
    check(
        List.of(claim),
        List.of(with(b, "0")),
        refuse(
            "0/1 nodes are available: 1 node(s) didn't find available persistent volumes to"
                + " bind."));
  }

  @Test
  void a_bound_volume_keeps_the_pod_where_it_can_be_reached() {
    var local = new ClaimFact.Bound(onNode(Objects.volume("pv-1"), "b"));
    check(List.of(local), List.of(with(a, "0"), with(b, "0")), new PlacementStep.BindPod("b"));
    check(
        List.of(local),
        List.of(with(a, "0")),
        refuse(
            "0/1 nodes are available: 1 node(s) didn't match PersistentVolume's node affinity."));
  }

  @Test
  void claims_that_nobody_can_use_are_named() {
    check(
        List.of(new ClaimFact.NotBoundYet()),
        List.of(with(a, "0")),
        refuse("0/1 nodes are available: pod has unbound immediate PersistentVolumeClaims."));
    check(
        List.of(new ClaimFact.Unusable("persistentvolumeclaim \"data\" not found")),
        List.of(with(a, "0")),
        refuse("0/1 nodes are available: persistentvolumeclaim \"data\" not found."));
    check(
        List.of(new ClaimFact.BoundToNothing()),
        List.of(with(a, "0")),
        refuse(
            "0/1 nodes are available: 1 node(s) unavailable due to one or more pvc(s) bound to"
                + " non-existent pv(s)."));
    check(List.of(), List.of(), refuse("no nodes available to schedule pods"));
  }

  @Test
  void node_selector_taints_and_readiness_count() {
    var picky = pod.with("b", "spec", "nodeSelector", "host");
    assertThat(next(picky, List.of(), List.of(with(a, "0"), with(b, "0"))))
        .isEqualTo(new PlacementStep.BindPod("b"));
    var taint = Tree.object("key", "gpu", "value", "yes", "effect", "NoSchedule");
    var tainted = a.with(Tree.list(List.of(taint)), "spec", "taints");
    check(
        List.of(),
        List.of(with(tainted, "0")),
        refuse("0/1 nodes are available: 1 node(s) had untolerated taint {gpu: yes}."));
    var toleration = Tree.object("key", "gpu", "operator", "Exists");
    var tolerant = pod.with(Tree.list(List.of(toleration)), "spec", "tolerations");
    assertThat(next(tolerant, List.of(), List.of(with(tainted, "0"))))
        .isEqualTo(new PlacementStep.BindPod("a"));
    check(
        List.of(),
        List.of(with(a.without("status"), "0")),
        refuse("0/1 nodes are available: 1 node(s) were not ready."));
  }

  @Test
  void a_node_takes_no_more_volumes_than_it_says() {
    var full =
        new Candidate(
            a.as(TaintedNode.KIND).view(),
            List.of(),
            Map.of(Objects.DRIVER, new Limit(1, Set.of("handle-other"))));
    check(
        List.of(bound),
        List.of(full),
        refuse("0/1 nodes are available: 1 node(s) exceed max volume count."));
    var there =
        new Candidate(
            a.as(TaintedNode.KIND).view(),
            List.of(),
            Map.of(Objects.DRIVER, new Limit(1, Set.of("handle-pv-1"))));
    check(List.of(bound), List.of(there), new PlacementStep.BindPod("a"));
  }

  @Test
  void pods_that_are_not_ours_or_have_a_node_are_left_alone() {
    for (var other :
        List.of(
            pod.with("a", "spec", "nodeName"),
            pod.deleting(),
            pod.with("Succeeded", "status", "phase"),
            pod.with("mine", "spec", "schedulerName"),
            pod.with(Tree.list(List.of(Tree.object("name", "wait"))), "spec", "schedulingGates")))
      assertThat(next(other, List.of(), List.of(with(a, "0"))))
          .isInstanceOf(PlacementStep.Nothing.class);
  }

  @Test
  void an_exclusive_claim_in_use_refuses_the_pod() {
    var view =
        new PlacementView(
            pod.as(WaitingPod.KIND).view(), List.of(bound), true, List.of(with(a, "0")), NOW);
    assertThat(PlacementStep.next(view, "default-scheduler", RETRIES).why())
        .contains("ReadWriteOncePod");
  }

  private static PlacementStep select(ClaimFact.Delayed claim, String node) {
    return new PlacementStep.SelectNode(claim, node);
  }

  private static PlacementStep refuse(String message) {
    return new PlacementStep.Refuse(message);
  }

  private static ClaimFact.Delayed delayed(
      String name, String size, String selectedNode, Tries tries) {
    Made<PersistentVolumeClaim> claim =
        Objects.claim()
            .with(name, "metadata", "name")
            .with(size, "spec", "resources", "requests", "storage");
    return new ClaimFact.Delayed(
        claim.view(), Objects.storageClass(true).view(), selectedNode, tries, true, List.of());
  }

  private static StorageClass noProvisioner() {
    return Objects.storageClass(true).with("kubernetes.io/no-provisioner", "provisioner").view();
  }

  private static PersistentVolume onNode(Made<PersistentVolume> volume, String node) {
    var expression =
        Tree.object("key", "host", "operator", "In", "values", Tree.texts(List.of(node)));
    var term = Tree.object("matchExpressions", Tree.list(List.of(expression)));
    return volume
        .with(Tree.list(List.of(term)), "spec", "nodeAffinity", "required", "nodeSelectorTerms")
        .view();
  }

  private static Candidate with(Made<Node> node, String... capacities) {
    var name = node.view().meta().name();
    List<StorageCapacity> told =
        Arrays.stream(capacities).map(it -> Objects.capacity(name, it).view()).toList();
    return new Candidate(node.as(TaintedNode.KIND).view(), told, Map.of());
  }

  private void check(List<ClaimFact> claims, List<Candidate> nodes, PlacementStep expected) {
    assertThat(next(pod, claims, nodes)).isEqualTo(expected);
  }

  private static PlacementStep next(
      Made<Pod> pod, List<? extends ClaimFact> claims, List<Candidate> nodes) {
    var view =
        new PlacementView(pod.as(WaitingPod.KIND).view(), List.copyOf(claims), false, nodes, NOW);
    return PlacementStep.next(view, "default-scheduler", RETRIES);
  }
}
