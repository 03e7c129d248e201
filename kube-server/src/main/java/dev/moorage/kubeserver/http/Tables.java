package dev.moorage.kubeserver.http;

import dev.moorage.kube.Tree;
import dev.moorage.kubeserver.registry.Answer;
import java.time.Instant;
import java.util.List;
import java.util.function.BiFunction;

/// Draws objects as tables.
final class Tables {
  private final List<Column> columns;
  private final String version;
  private final BiFunction<Tree, String, Tree> carried;
  private final Instant now;

  /// @param version of `meta.k8s.io`
  /// @param carried what a row carries of its object in that version
  Tables(
      List<Column> columns, String version, BiFunction<Tree, String, Tree> carried, Instant now) {
    this.columns = columns;
    this.version = version;
    this.carried = carried;
    this.now = now;
  }

  /// @param withColumns whether the columns are defined; a watch does so once
  Tree one(Tree object, boolean withColumns) {
    var meta = Tree.object("resourceVersion", object.at("metadata", "resourceVersion"));
    return table(meta, withColumns, List.of(row(object)));
  }

  Tree list(Answer.Many many, Tree meta) {
    return table(meta, true, many.items().stream().map(this::row).toList());
  }

  Tree empty(Tree meta) {
    return table(meta, false, List.of());
  }

  private Tree table(Tree meta, boolean withColumns, List<Tree> rows) {
    var definitions =
        withColumns ? Tree.list(columns.stream().map(Column::definition).toList()) : Tree.nothing();
    return Tree.object(
        "kind",
        "Table",
        "apiVersion",
        "meta.k8s.io/" + version,
        "metadata",
        meta,
        "columnDefinitions",
        definitions,
        "rows",
        Tree.list(rows));
  }

  private Tree row(Tree object) {
    var cells = Tree.list(columns.stream().map(column -> column.cell().of(object, now)).toList());
    var row = Tree.object("cells", cells);
    var part = carried.apply(object, version);
    return part.isNothing() ? row : row.with(part, "object");
  }
}
