package dev.moorage.controlplane.binder;

/// The well-known annotations of binding, as Kubernetes spells them.
final class Keys {
  private Keys() {}

  static final String BIND_COMPLETED = "pv.kubernetes.io/bind-completed";
  static final String BOUND_BY_CONTROLLER = "pv.kubernetes.io/bound-by-controller";
  static final String SELECTED_NODE = "volume.kubernetes.io/selected-node";
  static final String PROVISIONER = "volume.kubernetes.io/storage-provisioner";
  static final String PROVISIONER_BETA = "volume.beta.kubernetes.io/storage-provisioner";
  static final String PROVISIONED_BY = "pv.kubernetes.io/provisioned-by";
  static final String PRE_RESIZE = "volume.alpha.kubernetes.io/pre-resize-capacity";
  static final String YES = "yes";
}
