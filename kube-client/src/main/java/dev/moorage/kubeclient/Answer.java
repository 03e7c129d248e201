package dev.moorage.kubeclient;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/// What a server answers: the head is there, the body comes.
///
/// @param headers by their names in lower case
record Answer(int code, Map<String, List<String>> headers, Incoming body) implements AutoCloseable {
  private static final int FIRST_REFUSAL = 300;

  static Answer of(int code, Map<String, List<String>> headers, Incoming body) {
    var byName = new TreeMap<String, List<String>>();
    headers.forEach((name, values) -> byName.put(name.toLowerCase(Locale.ROOT), values));
    return new Answer(code, byName, body);
  }

  boolean refuses() {
    return code >= FIRST_REFUSAL;
  }

  String header(String name) {
    return headers.getOrDefault(name, List.of("")).getFirst();
  }

  @Override
  public void close() {
    body.close();
  }
}
