package dev.moorage.cli.manifest;

import dev.moorage.kube.Tree;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.DumperOptions.FlowStyle;
import org.yaml.snakeyaml.DumperOptions.ScalarStyle;
import org.yaml.snakeyaml.emitter.Emitter;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeId;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.serializer.Serializer;

/// Trees as YAML, as kubectl writes it: fields sorted, a text quoted only where it would mean
/// something else, and texts of many lines written as such.
public final class YamlText {
  private final GoResolver words = new GoResolver();

  private YamlText() {}

  /// One document, with a line's end after the last line.
  public static String of(Tree tree) {
    var text = new StringWriter();
    var options = new DumperOptions();
    try {
      var serializer = new Serializer(new Emitter(text, options), new GoResolver(), options, null);
      serializer.open();
      serializer.serialize(new YamlText().node(tree));
      serializer.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e); // a StringWriter throws none
    }
    return text.toString();
  }

  private Node node(Tree tree) {
    return switch (tree) {
      case Tree.Fields(var fields) -> mapping(new TreeMap<>(fields));
      case Tree.Items(var items) ->
          new SequenceNode(Tag.SEQ, items.stream().map(this::node).toList(), FlowStyle.BLOCK);
      case Tree.Text(var text) -> text(text);
      case Tree.Numeral(var value) ->
          plain(value.scale() > 0 ? Tag.FLOAT : Tag.INT, value.toPlainString());
      case Tree.Truth(var truth) -> plain(Tag.BOOL, String.valueOf(truth));
      case Tree.Nothing() -> plain(Tag.NULL, "null");
    };
  }

  private Node mapping(Map<String, Tree> sorted) {
    List<NodeTuple> tuples =
        sorted.entrySet().stream()
            .map(field -> new NodeTuple(text(field.getKey()), node(field.getValue())))
            .toList();
    return new MappingNode(Tag.MAP, tuples, FlowStyle.BLOCK);
  }

  private static Node plain(Tag tag, String text) {
    return new ScalarNode(tag, text, null, null, ScalarStyle.PLAIN);
  }

  private Node text(String text) {
    return new ScalarNode(Tag.STR, text, null, null, style(text));
  }

  private ScalarStyle style(String text) {
    if (text.contains("\n")) return ScalarStyle.LITERAL;
    return isMistakable(text) ? ScalarStyle.DOUBLE_QUOTED : ScalarStyle.PLAIN;
  }

  /// What kubectl's own reader, or one of plain YAML 1.1, would not take for a text.
  private static final Pattern OF_OTHERS =
      Pattern.compile(
          "\\d{4}-\\d{1,2}-\\d{1,2}([Tt ].*)?" // times
              + "|[-+]?[0-9][0-9_]*(:[0-5]?[0-9])+(\\.[0-9_]*)?" // to the base of 60
              + "|[-+]?\\.(inf|Inf|INF)|\\.(nan|NaN|NAN)");

  private boolean isMistakable(String text) {
    return !words.resolve(NodeId.scalar, text, true).equals(Tag.STR)
        || OF_OTHERS.matcher(text).matches();
  }
}
