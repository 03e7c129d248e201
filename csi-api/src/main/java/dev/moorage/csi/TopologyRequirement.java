package dev.moorage.csi;

import java.util.List;

/// From where a new volume must be reachable.
///
/// @param requisite alternatives; the volume must be reachable from at least one of them
/// @param preferred the same in order of preference
public record TopologyRequirement(List<Topology> requisite, List<Topology> preferred) {
  /// No requirement.
  public static final TopologyRequirement NONE = new TopologyRequirement(List.of(), List.of());

  public TopologyRequirement {
    requisite = List.copyOf(requisite);
    preferred = List.copyOf(preferred);
  }
}
