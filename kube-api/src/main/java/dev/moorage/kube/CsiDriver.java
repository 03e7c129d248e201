package dev.moorage.kube;

import java.util.List;

/// A CSIDriver: what Kubernetes must know of a driver. Defaults as the API server sets them.
public record CsiDriver(
    Meta meta,
    boolean attachRequired,
    boolean podInfoOnMount,
    boolean storageCapacity,
    String fsGroupPolicy,
    List<String> lifecycleModes,
    boolean requiresRepublish)
    implements View {

  /// Reads a driver object.
  public static CsiDriver of(Tree tree) {
    var spec = tree.at("spec");
    return new CsiDriver(
        Meta.of(tree),
        spec.truth(true, "attachRequired"),
        spec.truth(false, "podInfoOnMount"),
        spec.truth(false, "storageCapacity"),
        spec.text("fsGroupPolicy"),
        spec.textList("volumeLifecycleModes"),
        spec.truth(false, "requiresRepublish"));
  }
}
