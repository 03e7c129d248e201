package dev.moorage.cli.up;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/// The form of the small files in a state folder: lines of `key=text`, which people can read.
final class KeyLines {
  private KeyLines() {}

  static String text(Map<String, String> lines) {
    return lines.entrySet().stream()
        .map(line -> line.getKey() + "=" + line.getValue() + "\n")
        .collect(Collectors.joining());
  }

  /// Reads what [#text] wrote; lines of another form are passed over.
  static Map<String, String> of(String text) {
    var lines = new LinkedHashMap<String, String>();
    text.lines()
        .map(line -> line.split("=", 2))
        .filter(parts -> parts.length == 2)
        .forEach(parts -> lines.put(parts[0], parts[1]));
    return lines;
  }
}
