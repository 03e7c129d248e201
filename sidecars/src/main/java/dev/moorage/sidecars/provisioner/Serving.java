package dev.moorage.sidecars.provisioner;

import dev.moorage.csi.KnownDriver;

/// Whom this provisioner works for, and how.
record Serving(KnownDriver.Facts driver, Provisioner.Settings settings) {

  /// Whether this instance serves one node only.
  boolean onOneNode() {
    return !settings.nodeName().isEmpty();
  }

  /// Whether a node is this instance's business.
  boolean covers(String node) {
    return !onOneNode() || settings.nodeName().equals(node);
  }
}
