package dev.moorage.cli.api;

import dev.moorage.cli.api.ShowOptions.Format;
import dev.moorage.cli.api.Targets.Target;
import dev.moorage.cli.manifest.JsonText;
import dev.moorage.cli.manifest.YamlText;
import dev.moorage.kube.Kind;
import dev.moorage.kube.Kube.Listed;
import dev.moorage.kube.Raw;
import dev.moorage.kube.Selection;
import dev.moorage.kube.View;
import dev.moorage.kube.Watch;
import dev.moorage.kubeclient.Table.Column;
import dev.moorage.kubeclient.Table.Row;
import java.util.ArrayList;
import java.util.List;

/// Shows objects, and then every change of them: a line, or a whole object, each time.
final class Watching {
  private final Session session;
  private final Target target;
  private final SelectOptions select;
  private final ShowOptions show;

  Watching(Session session, Target target, SelectOptions select, ShowOptions show) {
    this.session = session;
    this.target = target;
    this.select = select;
    this.show = show;
  }

  void run() {
    switch (show.format()) {
      case TABLE, WIDE, NAME -> followRows();
      case YAML, JSON -> followObjects();
    }
  }

  private Kind<Raw> kind() {
    return target.resource().kind();
  }

  private Selection selection() {
    return target.names().isEmpty()
        ? select.selection(session.namespace())
        : Selection.of(session.key(kind(), target.names().getFirst()));
  }

  /// A single object must be there at the begin.
  private <T extends View> Listed<T> begun(Listed<T> listed) {
    if (listed.items().isEmpty() && !target.names().isEmpty())
      throw Sentences.notFound(kind(), target.names().getFirst());
    return listed;
  }

  // Lines

  private void followRows() {
    var source = new Rows();
    var first = begun(source.list());
    new Following<>(session, source, new RowLines(source)::tell).run(first);
  }

  /// Rows, and the columns that came with them.
  private final class Rows implements Following.Source<Row> {
    private final List<Column> columns = new ArrayList<>();

    @Override
    public Listed<Row> list() {
      var table = session.client().tables().list(kind(), selection());
      if (columns.isEmpty()) columns.addAll(table.columns());
      return new Listed<>(table.rows(), table.version());
    }

    @Override
    public Watch<Row> watch(String since) {
      return session.client().tables().watch(kind(), selection(), since);
    }
  }

  /// Column names once, before the first line.
  private final class RowLines {
    private final Rows rows;
    private final TableText text = new TableText();
    private final RowCells cells = new RowCells(kind(), show, select.everywhere(), false);
    private boolean headed = !show.headers();

    RowLines(Rows rows) {
      this.rows = rows;
    }

    void tell(Row row) {
      if (show.format() == Format.NAME) {
        session.say(List.of(Names.of(kind(), row.meta().name())));
        return;
      }
      var lines = new ArrayList<List<String>>();
      if (!headed) lines.add(cells.headers(rows.columns));
      headed = true;
      lines.add(cells.of(rows.columns, row));
      session.say(text.lines(lines));
    }
  }

  // Whole objects

  private void followObjects() {
    var source = new Objects();
    new Following<>(session, source, this::tell).run(begun(source.list()));
  }

  private final class Objects implements Following.Source<Raw> {
    @Override
    public Listed<Raw> list() {
      return session.client().kube().list(kind(), selection());
    }

    @Override
    public Watch<Raw> watch(String since) {
      return session.client().kube().watch(kind(), selection(), since);
    }
  }

  private void tell(Raw object) {
    if (show.format() == Format.YAML) session.out().print("---\n" + YamlText.of(object.tree()));
    else session.out().println(JsonText.pretty(object.tree()));
  }
}
