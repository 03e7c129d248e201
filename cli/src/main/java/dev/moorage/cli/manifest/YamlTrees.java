package dev.moorage.cli.manifest;

import dev.moorage.cli.live.CommandFailed;
import dev.moorage.kube.Tree;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.composer.Composer;
import org.yaml.snakeyaml.error.Mark;
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

/// YAML text, any number of documents, as trees. No objects are ever constructed from tags.
final class YamlTrees {
  private static final int DEEPEST = 100;
  private static final int ALIASES_AT_MOST = 1000;

  /// Of a document, its aliases written out.
  private static final int PARTS_AT_MOST = 1_000_000;

  private final String name;
  private int parts;
  private int depth;

  private YamlTrees(String name) {
    this.name = name;
  }

  static List<Manifest> read(String name, String text) {
    var options = new LoaderOptions();
    options.setCodePointLimit(ManifestReader.LARGEST);
    options.setNestingDepthLimit(DEEPEST);
    options.setMaxAliasesForCollections(ALIASES_AT_MOST);
    var all = new ArrayList<Manifest>();
    try {
      var composer =
          new Composer(new ParserImpl(new StreamReader(text), options), new GoResolver(), options);
      while (composer.checkNode()) all.add(new YamlTrees(name).document(composer.getNode()));
    } catch (MarkedYAMLException e) {
      throw refused(name, e.getProblemMark(), e.getProblem());
    } catch (YAMLException e) {
      throw new CommandFailed(name + ": this is no YAML: " + firstLine(e));
    }
    return all;
  }

  private static String firstLine(YAMLException e) {
    return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
  }

  private Manifest document(Node root) {
    return new Manifest(name + ", line " + (root.getStartMark().getLine() + 1), tree(root));
  }

  private CommandFailed refused(Node node, String why) {
    return refused(name, node.getStartMark(), why);
  }

  private static CommandFailed refused(String name, Mark at, String why) {
    return new CommandFailed(
        name + ", line " + (at.getLine() + 1) + ", column " + (at.getColumn() + 1) + ": " + why);
  }

  private Tree tree(Node node) {
    if (++parts > PARTS_AT_MOST)
      throw refused(node, "with its aliases written out, this is too large");
    if (++depth > DEEPEST) throw refused(node, "this is nested too deep, or holds itself");
    var tree =
        switch (node) {
          case ScalarNode scalar -> scalar(scalar);
          case SequenceNode list -> list(list);
          case MappingNode object -> object(object);
          default -> throw refused(node, "this is neither text, list nor object");
        };
    depth--;
    return tree;
  }

  private Tree list(SequenceNode list) {
    var items = new ArrayList<Tree>();
    for (var item : list.getValue()) items.add(tree(item));
    return Tree.list(items);
  }

  private Tree object(MappingNode object) {
    var fields = new LinkedHashMap<String, Tree>();
    for (var field : object.getValue()) {
      if (isMerge(field)) continue;
      var key = key(field.getKeyNode());
      if (fields.containsKey(key))
        throw refused(field.getKeyNode(), "the key \"" + key + "\" is there twice");
      fields.put(key, tree(field.getValueNode()));
    }
    object.getValue().stream()
        .filter(YamlTrees::isMerge)
        .forEach(field -> merged(field.getValueNode()).forEach(fields::putIfAbsent));
    return new Tree.Fields(fields);
  }

  private static boolean isMerge(NodeTuple field) {
    return field.getKeyNode().getTag().equals(Tag.MERGE);
  }

  /// What `<<:` brings in; of several, the first counts.
  private Map<String, Tree> merged(Node node) {
    var tree = tree(node);
    var fields = new LinkedHashMap<>(tree.fields());
    tree.items().forEach(item -> item.fields().forEach(fields::putIfAbsent));
    if (fields.isEmpty() && !(tree instanceof Tree.Fields))
      throw refused(node, "<<: takes an object");
    return fields;
  }

  /// Kubernetes knows texts as keys; others are taken as they would be printed.
  private String key(Node node) {
    return switch (tree(node)) {
      case Tree.Text(var text) -> text;
      case Tree.Numeral(var value) -> value.toPlainString();
      case Tree.Truth(var truth) -> String.valueOf(truth);
      case Tree.Nothing() -> "null";
      case Tree.Fields _, Tree.Items _ -> throw refused(node, "a key is a text");
    };
  }

  private Tree scalar(ScalarNode node) {
    var text = node.getValue();
    var tag = node.getTag();
    try {
      if (tag.equals(Tag.STR)) return Tree.of(text);
      if (tag.equals(Tag.NULL)) return Tree.nothing();
      if (tag.equals(Tag.BOOL)) return Tree.of(GoResolver.isTrue(text));
      if (tag.equals(Tag.INT)) return GoResolver.whole(text);
      if (tag.equals(Tag.FLOAT)) return GoResolver.decimal(text);
      if (tag.equals(Tag.BINARY)) return Tree.of(decoded(text));
    } catch (IllegalArgumentException e) {
      throw refused(node, "this is no " + tag.getValue().replaceFirst(".*:", "") + ": " + text);
    }
    throw refused(node, "the tag " + tag.getValue() + " means nothing here");
  }

  private static String decoded(String text) {
    var bytes = Base64.getDecoder().decode(text.replaceAll("\\s", ""));
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
