package dev.moorage.kubeclient;

import dev.moorage.base.ObjectKey;
import dev.moorage.kube.Kind;
import dev.moorage.kube.Meta;
import dev.moorage.kube.Selection;
import dev.moorage.kube.Tree;
import dev.moorage.kube.Watch;
import dev.moorage.kubeclient.Table.Column;
import dev.moorage.kubeclient.Table.Row;
import java.util.ArrayList;
import java.util.List;

/// Objects as a server draws them for people. A server that draws none gives names and times.
public final class Tables {
  private static final String ACCEPT =
      "application/json;as=Table;v=v1;g=meta.k8s.io,application/json";
  private static final List<Column> PLAIN =
      List.of(
          new Column("Name", "string", "name", "", 0), new Column("Created At", "date", "", "", 0));

  private final Wire wire;

  Tables(Wire wire) {
    this.wire = wire;
  }

  /// One object.
  ///
  /// @throws dev.moorage.kube.KubeException `NotFound` when it is not there
  public Table get(Kind<?> kind, ObjectKey key) {
    var answered = wire.ask(Ask.get(Paths.of(kind, key), ACCEPT), Wire::object);
    var rows = answered.at("rows").items();
    return isTable(answered)
        ? new Table(
            columns(answered.at("columnDefinitions")),
            rows.stream().map(Tables::row).toList(),
            answered.text("metadata", "resourceVersion"))
        : new Table(PLAIN, List.of(row(answered)), Meta.of(answered).version());
  }

  /// All selected objects, in the server's order.
  public Table list(Kind<?> kind, Selection selection) {
    var rows = new ArrayList<Row>();
    var columns = new ArrayList<Column>();
    var taker =
        new Lists.Taker(
            rows::clear,
            part -> rows.add(row(part)),
            (name, part) -> {
              if (!name.equals("columnDefinitions") || !columns.isEmpty()) return;
              columns.addAll(columns(part));
            });
    var version = new Lists(wire).all(Paths.of(kind, selection), ACCEPT, taker);
    return new Table(columns.isEmpty() ? PLAIN : columns, rows, version);
  }

  /// Watches the rows from just after a version, as [dev.moorage.kube.Kube#watch] does.
  public Watch<Row> watch(Kind<?> kind, Selection selection, String since) {
    return new StreamedWatch<>(wire, Paths.of(kind, selection), ACCEPT, since, Tables::watchedRow);
  }

  private static Row watchedRow(Tree object) {
    var rows = object.at("rows").items();
    return row(isTable(object) && !rows.isEmpty() ? rows.getFirst() : object);
  }

  private static boolean isTable(Tree answered) {
    return answered.text("kind").equals("Table");
  }

  private static List<Column> columns(Tree definitions) {
    return definitions.items().stream()
        .map(one ->
            new Column(
                one.text("name"),
                one.text("type"),
                one.text("format"),
                one.text("description"),
                (int) one.number(0, "priority")))
        .toList();
  }

  /// @param part a row of a Table, or an object of a server that draws none
  private static Row row(Tree part) {
    boolean drawn = part.fields().containsKey("cells");
    var object = drawn ? part.at("object") : part;
    var meta = Meta.of(object);
    return new Row(
        meta,
        drawn
            ? part.at("cells").items()
            : List.of(Tree.of(meta.name()), Tree.of(meta.creationTimestamp())),
        object);
  }
}
