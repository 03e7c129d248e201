package dev.moorage.kubeserver.http;

import dev.moorage.kube.Tree;
import dev.moorage.kubeserver.registry.Feed;
import dev.moorage.kubeserver.registry.Told;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;

/// What is answered to a [Call].
sealed interface Reply {
  String JSON_TYPE = "application/json";
  int OK = 200;
  int CREATED = 201;

  /// An object.
  ///
  /// @param warnings for the writer, one sentence each
  record Json(int code, String type, Tree tree, List<String> warnings) implements Reply {
    public Json {
      warnings = List.copyOf(warnings);
    }
  }

  /// A text.
  record Text(int code, String type, String text) implements Reply {}

  /// A watch: one JSON object per line.
  ///
  /// @param line how each change is written
  /// @param atMost when the stream ends
  record Events(Feed feed, Function<Told, byte[]> line, Duration atMost) implements Reply {}

  static Reply json(Tree tree) {
    return new Json(OK, JSON_TYPE, tree, List.of());
  }

  static Reply json(int code, Tree tree) {
    return new Json(code, JSON_TYPE, tree, List.of());
  }
}
