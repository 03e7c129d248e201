package dev.moorage.controlplane.placement;

import dev.moorage.base.ObjectKey;
import dev.moorage.controlplane.placement.Candidate.Limit;
import dev.moorage.kube.CsiDriver;
import dev.moorage.kube.CsiNode;
import dev.moorage.kube.PersistentVolume;
import dev.moorage.kube.PersistentVolumeClaim;
import dev.moorage.kube.StorageClass;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Stream;

/// Gathers the facts for one pod out of the caches.
final class PodFacts {
  static final String SELECTED_NODE = "volume.kubernetes.io/selected-node";
  private static final String BIND_COMPLETED = "pv.kubernetes.io/bind-completed";

  private final PlacementCaches caches;
  private final WaitingPod pod;

  PodFacts(PlacementCaches caches, WaitingPod pod) {
    this.caches = caches;
    this.pod = pod;
  }

  PlacementView view(Instant now) {
    return new PlacementView(
        pod,
        pod.pod().claims().stream().distinct().map(this::claim).toList(),
        exclusiveInUse(),
        caches.nodes().all().stream().map(this::candidate).toList(),
        now);
  }

  private ClaimFact claim(String name) {
    var claim = caches.claims().find(new ObjectKey(pod.meta().namespace(), name));
    if (claim.isEmpty())
      return new ClaimFact.Unusable("persistentvolumeclaim \"" + name + "\" not found");
    return fact(claim.get());
  }

  private ClaimFact fact(PersistentVolumeClaim claim) {
    var quoted = "persistentvolumeclaim \"" + claim.meta().name() + "\"";
    if (claim.phase().equals("Lost"))
      return new ClaimFact.Unusable(
          quoted + " bound to non-existent persistentvolume \"" + claim.volumeName() + "\"");
    if (claim.meta().deleting()) return new ClaimFact.Unusable(quoted + " is being deleted");
    if (isBound(claim))
      return caches
          .volumes()
          .find(ObjectKey.cluster(claim.volumeName()))
          .<ClaimFact>map(ClaimFact.Bound::new)
          .orElseGet(ClaimFact.BoundToNothing::new);
    return delayingClass(claim)
        .<ClaimFact>map(it -> delayed(claim, it))
        .orElseGet(ClaimFact.NotBoundYet::new);
  }

  private static boolean isBound(PersistentVolumeClaim claim) {
    return !claim.volumeName().isEmpty() && claim.meta().annotations().containsKey(BIND_COMPLETED);
  }

  private Optional<StorageClass> delayingClass(PersistentVolumeClaim claim) {
    if (claim.className().isEmpty() || !claim.volumeName().isEmpty()) return Optional.empty();
    return caches
        .classes()
        .find(ObjectKey.cluster(claim.className()))
        .filter(StorageClass::waitsForConsumer);
  }

  private ClaimFact delayed(PersistentVolumeClaim claim, StorageClass storageClass) {
    return new ClaimFact.Delayed(
        claim,
        storageClass,
        claim.meta().annotation(SELECTED_NODE),
        Tries.of(claim.meta().annotation(Tries.ANNOTATION)),
        caches
            .drivers()
            .all()
            .find(ObjectKey.cluster(storageClass.provisioner()))
            .filter(CsiDriver::storageCapacity)
            .isPresent(),
        caches.volumes().all().stream().filter(fits(claim)).toList());
  }

  /// Volumes that name the claim, else free ones that could hold it. A claim with a selector takes
  /// only what names it.
  private static Predicate<PersistentVolume> fits(PersistentVolumeClaim claim) {
    return volume ->
        volume.claim().set()
            ? volume.claim().names(claim.meta())
            : !claim.hasSelector()
                && volume.phase().equals("Available")
                && !volume.meta().deleting()
                && volume.className().equals(claim.className())
                && volume.block() == claim.block()
                && !volume.capacity().isBelow(claim.requested())
                && volume.accessModes().containsAll(claim.accessModes());
  }

  private boolean exclusiveInUse() {
    return pod.pod().claims().stream()
        .map(name -> new ObjectKey(pod.meta().namespace(), name))
        .flatMap(key -> caches.claims().find(key).stream())
        .filter(claim -> claim.accessModes().contains("ReadWriteOncePod"))
        .anyMatch(claim -> podsOnNodes().anyMatch(other -> uses(other, claim)));
  }

  private Stream<WaitingPod> podsOnNodes() {
    return caches.pods().all().stream()
        .filter(other -> !other.pod().nodeName().isEmpty() && !other.pod().ended());
  }

  private static boolean uses(WaitingPod other, PersistentVolumeClaim claim) {
    return other.meta().namespace().equals(claim.meta().namespace())
        && other.pod().claims().contains(claim.meta().name());
  }

  private Candidate candidate(TaintedNode node) {
    return new Candidate(
        node,
        caches.drivers().capacities().all().stream()
            .filter(it -> it.reachableFrom(node.meta().labels()))
            .toList(),
        limits(node.meta().name()));
  }

  private Map<String, Limit> limits(String node) {
    var limits = new LinkedHashMap<String, Limit>();
    for (var driver : driversOn(node))
      if (driver.limit() > 0)
        limits.put(driver.name(), new Limit(driver.limit(), present(node, driver.name())));
    return limits;
  }

  private List<CsiNode.Driver> driversOn(String node) {
    return caches
        .drivers()
        .onNodes()
        .find(ObjectKey.cluster(node))
        .map(CsiNode::drivers)
        .orElse(List.of());
  }

  /// Handles of the driver's volumes that pods on the node use, or that are attached to it.
  private Set<String> present(String node, String driver) {
    var handles = new TreeSet<String>();
    podsOnNodes()
        .filter(other -> other.pod().nodeName().equals(node))
        .flatMap(other ->
            other.pod().claims().stream()
                .map(name -> new ObjectKey(other.meta().namespace(), name)))
        .flatMap(key -> caches.claims().find(key).stream())
        .forEach(claim -> addHandle(handles, claim.volumeName(), driver));
    caches.drivers().attachments().all().stream()
        .filter(it -> it.nodeName().equals(node) && it.attacher().equals(driver))
        .forEach(it -> addHandle(handles, it.volumeName(), driver));
    return handles;
  }

  private void addHandle(Set<String> handles, String volumeName, String driver) {
    if (volumeName.isEmpty()) return;
    caches
        .volumes()
        .find(ObjectKey.cluster(volumeName))
        .filter(volume -> volume.csi().driver().equals(driver))
        .ifPresent(volume -> handles.add(volume.csi().handle()));
  }
}
