package dev.moorage.sidecars.provisioner;

import dev.moorage.base.Bytes;
import dev.moorage.base.ObjectKey;
import dev.moorage.csi.AccessMode;
import dev.moorage.csi.Topology;
import dev.moorage.csi.TopologyRequirement;
import dev.moorage.sidecars.provisioner.Intent.Origin;
import dev.moorage.sidecars.provisioner.Intent.Shape;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// An [Intent] as an annotation's text: a line per fact, a word and its values, so that people can
/// read it too.
///
/// Space, line end and backslash in a value are `\s`, `\n` and `\\`; an empty value is `\e`.
final class IntentText {
  private static final String FORMAT = "1";
  private static final Pattern ESCAPE = Pattern.compile("\\\\(.?)");

  private IntentText() {}

  /// Writes an intent.
  static String write(Intent intent) {
    var out = new StringBuilder();
    var origin = intent.origin();
    var shape = intent.shape();
    line(out, "format", FORMAT);
    line(out, "driver", origin.driver());
    line(out, "class", origin.className(), origin.classUid(), origin.reclaimPolicy());
    line(out, "node", origin.node());
    line(out, "size", Long.toString(shape.size().count()));
    if (shape.block()) line(out, "block");
    line(out, "fstype", shape.fsType());
    shape.mountOptions().forEach(option -> line(out, "mount-option", option));
    shape.modes().forEach(mode -> line(out, "mode", mode.name()));
    intent.parameters().forEach((key, text) -> line(out, "parameter", key, text));
    intent.accessibility().requisite().forEach(term -> line(out, "requisite", pairs(term)));
    intent.accessibility().preferred().forEach(term -> line(out, "preferred", pairs(term)));
    intent
        .secrets()
        .forEach((role, key) -> line(out, "secret", role.word(), key.namespace(), key.name()));
    return out.toString();
  }

  /// Reads an intent.
  ///
  /// @return empty when the text is none that [#write] made
  static Optional<Intent> read(String text) {
    try {
      return Optional.of(new Lines(text).intent());
    } catch (IllegalArgumentException damaged) {
      return Optional.empty();
    }
  }

  private static void line(StringBuilder out, String word, String... values) {
    out.append(word);
    for (String value : values) out.append(' ').append(escaped(value));
    out.append('\n');
  }

  private static String[] pairs(Topology term) {
    var pairs = new ArrayList<String>();
    term.segments()
        .forEach((key, value) -> {
          pairs.add(key);
          pairs.add(value);
        });
    return pairs.toArray(String[]::new);
  }

  private static String escaped(String value) {
    return value.isEmpty()
        ? "\\e"
        : value.replace("\\", "\\\\").replace(" ", "\\s").replace("\n", "\\n");
  }

  private static String unescaped(String value) {
    return ESCAPE.matcher(value).replaceAll(found -> Matcher.quoteReplacement(meant(found)));
  }

  private static String meant(MatchResult escape) {
    return switch (escape.group(1)) {
      case "\\" -> "\\";
      case "s" -> " ";
      case "n" -> "\n";
      case "e" -> "";
      default -> throw new IllegalArgumentException("unknown escape " + escape.group());
    };
  }

  /// The lines of a text, by word.
  private static final class Lines {
    private final Map<String, List<List<String>>> byWord = new LinkedHashMap<>();

    Lines(String text) {
      for (String line : text.split("\n", -1)) {
        if (line.isEmpty()) continue;
        var parts = List.of(line.split(" ", -1));
        var values = parts.stream().skip(1).map(IntentText::unescaped).toList();
        byWord.computeIfAbsent(parts.getFirst(), _ -> new ArrayList<>()).add(values);
      }
    }

    Intent intent() {
      if (!only("format", 1).getFirst().equals(FORMAT))
        throw new IllegalArgumentException("another format");
      return new Intent(origin(), shape(), parameters(), accessibility(), secrets());
    }

    private Origin origin() {
      var owner = only("class", 3);
      return new Origin(
          only("driver", 1).getFirst(),
          owner.get(0),
          owner.get(1),
          owner.get(2),
          only("node", 1).getFirst());
    }

    private Shape shape() {
      return new Shape(
          new Bytes(Long.parseLong(only("size", 1).getFirst())),
          byWord.containsKey("block"),
          only("fstype", 1).getFirst(),
          all("mount-option", 1).stream().map(List::getFirst).toList(),
          all("mode", 1).stream().map(List::getFirst).map(AccessMode::valueOf).toList());
    }

    private SortedMap<String, String> parameters() {
      var parameters = new TreeMap<String, String>();
      for (var pair : all("parameter", 2)) parameters.put(pair.get(0), pair.get(1));
      return parameters;
    }

    private TopologyRequirement accessibility() {
      return new TopologyRequirement(terms("requisite"), terms("preferred"));
    }

    private List<Topology> terms(String word) {
      return byWord.getOrDefault(word, List.of()).stream().map(Lines::term).toList();
    }

    private static Topology term(List<String> values) {
      if (values.size() % 2 != 0) throw new IllegalArgumentException("a key without a value");
      var segments = new TreeMap<String, String>();
      for (int i = 0; i < values.size(); i += 2) segments.put(values.get(i), values.get(i + 1));
      return new Topology(segments);
    }

    private SortedMap<SecretRole, ObjectKey> secrets() {
      var secrets = new TreeMap<SecretRole, ObjectKey>();
      for (var values : all("secret", 3))
        secrets.put(role(values.get(0)), new ObjectKey(values.get(1), values.get(2)));
      return secrets;
    }

    private static SecretRole role(String word) {
      for (SecretRole role : SecretRole.values()) if (role.word().equals(word)) return role;
      throw new IllegalArgumentException("no secret is for " + word);
    }

    private List<List<String>> all(String word, int values) {
      var lines = byWord.getOrDefault(word, List.of());
      for (var line : lines)
        if (line.size() != values) throw new IllegalArgumentException(word + " " + line);
      return lines;
    }

    private List<String> only(String word, int values) {
      var lines = all(word, values);
      if (lines.size() != 1) throw new IllegalArgumentException("one line of " + word);
      return lines.getFirst();
    }
  }
}
