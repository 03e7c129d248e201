package dev.moorage.kubeserver.registry;

import dev.moorage.kube.Tree;
import java.util.List;

/// What a write brings along.
///
/// @param duplicates paths of the fields that stood in the text twice
public record Body(Tree tree, List<String> duplicates) {
  public Body {
    duplicates = List.copyOf(duplicates);
  }

  /// A body that was no text.
  public static Body of(Tree tree) {
    return new Body(tree, List.of());
  }
}
