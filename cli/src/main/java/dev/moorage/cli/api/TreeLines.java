package dev.moorage.cli.api;

import dev.moorage.kube.Tree;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/// A tree as indented lines for people: `storageClassName: fast` becomes `Storage Class Name:
/// fast`, and a list of small objects a table.
final class TreeLines {
  private static final String NONE = "<none>";
  private static final String INDENT = "  ";
  private static final int COLUMNS_AT_MOST = 7;
  private static final int LINE_AT_MOST = 80;

  /// Their fields' names are somebody's own, not the API's.
  private static final Set<String> OWN_NAMES =
      Set.of(
          "Labels",
          "Annotations",
          "labels",
          "annotations",
          "parameters",
          "volumeAttributes",
          "attachmentMetadata",
          "matchLabels",
          "nodeSelector",
          "data",
          "binaryData",
          "stringData",
          "nodeInfo");

  private TreeLines() {}

  /// The fields of an object, one below the other.
  static List<String> of(Tree object) {
    return fields(object.fields(), false);
  }

  private static List<String> fields(Map<String, Tree> fields, boolean ownNames) {
    var lines = new ArrayList<String>();
    int width = width(fields, ownNames);
    fields.forEach((name, tree) -> {
      var label = label(name, ownNames) + ":";
      var text = onOneLine(tree);
      if (!text.isEmpty()) lines.add(label + " ".repeat(width - label.length()) + text);
      else {
        lines.add(label);
        below(tree, OWN_NAMES.contains(name)).forEach(line -> lines.add(INDENT + line));
      }
    });
    return lines;
  }

  /// Of the labels that have a text beside them.
  private static int width(Map<String, Tree> fields, boolean ownNames) {
    return fields.entrySet().stream()
            .filter(field -> !onOneLine(field.getValue()).isEmpty())
            .mapToInt(field -> label(field.getKey(), ownNames).length())
            .max()
            .orElse(0)
        + 3;
  }

  static String label(String name, boolean own) {
    if (own || name.isEmpty() || name.contains(".") || name.contains("/")) return name;
    if (name.equals("uid")) return "UID";
    var words = name.replaceAll("(?<=[a-z0-9])(?=[A-Z])", " ");
    return Character.toUpperCase(words.charAt(0)) + words.substring(1);
  }

  /// @return empty when it needs lines of its own
  private static String onOneLine(Tree tree) {
    return switch (tree) {
      case Tree.Text(var text) -> text.isEmpty() ? "\"\"" : text.contains("\n") ? "" : text;
      case Tree.Numeral(var value) -> value.toPlainString();
      case Tree.Truth(var truth) -> String.valueOf(truth);
      case Tree.Nothing() -> NONE;
      case Tree.Fields(var fields) -> fields.isEmpty() ? NONE : "";
      case Tree.Items(var items) -> items.isEmpty() ? NONE : joined(items);
    };
  }

  private static String joined(List<Tree> items) {
    if (!items.stream().allMatch(TreeLines::isScalar)) return "";
    var texts = items.stream().map(TreeLines::onOneLine).toList();
    var line = String.join(", ", texts);
    return texts.contains("") || line.length() > LINE_AT_MOST ? "" : line;
  }

  private static boolean isScalar(Tree tree) {
    return !(tree instanceof Tree.Fields) && !(tree instanceof Tree.Items);
  }

  private static List<String> below(Tree tree, boolean ownNames) {
    return switch (tree) {
      case Tree.Fields(var fields) -> fields(fields, ownNames);
      case Tree.Items(var items) when isTable(items) -> table(items);
      case Tree.Items(var items) -> items.stream().flatMap(item -> item(item).stream()).toList();
      default -> tree.text().lines().toList();
    };
  }

  /// The first line begins with a dash.
  private static List<String> item(Tree item) {
    var inner = onOneLine(item).isEmpty() ? below(item, false) : List.of(onOneLine(item));
    var lines = new ArrayList<String>();
    for (var line : inner) lines.add((lines.isEmpty() ? "- " : INDENT) + line);
    return lines;
  }

  // Tables

  private static boolean isTable(List<Tree> items) {
    return items.stream().allMatch(TreeLines::isFlat)
        && columns(items).size() > 1
        && columns(items).size() <= COLUMNS_AT_MOST;
  }

  private static boolean isFlat(Tree item) {
    return item instanceof Tree.Fields(var fields)
        && fields.values().stream().allMatch(part -> !onOneLine(part).isEmpty());
  }

  private static List<String> columns(List<Tree> items) {
    var columns = new LinkedHashMap<String, Boolean>();
    items.forEach(item -> item.fields().keySet().forEach(name -> columns.put(name, true)));
    return List.copyOf(columns.keySet());
  }

  /// What has no end to its length stands last.
  static List<String> table(List<Tree> items) {
    var columns = new ArrayList<>(columns(items));
    if (columns.remove("message")) columns.add("message");
    var rows = new ArrayList<List<String>>();
    rows.add(columns.stream().map(name -> label(name, false)).toList());
    rows.add(rows.getFirst().stream().map(head -> "-".repeat(head.length())).toList());
    for (Tree item : items)
      rows.add(columns.stream().map(name -> cell(item, name)).collect(Collectors.toList()));
    return new TableText().lines(rows).stream().map(String::stripTrailing).toList();
  }

  private static String cell(Tree item, String column) {
    return item.fields().containsKey(column) ? onOneLine(item.at(column)) : "";
  }
}
