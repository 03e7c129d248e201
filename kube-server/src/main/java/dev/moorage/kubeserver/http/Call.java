package dev.moorage.kubeserver.http;

import java.util.List;
import java.util.Locale;
import java.util.Map;

/// One HTTP request, away from its wire.
///
/// @param path decoded segments, e.g. `api`, `v1`, `pods`
/// @param headers by lower-case name; several of one name are joined by commas
record Call(
    String method, List<String> path, Query query, Map<String, String> headers, Content body) {
  Call {
    path = List.copyOf(path);
  }

  String header(String name) {
    return headers.getOrDefault(name.toLowerCase(Locale.ROOT), "");
  }

  /// The path as text.
  String shown() {
    return "/" + String.join("/", path);
  }
}
