package dev.moorage.controlplane.placement;

import dev.moorage.kube.Kind;
import dev.moorage.kube.Kinds;
import dev.moorage.kube.Meta;
import dev.moorage.kube.Pod;
import dev.moorage.kube.Tree;
import dev.moorage.kube.View;
import java.util.List;

/// A pod with what only placement asks of it.
///
/// @param scheduler `spec.schedulerName`
/// @param gated whether scheduling gates hold it
/// @param refusal the message of its PodScheduled condition while that is False, else empty
/// @param refusedSince when that condition became False, as written there
record WaitingPod(
    Pod pod,
    String scheduler,
    boolean gated,
    List<Toleration> tolerations,
    String refusal,
    String refusedSince)
    implements View {

  /// Pods, read so.
  static final Kind<WaitingPod> KIND =
      new Kind<>("", "v1", Kinds.POD.name(), Kinds.POD.plural(), true, WaitingPod::of);

  /// A toleration.
  ///
  /// @param effect empty for all effects
  /// @param key empty, with operator `Exists`, for all taints
  record Toleration(String key, String operator, String value, String effect) {
    boolean tolerates(Taint taint) {
      if (!effect.isEmpty() && !effect.equals(taint.effect())) return false;
      if (!key.isEmpty() && !key.equals(taint.key())) return false;
      return operator.equals("Exists") || (!key.isEmpty() && value.equals(taint.value()));
    }
  }

  private static WaitingPod of(Tree tree) {
    var spec = tree.at("spec");
    var refused =
        tree.at("status", "conditions").items().stream()
            .filter(it -> it.text("type").equals("PodScheduled"))
            .filter(it -> it.text("status").equals("False"))
            .findFirst()
            .orElse(Tree.nothing());
    return new WaitingPod(
        Pod.of(tree),
        spec.text("schedulerName"),
        !spec.at("schedulingGates").items().isEmpty(),
        spec.at("tolerations").items().stream().map(WaitingPod::toleration).toList(),
        refused.text("message"),
        refused.text("lastTransitionTime"));
  }

  private static Toleration toleration(Tree tree) {
    return new Toleration(
        tree.text("key"), tree.text("operator"), tree.text("value"), tree.text("effect"));
  }

  @Override
  public Meta meta() {
    return pod.meta();
  }

  /// Whether it still needs a node.
  boolean waits() {
    return pod.nodeName().isEmpty() && !pod.ended() && !meta().deleting();
  }

  boolean tolerates(Taint taint) {
    return tolerations.stream().anyMatch(toleration -> toleration.tolerates(taint));
  }
}
