package dev.moorage.controlplane.placement;

import dev.moorage.base.Bytes;
import dev.moorage.kube.StorageCapacity;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// What counts of one node.
///
/// @param capacities the capacity objects that reach it
/// @param limits per driver that has one
record Candidate(TaintedNode node, List<StorageCapacity> capacities, Map<String, Limit> limits) {

  Candidate {
    capacities = List.copyOf(capacities);
    limits = new LinkedHashMap<>(limits);
  }

  /// How many volumes of a driver the node takes.
  ///
  /// @param present handles of the volumes that are there or on their way
  record Limit(long most, Set<String> present) {}

  String name() {
    return node.meta().name();
  }

  Map<String, String> labels() {
    return node.meta().labels();
  }

  /// Whether one volume of this size could be made here.
  boolean takes(String className, Bytes size) {
    return capacities.stream()
        .filter(it -> it.className().equals(className))
        .anyMatch(it -> !it.limit().isBelow(size));
  }

  /// What all volumes of a class together may take here; zero where it is not told.
  Bytes free(String className) {
    return capacities.stream()
        .filter(it -> it.className().equals(className))
        .map(StorageCapacity::capacity)
        .reduce(Bytes.ZERO, Bytes::plus);
  }
}
