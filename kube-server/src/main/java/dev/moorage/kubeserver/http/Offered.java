package dev.moorage.kubeserver.http;

import java.util.List;

/// A resource that is offered to clients: objects of a kind, or a question that is answered and not
/// kept.
///
/// @param kind the kind's name
/// @param shortNames what kubectl's users type instead of the plural
record Offered(
    String group,
    String version,
    String plural,
    String kind,
    boolean namespaced,
    List<String> verbs,
    List<String> shortNames,
    List<String> categories,
    List<Sub> subresources) {

  /// A part of an object with a path of its own.
  record Sub(String name, String kind, List<String> verbs) {}

  String groupVersion() {
    return group.isEmpty() ? version : group + "/" + version;
  }

  String singular() {
    return kind.toLowerCase(java.util.Locale.ROOT);
  }

  boolean offers(String verb) {
    return verbs.contains(verb);
  }

  /// Whether a subresource takes a verb.
  boolean offers(String subresource, String verb) {
    return subresources.stream()
        .anyMatch(sub -> sub.name().equals(subresource) && sub.verbs().contains(verb));
  }

  boolean hasSubresource(String name) {
    return subresources.stream().anyMatch(sub -> sub.name().equals(name));
  }
}
