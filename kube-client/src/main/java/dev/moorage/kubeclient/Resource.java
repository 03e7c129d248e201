package dev.moorage.kubeclient;

import dev.moorage.kube.Kind;
import dev.moorage.kube.Raw;
import java.util.List;

/// A resource that a server offers.
///
/// @param kind its names and scope, read as trees
/// @param singular e.g. `persistentvolumeclaim`
/// @param shortNames e.g. `pvc`
/// @param categories e.g. `all`
/// @param verbs e.g. `list`
/// @param subresources e.g. `status`
public record Resource(
    Kind<Raw> kind,
    String singular,
    List<String> shortNames,
    List<String> categories,
    List<String> verbs,
    List<String> subresources) {
  public Resource {
    shortNames = List.copyOf(shortNames);
    categories = List.copyOf(categories);
    verbs = List.copyOf(verbs);
    subresources = List.copyOf(subresources);
  }

  /// Whether the server offers this verb for it.
  public boolean can(String verb) {
    return verbs.contains(verb);
  }
}
