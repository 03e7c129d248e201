package dev.moorage.kubeserver.http;

import dev.moorage.kube.Tree;
import java.util.List;

/// Answers the questions that are not kept: who am I, what may I. There is one user, who may do
/// everything.
final class Reviews {
  private Reviews() {}

  /// @param asked the question as it was sent
  static Tree answer(Offered offered, Tree asked, String user) {
    var spec = asked.at("spec");
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
