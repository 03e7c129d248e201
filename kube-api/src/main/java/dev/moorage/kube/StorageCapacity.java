package dev.moorage.kube;

import dev.moorage.base.Bytes;
import java.util.Map;

/// A CSIStorageCapacity: how much a driver could still make, of one class, in one topology.
///
/// @param className the StorageClass
/// @param topology the `matchLabels` of the node topology
/// @param hasTopology whether a topology is set at all (without one no node has access)
/// @param capacity available amount; zero where it is not known
/// @param maximum largest single volume; zero where it is not known
public record StorageCapacity(
    Meta meta,
    String className,
    Map<String, String> topology,
    boolean hasTopology,
    Bytes capacity,
    Bytes maximum)
    implements View {

  /// Reads a capacity object.
  public static StorageCapacity of(Tree tree) {
    return new StorageCapacity(
        Meta.of(tree),
        tree.text("storageClassName"),
        tree.textMap("nodeTopology", "matchLabels"),
        !tree.at("nodeTopology").isNothing(),
        Quantities.of(tree.at("capacity")),
        Quantities.of(tree.at("maximumVolumeSize")));
  }

  /// The largest request it can serve.
  public Bytes limit() {
    return maximum.isZero() ? capacity : maximum;
  }

  /// Whether a node with these labels has access.
  public boolean reachableFrom(Map<String, String> labels) {
    return hasTopology && labels.entrySet().containsAll(topology.entrySet());
  }
}
