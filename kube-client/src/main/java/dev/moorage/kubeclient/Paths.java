package dev.moorage.kubeclient;

import dev.moorage.base.ObjectKey;
import dev.moorage.kube.Kind;
import dev.moorage.kube.Selection;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;

/// Where objects stand, as paths with their queries.
final class Paths {
  private Paths() {}

  /// One object.
  static String of(Kind<?> kind, ObjectKey key) {
    return in(kind, key.namespace()) + "/" + encoded(key.name());
  }

  /// The objects of a kind.
  ///
  /// @param namespace empty for all
  static String in(Kind<?> kind, String namespace) {
    var group = kind.group().isEmpty() ? "/api" : "/apis/" + encoded(kind.group());
    var in = namespace.isEmpty() ? "" : "/namespaces/" + encoded(namespace);
    return group + "/" + encoded(kind.version()) + in + "/" + encoded(kind.plural());
  }

  /// A path with one more option in its query.
  static String with(String path, String name, String value) {
    if (value.isEmpty()) return path;
    return path + (path.contains("?") ? "&" : "?") + name + "=" + encoded(value);
  }

  /// The objects of a kind that a selection has.
  static String of(Kind<?> kind, Selection selection) {
    var path = in(kind, kind.namespaced() ? selection.namespace() : "");
    path = with(path, "labelSelector", labels(selection));
    return with(path, "fieldSelector", fields(selection));
  }

  private static String labels(Selection selection) {
    return selection.labels().stream().map(Paths::label).collect(Collectors.joining(","));
  }

  private static String label(Selection.Label label) {
    var texts = String.join(",", label.texts());
    return switch (label.test()) {
      case IN ->
          label.texts().size() == 1
              ? label.key() + "=" + texts
              : label.key() + " in (" + texts + ")";
      case NOT_IN ->
          label.texts().size() == 1
              ? label.key() + "!=" + texts
              : label.key() + " notin (" + texts + ")";
      case EXISTS -> label.key();
      case ABSENT -> "!" + label.key();
      case GREATER -> label.key() + ">" + texts;
      case LESS -> label.key() + "<" + texts;
    };
  }

  private static String fields(Selection selection) {
    return selection.fields().stream()
        .map(field ->
            field.path()
                + (field.equal() ? "=" : "!=")
                + field.text().replaceAll("[\\\\,=]", "\\\\$0"))
        .collect(Collectors.joining(","));
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
