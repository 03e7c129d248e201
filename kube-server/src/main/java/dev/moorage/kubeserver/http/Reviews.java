package dev.moorage.kubeserver.http;

import dev.moorage.kube.KubeException;
import dev.moorage.kube.KubeException.About;
import dev.moorage.kube.KubeException.Cause;
import dev.moorage.kube.KubeException.Reason;
import dev.moorage.kube.Tree;
import java.time.Duration;
import java.util.List;

/// Answers the questions that are not kept: who am I, what may I. There is one user, who may do
/// everything.
final class Reviews {
  private Reviews() {}

  /// @param asked the question as it was sent
  /// @throws KubeException `Invalid` for a question that asks nothing
  static Tree answer(Offered offered, Tree asked, String user) {
    var spec = asked.at("spec");
    if (offered.kind().equals("SelfSubjectAccessReview")) refuseUnlessAsks(spec);
    var answer =
        Tree.object(
            "kind",
            offered.kind(),
            "apiVersion",
            offered.groupVersion(),
            "metadata",
            asked.at("metadata").isNothing() ? Tree.empty() : asked.at("metadata"));
    return (spec.isNothing() ? answer : answer.with(spec, "spec"))
        .with(status(offered, user), "status");
  }

  private static void refuseUnlessAsks(Tree spec) {
    boolean resource = !spec.at("resourceAttributes").isNothing();
    boolean path = !spec.at("nonResourceAttributes").isNothing();
    if (resource != path) return;
    var why = "exactly one of nonResourceAttributes or resourceAttributes must be specified";
    var cause =
        new Cause("FieldValueInvalid", "Invalid value: null: " + why, "spec.resourceAttributes");
    throw new KubeException(
        Reason.Invalid,
        ".authorization.k8s.io \"\" is invalid: " + cause.field() + ": " + cause.message(),
        new About("authorization.k8s.io", "", ""),
        List.of(cause),
        Duration.ZERO);
  }

  private static Tree status(Offered offered, String user) {
    return switch (offered.kind()) {
      case "SelfSubjectReview" ->
          Tree.object(
              "userInfo",
              Tree.object(
                  "username",
                  user,
                  "groups",
                  Tree.texts(List.of("system:masters", "system:authenticated"))));
      case "SelfSubjectAccessReview" -> Tree.object("allowed", true);
      default -> rules();
    };
  }

  private static Tree rules() {
    var all = Tree.texts(List.of("*"));
    return Tree.object(
        "resourceRules",
        Tree.list(List.of(Tree.object("verbs", all, "apiGroups", all, "resources", all))),
        "nonResourceRules",
        Tree.list(List.of(Tree.object("verbs", all, "nonResourceURLs", all))),
        "incomplete",
        false);
  }
}
