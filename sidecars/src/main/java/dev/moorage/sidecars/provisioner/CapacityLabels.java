package dev.moorage.sidecars.provisioner;

import dev.moorage.kube.Selection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// The labels by which a provisioner knows its CSIStorageCapacity objects.
///
/// @param managedBy tells the instances of several nodes apart
record CapacityLabels(String driver, String managedBy) {
  private static final String DRIVER = "csi.storage.k8s.io/drivername";
  private static final String MANAGED_BY = "csi.storage.k8s.io/managed-by";
  private static final String BASE = "external-provisioner";
  private static final int MOST = 63;
  private static final int HASH = 8;

  /// The labels of one instance.
  ///
  /// @param node the node it serves; empty for all
  static CapacityLabels of(String driver, String node) {
    return new CapacityLabels(driver, node.isEmpty() ? BASE : shortened(node));
  }

  /// Source: external-provisioner, which shortens the base first, then gives up the node.
  private static String shortened(String node) {
    var whole = BASE + "-" + node;
    if (whole.length() <= MOST) return whole;
    int left = MOST - 2 - HASH - node.length();
    if (left > 0) return BASE.substring(0, left) + "-" + hash(BASE) + "-" + node;
    return whole.substring(0, MOST - 1 - HASH) + "-" + hash(whole);
  }

  /// The documented hash is FNV-1a; nobody but this instance reads the result.
  private static String hash(String text) {
    return String.format("%08x", TopologyChoice.fnv1(text));
  }

  Map<String, String> texts() {
    var labels = new TreeMap<String, String>();
    labels.put(DRIVER, driver);
    labels.put(MANAGED_BY, managedBy);
    return labels;
  }

  Selection selection(String namespace) {
    return new Selection(
        namespace, List.of(equal(DRIVER, driver), equal(MANAGED_BY, managedBy)), List.of());
  }

  private static Selection.Label equal(String key, String text) {
    return new Selection.Label(key, Selection.Label.Test.IN, List.of(text));
  }
}
