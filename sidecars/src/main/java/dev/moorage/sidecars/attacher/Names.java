package dev.moorage.sidecars.attacher;

/// Names that the attacher writes on objects.
final class Names {
  /// The attachment's annotation with the node id that was used to attach.
  static final String NODE_ID = "csi.alpha.kubernetes.io/node-id";

  private Names() {}

  /// The finalizer of a driver's attacher, on attachments and on volumes.
  ///
  /// Source: external-attacher, `GetFinalizerName`.
  static String finalizer(String driver) {
    var clean = driver.replaceAll("[^a-zA-Z0-9-]", "-");
    return "external-attacher/" + (clean.endsWith("-") ? clean + "X" : clean);
  }
}
