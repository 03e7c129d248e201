package dev.moorage.kubeserver.http;

import dev.moorage.kube.Kind;
import dev.moorage.kube.KubeException;
import dev.moorage.kube.KubeException.About;
import dev.moorage.kube.KubeException.Reason;
import dev.moorage.kube.Tree;
import java.util.List;

/// Status objects.
final class Statuses {
  private Statuses() {}

  static Tree failure(KubeException e) {
    Tree status =
        Tree.object(
            "kind",
            "Status",
            "apiVersion",
            "v1",
            "metadata",
            Tree.empty(),
            "status",
            "Failure",
            "message",
            String.valueOf(e.getMessage()));
    if (e.reason() != Reason.Unknown) status = status.with(Tree.of(e.reason().name()), "reason");
    var details = details(e);
    if (!details.fields().isEmpty() || namesNothing(e)) status = status.with(details, "details");
    return status.with(Tree.of(e.code()), "code");
  }

  /// The real server writes empty details there.
  private static boolean namesNothing(KubeException e) {
    return List.of(Reason.NotFound, Reason.Invalid, Reason.MethodNotAllowed).contains(e.reason());
  }

  private static Tree details(KubeException e) {
    var details = about(e.about());
    if (!e.causes().isEmpty())
      details =
          details.with(Tree.list(e.causes().stream().map(Statuses::cause).toList()), "causes");
    if (e.retryAfter().isPositive())
      details = details.with(Tree.of(e.retryAfter().toSeconds()), "retryAfterSeconds");
    return details;
  }

  private static Tree about(About about) {
    Tree details = Tree.empty();
    if (!about.name().isEmpty()) details = details.with(Tree.of(about.name()), "name");
    if (!about.group().isEmpty()) details = details.with(Tree.of(about.group()), "group");
    if (!about.kind().isEmpty()) details = details.with(Tree.of(about.kind()), "kind");
    return details;
  }

  private static Tree cause(KubeException.Cause cause) {
    var tree = Tree.object("reason", cause.reason(), "message", cause.message());
    return cause.field().isEmpty() ? tree : tree.with(Tree.of(cause.field()), "field");
  }

  /// It is done, and there is nothing to show.
  static Tree success() {
    return Tree.object(
        "kind", "Status", "apiVersion", "v1", "metadata", Tree.empty(), "status", "Success");
  }

  /// An object is gone.
  static Tree gone(Kind<?> kind, Tree object) {
    var details =
        about(new About(kind.group(), kind.plural(), object.text("metadata", "name")))
            .with(object.at("metadata", "uid"), "uid");
    return success().with(details, "details");
  }
}
