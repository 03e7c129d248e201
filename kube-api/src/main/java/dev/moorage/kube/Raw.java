package dev.moorage.kube;

/// An object as the tree that it is, where no typed view fits.
///
/// @param meta the tree's metadata
/// @param tree the whole object
public record Raw(Meta meta, Tree tree) implements View {
  /// Reads an object.
  public static Raw of(Tree tree) {
    return new Raw(Meta.of(tree), tree);
  }
}
