package dev.moorage.kubeclient;

import dev.moorage.kube.Patch;
import dev.moorage.kube.Patch.Change;
import dev.moorage.kube.Tree;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Changes as JSON merge patches (RFC 7386).
final class MergePatch {
  private MergePatch() {}

  /// The patch itself, where a merge patch says exactly the same whatever the object holds: texts,
  /// numbers and lists that are set, and labels and annotations that are removed.
  static Optional<Tree> blind(Patch patch) {
    var body = Optional.of(Tree.empty());
    for (Change change : patch.changes()) body = body.flatMap(so -> and(so, change));
    return body;
  }

  private static Optional<Tree> and(Tree body, Change change) {
    return switch (change) {
      case Change.Set(var path, var tree) when isWhole(tree) && isApart(path, body) ->
          Optional.of(body.with(tree, path.toArray(String[]::new)));
      case Change.Remove(var path) when isText(path) ->
          Optional.of(body.with(Tree.nothing(), path.toArray(String[]::new)));
      default -> Optional.empty();
    };
  }

  /// A merge patch merges objects, and takes nothing for a removal.
  private static boolean isWhole(Tree tree) {
    return !(tree instanceof Tree.Fields) && !tree.isNothing();
  }

  /// Whether nothing that the patch says already stands above or below a path.
  private static boolean isApart(List<String> path, Tree body) {
    for (int length = 1; length < path.size(); length++) {
      var above = body.at(path.subList(0, length).toArray(String[]::new));
      if (!above.isNothing() && !(above instanceof Tree.Fields)) return false;
    }
    return !(body.at(path.toArray(String[]::new)) instanceof Tree.Fields);
  }

  /// The server leaves out these maps when they are empty; others would appear.
  private static boolean isText(List<String> path) {
    return path.size() == 3
        && path.getFirst().equals("metadata")
        && List.of("labels", "annotations").contains(path.get(1));
  }

  /// What turns one object into another; empty where they are equal.
  static Tree between(Tree before, Tree after) {
    Map<String, Tree> body = new LinkedHashMap<>();
    before
        .fields()
        .keySet()
        .forEach(name -> {
          if (!after.fields().containsKey(name)) body.put(name, Tree.nothing());
        });
    after
        .fields()
        .forEach((name, now) -> {
          var then = before.at(name);
          if (now.equals(then)) return;
          boolean merges = now instanceof Tree.Fields && then instanceof Tree.Fields;
          body.put(name, merges ? between(then, now) : now);
        });
    return new Tree.Fields(body);
  }
}
