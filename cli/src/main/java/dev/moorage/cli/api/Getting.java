package dev.moorage.cli.api;

import dev.moorage.cli.api.ShowOptions.Format;
import dev.moorage.cli.api.Targets.Target;
import dev.moorage.cli.manifest.JsonText;
import dev.moorage.cli.manifest.YamlText;
import dev.moorage.kube.KubeException;
import dev.moorage.kube.Raw;
import dev.moorage.kube.Selection;
import dev.moorage.kube.Tree;
import dev.moorage.kubeclient.Table;
import dev.moorage.kubeclient.Table.Column;
import dev.moorage.kubeclient.Table.Row;
import java.util.ArrayList;
import java.util.List;

/// Shows objects once.
final class Getting {
  private final Session session;
  private final List<Target> targets;
  private final SelectOptions select;
  private final ShowOptions show;

  Getting(Session session, List<Target> targets, SelectOptions select, ShowOptions show) {
    this.session = session;
    this.targets = targets;
    this.select = select;
    this.show = show;
  }

  void run() {
    switch (show.format()) {
      case TABLE, WIDE, NAME -> {
        if (!showTables() && session.exitCode() == 0) session.remark(nothingFound());
      }
      case YAML, JSON -> showObjects();
    }
  }

  private String nothingFound() {
    boolean inOne =
        !select.everywhere()
            && targets.stream().allMatch(target -> target.resource().kind().namespaced());
    return inOne
        ? "No resources found in " + session.namespace() + " namespace."
        : "No resources found";
  }

  private Selection selection() {
    return select.selection(session.namespace());
  }

  // Tables

  /// @return whether there was anything
  private boolean showTables() {
    boolean any = false;
    for (var target : targets) {
      var table = table(target);
      if (table.rows().isEmpty()) continue;
      if (any && show.format() != Format.NAME) session.out().println();
      any = true;
      session.say(lines(target, table));
    }
    return any;
  }

  private Table table(Target target) {
    var tables = session.client().tables();
    var kind = target.resource().kind();
    if (target.names().isEmpty()) return tables.list(kind, selection());
    var columns = new ArrayList<Column>();
    var rows = new ArrayList<Row>();
    for (var name : target.names()) {
      try {
        var one = tables.get(kind, session.key(kind, name));
        if (columns.isEmpty()) columns.addAll(one.columns());
        rows.addAll(one.rows());
      } catch (KubeException refused) {
        session.failed(refused);
      }
    }
    return new Table(columns, rows, "");
  }

  private List<String> lines(Target target, Table table) {
    var kind = target.resource().kind();
    if (show.format() == Format.NAME)
      return table.rows().stream().map(row -> Names.of(kind, row.meta().name())).toList();
    boolean several = targets.stream().map(Target::resource).distinct().count() > 1;
    var cells = new RowCells(kind, show, select.everywhere(), several);
    var lines = new ArrayList<List<String>>();
    if (show.headers()) lines.add(cells.headers(table.columns()));
    table.rows().forEach(row -> lines.add(cells.of(table.columns(), row)));
    return new TableText().lines(lines);
  }

  // Whole objects

  private void showObjects() {
    var objects = new ArrayList<Tree>();
    for (var target : targets) objects.addAll(objects(target));
    boolean single = targets.size() == 1 && targets.getFirst().names().size() == 1;
    if (!single) show(list(objects));
    else if (!objects.isEmpty()) show(objects.getFirst());
  }

  private void show(Tree tree) {
    if (show.format() == Format.YAML) session.out().print(YamlText.of(tree));
    else session.out().println(JsonText.pretty(tree));
  }

  private static Tree list(List<Tree> objects) {
    return Tree.object(
        "apiVersion",
        "v1",
        "kind",
        "List",
        "items",
        Tree.list(objects),
        "metadata",
        Tree.object("resourceVersion", ""));
  }

  private List<Tree> objects(Target target) {
    var kube = session.client().kube();
    var kind = target.resource().kind();
    if (target.names().isEmpty())
      return kube.list(kind, selection()).items().stream().map(Raw::tree).toList();
    var objects = new ArrayList<Tree>();
    for (var name : target.names())
      kube.get(kind, session.key(kind, name))
          .ifPresentOrElse(
              object -> objects.add(object.tree()),
              () -> session.failed(Sentences.notFound(kind, name)));
    return objects;
  }
}
