package dev.moorage.cli.api;

import dev.moorage.cli.api.ShowOptions.Format;
import dev.moorage.cli.manifest.JsonText;
import dev.moorage.kube.Kind;
import dev.moorage.kube.Tree;
import dev.moorage.kubeclient.Table.Column;
import dev.moorage.kubeclient.Table.Row;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// What of a server's table is shown, as the cells of a line.
///
/// @param withNamespace whether objects of several namespaces are shown
/// @param withKind whether objects of several kinds are shown
record RowCells(Kind<?> kind, ShowOptions show, boolean withNamespace, boolean withKind) {
  private static final String NONE = "<none>";
  private static final Pattern LINE_END = Pattern.compile("[\\f\\n\\r]");

  List<String> headers(List<Column> columns) {
    var cells = new ArrayList<String>();
    if (withNamespace && kind.namespaced()) cells.add("NAMESPACE");
    columns.stream()
        .filter(this::isShown)
        .map(column -> column.name().toUpperCase(Locale.ROOT))
        .forEach(cells::add);
    if (show.labels()) cells.add("LABELS");
    return cells;
  }

  List<String> of(List<Column> columns, Row row) {
    var cells = new ArrayList<String>();
    for (int i = 0; i < Math.min(columns.size(), row.cells().size()); i++)
      if (isShown(columns.get(i))) cells.add(text(row.cells().get(i)));
    if (withKind && !cells.isEmpty()) cells.set(0, Names.of(kind, cells.getFirst()));
    if (withNamespace && kind.namespaced()) cells.addFirst(row.meta().namespace());
    if (show.labels()) cells.add(labels(row.meta().labels()));
    return cells;
  }

  private boolean isShown(Column column) {
    return column.priority() == 0 || show.format() == Format.WIDE;
  }

  private static String labels(Map<String, String> labels) {
    if (labels.isEmpty()) return NONE;
    return labels.entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .map(label -> label.getKey() + "=" + label.getValue())
        .collect(Collectors.joining(","));
  }

  /// Of many lines, the first.
  static String text(Tree cell) {
    return switch (cell) {
      case Tree.Text(var text) -> {
        var end = LINE_END.matcher(text);
        yield end.find() ? text.substring(0, end.start()) + "..." : text;
      }
      case Tree.Numeral(var value) -> value.toPlainString();
      case Tree.Truth(var truth) -> String.valueOf(truth);
      case Tree.Nothing() -> "";
      case Tree.Fields _, Tree.Items _ -> JsonText.line(cell);
    };
  }
}
