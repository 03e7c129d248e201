package dev.moorage.kubeclient;

import dev.moorage.kube.Meta;
import dev.moorage.kube.Tree;
import dev.moorage.kube.View;
import java.util.List;

/// Objects as the server draws them for people.
///
/// @param version from which a watch goes on
public record Table(List<Column> columns, List<Row> rows, String version) {
  public Table {
    columns = List.copyOf(columns);
    rows = List.copyOf(rows);
  }

  /// A column.
  ///
  /// @param type e.g. `string`, `date`
  /// @param format e.g. `name`; may be empty
  /// @param priority above 0: only where there is room for more
  public record Column(String name, String type, String format, String description, int priority) {}

  /// A row: one object.
  ///
  /// @param cells one per column
  /// @param object the object's metadata (or the whole object from servers that draw no tables)
  public record Row(Meta meta, List<Tree> cells, Tree object) implements View {
    public Row {
      cells = List.copyOf(cells);
    }
  }
}
