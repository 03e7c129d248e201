package dev.moorage.kubeserver.http;

import dev.moorage.kube.KubeException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The part of an address behind its question mark.
record Query(Map<String, List<String>> values) {

  /// @param raw still encoded; empty for none
  /// @throws KubeException `BadRequest` when it cannot be decoded
  static Query parse(String raw) {
    var values = new LinkedHashMap<String, List<String>>();
    for (String part : raw.split("&", -1)) {
      if (part.isEmpty()) continue;
      int sign = part.indexOf('=');
      var name = decode(sign < 0 ? part : part.substring(0, sign));
      var value = sign < 0 ? "" : decode(part.substring(sign + 1));
      values.computeIfAbsent(name, _ -> new ArrayList<>()).add(value);
    }
    return new Query(values);
  }

  private static String decode(String text) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw Refusal.badRequest("the query cannot be decoded");
    }
  }

  /// The first value; empty where there is none.
  String text(String name) {
    var all = values.getOrDefault(name, List.of());
    return all.isEmpty() ? "" : all.getFirst();
  }

  List<String> all(String name) {
    return values.getOrDefault(name, List.of());
  }

  /// Whether it is there and says yes: `1`, `true`, or nothing.
  boolean truth(String name) {
    return values.containsKey(name) && List.of("1", "true", "").contains(text(name));
  }

  /// @throws KubeException `BadRequest` when it is no whole number
  long number(String name, long otherwise) {
    var text = text(name);
    if (text.isEmpty()) return otherwise;
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException e) {
      throw Refusal.badRequest("the query's " + name + " is no whole number: " + text);
    }
  }
}
