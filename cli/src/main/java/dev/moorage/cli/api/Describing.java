package dev.moorage.cli.api;

import dev.moorage.cli.api.Targets.Target;
import dev.moorage.kube.Kind;
import dev.moorage.kube.Kinds;
import dev.moorage.kube.KubeException;
import dev.moorage.kube.Raw;
import dev.moorage.kube.Selection;
import dev.moorage.kube.Tree;
import dev.moorage.kubeclient.Table;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Tells all about objects of any kind: what the server would put in a wide table first, then what
/// they are related to, their fields, and the events about them.
final class Describing {
  /// Of every object, and told at the begin.
  private static final Set<String> HEAD = Set.of("apiVersion", "kind", "metadata");

  private static final Set<String> CONCEALED = Set.of("data", "stringData");
  private static final List<String> EVENT_COLUMNS =
      List.of("Type", "Reason", "Last Seen", "Count", "Source", "Message");

  private final Session session;
  private final Related related;
  private boolean any;

  Describing(Session session) {
    this.session = session;
    this.related = new Related(session);
  }

  /// @param selection of the objects when none is named
  void describe(Target target, Selection selection) {
    var kube = session.client().kube();
    var kind = target.resource().kind();
    if (target.names().isEmpty())
      kube.list(kind, selection).items().forEach(object -> describe(kind, object));
    for (var name : target.names())
      kube.get(kind, session.key(kind, name))
          .ifPresentOrElse(
              object -> describe(kind, object),
              () -> session.failed(Sentences.notFound(kind, name)));
  }

  boolean any() {
    return any;
  }

  private void describe(Kind<Raw> kind, Raw object) {
    if (any) session.say(List.of("", ""));
    any = true;
    session.say(TreeLines.of(whole(kind, object)));
    session.say(events(kind, object));
  }

  private Tree whole(Kind<Raw> kind, Raw object) {
    var all = new LinkedHashMap<String, Tree>();
    all.putAll(head(object));
    all.putAll(columns(kind, object));
    all.putAll(related.of(kind, object));
    boolean secret = kind.sameAs(Kinds.SECRET);
    object
        .tree()
        .fields()
        .forEach((name, part) -> {
          if (HEAD.contains(name)) return;
          all.put(name, secret && CONCEALED.contains(name) ? concealed(part) : part);
        });
    return new Tree.Fields(all);
  }

  private static Map<String, Tree> head(Raw object) {
    var meta = object.tree().at("metadata");
    var head = new LinkedHashMap<String, Tree>();
    head.put("Name", meta.at("name"));
    if (!object.meta().namespace().isEmpty()) head.put("Namespace", meta.at("namespace"));
    head.put(
        "Kind",
        Tree.of(object.tree().text("kind") + " (" + object.tree().text("apiVersion") + ")"));
    head.put("Labels", meta.at("labels"));
    head.put("Annotations", meta.at("annotations").without(Applying.LAST_APPLIED));
    head.put("Created", meta.at("creationTimestamp"));
    for (String field : List.of("deletionTimestamp", "deletionGracePeriodSeconds", "finalizers"))
      if (!meta.at(field).isNothing()) head.put(field, meta.at(field));
    if (!object.meta().owners().isEmpty()) head.put("Owned By", owners(object));
    head.put("uid", meta.at("uid"));
    return head;
  }

  private static Tree owners(Raw object) {
    return Tree.texts(
        object.meta().owners().stream().map(owner -> owner.kind() + "/" + owner.name()).toList());
  }

  /// What the server tells at a glance, its name apart.
  private Map<String, Tree> columns(Kind<Raw> kind, Raw object) {
    var told = new LinkedHashMap<String, Tree>();
    var table = session.client().tables().get(kind, object.key());
    for (var row : table.rows())
      for (int i = 0; i < Math.min(table.columns().size(), row.cells().size()); i++) {
        var column = table.columns().get(i).name();
        var cell = row.cells().get(i);
        boolean said = column.equals("Name") || isField(object, column);
        if (!said && !cell.equals(Tree.of(""))) told.put(column, cell);
      }
    return told;
  }

  /// Whether it is told below as the object's own field.
  private static boolean isField(Raw object, String column) {
    return object.tree().fields().entrySet().stream()
        .filter(field -> !(field.getValue() instanceof Tree.Fields))
        .anyMatch(field -> field.getKey().equalsIgnoreCase(column));
  }

  private static Tree concealed(Tree data) {
    var sizes = new LinkedHashMap<String, String>();
    data.textMap()
        .forEach((name, text) -> sizes.put(name, text.length() + " characters, not shown"));
    return Tree.texts(sizes);
  }

  // Events

  private List<String> events(Kind<Raw> kind, Raw object) {
    try {
      var table = inOrder(session.client().tables().list(Kinds.EVENT, about(kind, object)));
      if (table.rows().isEmpty()) return List.of("Events:  <none>");
      var lines = new ArrayList<>(List.of("Events:"));
      TreeLines.table(rows(table)).forEach(line -> lines.add("  " + line));
      return lines;
    } catch (KubeException refused) {
      return List.of("Events:  unknown: " + refused.getMessage());
    }
  }

  /// As they happened; within a second, as they were last written.
  private static Table inOrder(Table table) {
    var rows = new ArrayList<>(table.rows());
    rows.sort(
        Comparator.<Table.Row, String>comparing(row -> row.meta().creationTimestamp())
            .thenComparingInt(row -> row.meta().version().length())
            .thenComparing(row -> row.meta().version()));
    return new Table(table.columns(), rows, table.version());
  }

  /// A kubelet gives a Node's name where its uid belongs.
  private static Selection about(Kind<Raw> kind, Raw object) {
    var fields = new ArrayList<Selection.Field>();
    fields.add(new Selection.Field("involvedObject.kind", kind.name(), true));
    fields.add(new Selection.Field("involvedObject.name", object.meta().name(), true));
    if (!kind.sameAs(Kinds.NODE))
      fields.add(new Selection.Field("involvedObject.uid", object.meta().uid(), true));
    return new Selection(object.meta().namespace(), List.of(), fields);
  }

  private static List<Tree> rows(Table table) {
    var names = table.columns().stream().map(Table.Column::name).toList();
    var rows = new ArrayList<Tree>();
    for (var row : table.rows()) {
      var cells = new LinkedHashMap<String, Tree>();
      for (String wanted : EVENT_COLUMNS) {
        int at = names.indexOf(wanted);
        if (at >= 0 && at < row.cells().size()) cells.put(wanted, row.cells().get(at));
      }
      rows.add(new Tree.Fields(cells));
    }
    return rows;
  }
}
