package dev.moorage.controlplane.placement;

/// A taint of a node.
///
/// @param effect `NoSchedule`, `PreferNoSchedule` or `NoExecute`
record Taint(String key, String value, String effect) {
  /// What a cordoned node carries in spirit (`spec.unschedulable`).
  static final Taint UNSCHEDULABLE =
      new Taint("node.kubernetes.io/unschedulable", "", "NoSchedule");

  /// Whether it keeps pods away that do not tolerate it.
  boolean repels() {
    return effect.equals("NoSchedule") || effect.equals("NoExecute");
  }

  /// As the scheduler prints it.
  @Override
  public String toString() {
    return "{" + key + ": " + value + "}";
  }
}
