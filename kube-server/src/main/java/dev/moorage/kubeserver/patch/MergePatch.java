package dev.moorage.kubeserver.patch;

import dev.moorage.kube.Tree;
import java.util.LinkedHashMap;

/// JSON merge patches (RFC 7386): objects merge, null removes, everything else replaces.
public final class MergePatch {
  private MergePatch() {}

  /// Applies a patch.
  ///
  /// @throws PatchRefused when the patch is no object
  public static Tree apply(Tree object, Tree patch) {
    if (!(patch instanceof Tree.Fields))
      throw PatchRefused.undecodable("a merge patch is an object");
    return merged(object, patch);
  }

  private static Tree merged(Tree target, Tree patch) {
    if (!(patch instanceof Tree.Fields(var changes))) return patch;
    var fields = new LinkedHashMap<>(target.fields());
    changes.forEach((name, change) -> {
      if (change.isNothing()) fields.remove(name);
      else fields.put(name, merged(fields.getOrDefault(name, Tree.nothing()), change));
    });
    return new Tree.Fields(fields);
  }
}
