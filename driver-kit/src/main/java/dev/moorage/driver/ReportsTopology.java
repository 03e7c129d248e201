package dev.moorage.driver;

import dev.moorage.csi.Topology;

/// Has volumes that can be reached from one place only (VOLUME_ACCESSIBILITY_CONSTRAINTS).
public interface ReportsTopology extends Backend {

  /// The place of this node, and of every volume of this driver instance.
  Topology here();
}
