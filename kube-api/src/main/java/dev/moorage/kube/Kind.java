package dev.moorage.kube;

import java.util.function.Function;

/// A kind of objects: its names, its scope, and how to read its typed view.
///
/// @param group API group, empty for the core group
/// @param version API version, e.g. `v1`
/// @param name the kind's name, e.g. `PersistentVolumeClaim`
/// @param plural the resource's name in paths, e.g. `persistentvolumeclaims`
/// @param namespaced whether objects live in namespaces
/// @param reader reads a tree into a view
/// @param <T> the typed view
public record Kind<T extends View>(
    String group,
    String version,
    String name,
    String plural,
    boolean namespaced,
    Function<Tree, T> reader) {

  /// Reads a tree of this kind.
  public T read(Tree tree) {
    return reader.apply(tree);
  }

  /// `version` or `group/version`, as objects carry it.
  public String apiVersion() {
    return group.isEmpty() ? version : group + "/" + version;
  }

  /// `plural` or `plural.group`: what error messages and stores name a kind by.
  public String resource() {
    return group.isEmpty() ? plural : plural + "." + group;
  }

  /// The same kind, read as whole trees.
  public Kind<Raw> raw() {
    return new Kind<>(group, version, name, plural, namespaced, Raw::of);
  }

  /// Whether both name the same kind, whatever their views.
  public boolean sameAs(Kind<?> other) {
    return group.equals(other.group) && plural.equals(other.plural);
  }
}
