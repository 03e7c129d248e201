package dev.moorage.kubeserver.http;

import dev.moorage.kube.Tree;
import dev.moorage.kubeserver.registry.Body;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.composer.Composer;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.parser.ParserImpl;
import org.yaml.snakeyaml.reader.StreamReader;
import org.yaml.snakeyaml.resolver.Resolver;

/// Reads one YAML document as Kubernetes does: YAML 1.1, where `y`, `yes` and `on` are true, and
/// nothing beyond what JSON can say.
///
/// Limits: nesting of 500 levels; 1,000,000 values, those counted again that an alias repeats.
final class YamlReader {
  private static final int LEVELS_AT_MOST = 500;
  private static final int VALUES_AT_MOST = 1_000_000;
  private static final int HEXADECIMAL = 16;
  private static final List<String> TRUE = List.of("y", "yes", "true", "on");

  private final List<String> duplicates = new ArrayList<>();
  private int values;

  private YamlReader() {}

  /// A text that is no YAML, or one beyond the limits.
  static final class Malformed extends RuntimeException {
    Malformed(String message) {
      super(message);
    }
  }

  /// @throws Malformed naming the line
  static Body read(String text) {
    try {
      var node = compose(text);
      var reader = new YamlReader();
      return node == null
          ? Body.of(Tree.nothing())
          : new Body(reader.value(node, "", 0), reader.duplicates);
    } catch (MarkedYAMLException e) {
      var mark = e.getProblemMark();
      throw new Malformed(
          "yaml: " + (mark == null ? "" : "line " + (mark.getLine() + 1) + ": ") + e.getProblem());
    } catch (YAMLException e) {
      throw new Malformed("yaml: " + e.getMessage());
    }
  }

  private static Node compose(String text) {
    var options = new LoaderOptions();
    options.setNestingDepthLimit(LEVELS_AT_MOST);
    options.setCodePointLimit(Integer.MAX_VALUE); // the body has its own limit
    var parser = new ParserImpl(new StreamReader(text), options);
    return new Composer(parser, new GoResolver(), options).getSingleNode();
  }

  /// YAML 1.1 as Go reads it: the library leaves the shortest truth values out, and powers of
  /// numbers without a point.
  private static final class GoResolver extends Resolver {
    @Override
    protected void addImplicitResolvers() {
      super.addImplicitResolvers();
      addImplicitResolver(Tag.BOOL, Pattern.compile("[yYnN]"), "yYnN");
      addImplicitResolver(Tag.FLOAT, Pattern.compile("[-+]?[0-9]+[eE][-+]?[0-9]+"), "-+0123456789");
    }
  }

  private Tree value(Node node, String path, int level) {
    if (level > LEVELS_AT_MOST || ++values > VALUES_AT_MOST)
      throw malformed(node, "document is too deep or too large");
    return switch (node) {
      case MappingNode map -> fields(map, path, level);
      case SequenceNode list -> items(list, path, level);
      case ScalarNode scalar -> scalar(scalar);
      default -> throw malformed(node, "an anchor is not served");
    };
  }

  private Tree items(SequenceNode list, String path, int level) {
    var items = new ArrayList<Tree>();
    for (Node item : list.getValue())
      items.add(value(item, path + "[" + items.size() + "]", level + 1));
    return Tree.list(items);
  }

  private Tree fields(MappingNode map, String path, int level) {
    var fields = new LinkedHashMap<String, Tree>();
    var merged = new LinkedHashMap<String, Tree>();
    for (NodeTuple entry : map.getValue()) {
      if (entry.getKeyNode().getTag().equals(Tag.MERGE)) {
        merge(entry.getValueNode(), merged, path, level);
        continue;
      }
      var name = name(entry.getKeyNode());
      var here = path.isEmpty() ? name : path + "." + name;
      if (fields.put(name, value(entry.getValueNode(), here, level + 1)) != null)
        duplicates.add(here);
    }
    merged.forEach(fields::putIfAbsent);
    return new Tree.Fields(fields);
  }

  private void merge(Node from, Map<String, Tree> merged, String path, int level) {
    switch (value(from, path, level + 1)) {
      case Tree.Fields(var fields) -> fields.forEach(merged::putIfAbsent);
      case Tree.Items(var maps) -> maps.forEach(one -> one.fields().forEach(merged::putIfAbsent));
      default -> throw malformed(from, "map merge requires map or sequence of maps as the value");
    }
  }

  private static String name(Node key) {
    if (!(key instanceof ScalarNode scalar)) throw malformed(key, "a key is no plain value");
    return switch (scalar(scalar)) {
      case Tree.Numeral(var number) -> number.toPlainString();
      case Tree.Truth(var truth) -> Boolean.toString(truth);
      case Tree.Nothing() -> "null";
      default -> scalar.getValue();
    };
  }

  private static Tree scalar(ScalarNode node) {
    var tag = node.getTag();
    var text = node.getValue();
    if (tag.equals(Tag.NULL)) return Tree.nothing();
    if (tag.equals(Tag.BOOL)) return Tree.of(TRUE.contains(text.toLowerCase(Locale.ROOT)));
    boolean sexagesimal = text.indexOf(':') >= 0; // Kubernetes knows none
    if (tag.equals(Tag.INT) && !sexagesimal) return whole(node, text.replace("_", ""));
    if (tag.equals(Tag.FLOAT) && !sexagesimal) return fraction(node, text.replace("_", ""));
    return Tree.of(text);
  }

  private static Tree whole(ScalarNode node, String text) {
    boolean negative = text.startsWith("-");
    var digits = text.replaceFirst("^[-+]", "").toLowerCase(Locale.ROOT);
    try {
      var value = new BigInteger(digits.replaceFirst("^0[xbo]?(?=.)", ""), base(digits));
      return new Tree.Numeral(new BigDecimal(negative ? value.negate() : value));
    } catch (NumberFormatException e) {
      throw malformed(node, "a number cannot be read");
    }
  }

  private static int base(String digits) {
    if (digits.startsWith("0x")) return HEXADECIMAL;
    if (digits.startsWith("0b")) return 2;
    return digits.startsWith("0") && digits.length() > 1 ? 8 : 10;
  }

  private static Tree fraction(ScalarNode node, String text) {
    try {
      return new Tree.Numeral(new BigDecimal(text));
    } catch (NumberFormatException e) {
      throw malformed(node, "a number cannot be read"); // infinity, or no number
    }
  }

  private static Malformed malformed(Node node, String what) {
    return new Malformed("yaml: line " + (node.getStartMark().getLine() + 1) + ": " + what);
  }
}
