package dev.moorage.kubeserver.http;

import dev.moorage.kube.Tree;
import java.time.Instant;
import java.util.function.Function;

/// One column of a table.
///
/// @param type `string`, `integer`, `boolean` or `date`
/// @param wide whether kubectl prints it only with `-o wide`
record Column(String name, String type, String format, boolean wide, Cell cell) {

  /// What a column shows of an object.
  interface Cell {
    Tree of(Tree object, Instant now);
  }

  static final Column NAME =
      new Column("Name", "string", "name", false, (object, _) -> object.at("metadata", "name"));

  static final Column AGE =
      new Column(
          "Age", "string", "", false, (object, now) -> Tree.of(Ages.sinceCreation(object, now)));

  static Column text(String name, Function<Tree, String> cell) {
    return new Column(name, "string", "", false, (object, _) -> Tree.of(cell.apply(object)));
  }

  static Column number(String name, Function<Tree, Long> cell) {
    return new Column(
        name, "integer", "", false, (object, _) -> Tree.of((long) cell.apply(object)));
  }

  static Column truth(String name, Function<Tree, Boolean> cell) {
    return new Column(
        name, "boolean", "", false, (object, _) -> Tree.of((boolean) cell.apply(object)));
  }

  /// Text that grows old.
  static Column aging(String name, Cell cell) {
    return new Column(name, "string", "", false, cell);
  }

  Column onlyWide() {
    return new Column(name, type, format, true, cell);
  }

  Tree definition() {
    return Tree.object(
        "name", name, "type", type, "format", format, "description", "", "priority", wide ? 1 : 0);
  }
}
