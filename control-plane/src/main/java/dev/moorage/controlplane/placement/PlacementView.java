package dev.moorage.controlplane.placement;

import java.time.Instant;
import java.util.List;

/// What placement knows for one pod.
///
/// @param claims its claims, in the order of its volumes
/// @param exclusiveInUse whether another pod on a node uses one of its ReadWriteOncePod claims
/// @param nodes all nodes, by name
record PlacementView(
    WaitingPod pod,
    List<ClaimFact> claims,
    boolean exclusiveInUse,
    List<Candidate> nodes,
    Instant now) {

  PlacementView {
    claims = List.copyOf(claims);
    nodes = List.copyOf(nodes);
  }

  /// The claims that wait for a node.
  List<ClaimFact.Delayed> delayed() {
    return claims.stream()
        .filter(ClaimFact.Delayed.class::isInstance)
        .map(ClaimFact.Delayed.class::cast)
        .toList();
  }
}
