package dev.moorage.kubeserver.http;

import dev.moorage.kube.Kind;
import dev.moorage.kube.Tree;
import dev.moorage.kubeserver.http.Accept.Shape;
import dev.moorage.kubeserver.registry.Answer;
import dev.moorage.kubeserver.registry.Told;
import java.time.Instant;
import java.util.function.Supplier;

/// Draws the registry's answers in the shape that a client wants.
final class Rendering {
  private final Kind<?> kind;
  private final Shape shape;
  private final IncludeObject include;
  private final Supplier<Instant> now;

  /// What a row of a table carries of its object.
  enum IncludeObject {
    NONE,
    METADATA,
    OBJECT
  }

  Rendering(Kind<?> kind, Shape shape, IncludeObject include, Supplier<Instant> now) {
    this.kind = kind;
    this.shape = shape;
    this.include = include;
    this.now = now;
  }

  Tree one(Tree object) {
    return switch (shape) {
      case Shape.Plain() -> object;
      case Shape.Table table -> table(table).one(object, true);
      case Shape.Metadata(var version) -> metadata(object, version);
    };
  }

  Tree list(Answer.Many many) {
    return switch (shape) {
      case Shape.Plain() -> list(kind.name() + "List", kind.apiVersion(), many);
      case Shape.Table table -> table(table).list(many, listMeta(many));
      case Shape.Metadata(var version) -> {
        var items = many.items().stream().map(object -> metadata(object, version)).toList();
        var all = new Answer.Many(items, many.version(), many.from(), many.remaining());
        yield list("PartialObjectMetadataList", "meta.k8s.io/" + version, all);
      }
    };
  }

  private static Tree list(String kind, String apiVersion, Answer.Many many) {
    return Tree.object(
        "kind",
        kind,
        "apiVersion",
        apiVersion,
        "metadata",
        listMeta(many),
        "items",
        Tree.list(many.items()));
  }

  private static Tree listMeta(Answer.Many many) {
    var meta = Tree.object("resourceVersion", many.version());
    if (!many.from().isEmpty()) meta = meta.with(Tree.of(many.from()), "continue");
    if (many.remaining() > 0) meta = meta.with(Tree.of(many.remaining()), "remainingItemCount");
    return meta;
  }

  /// A writer of a watch's lines: the first row of a table carries the columns.
  Watching watching(SharedLines shared) {
    return new Watching(shared);
  }

  /// The lines of one watch.
  final class Watching {
    private boolean begun;

    private final SharedLines shared;

    Watching(SharedLines shared) {
      this.shared = shared;
    }

    /// One line of JSON.
    byte[] line(Told told) {
      return switch (told) {
        case Told.Added(var object) -> line("ADDED", object);
        case Told.Modified(var object) -> line("MODIFIED", object);
        case Told.Deleted(var object) -> line("DELETED", object);
        case Told.Bookmark bookmark -> SharedLines.written(event("BOOKMARK", drawn(bookmark)));
      };
    }

    private byte[] line(String type, Tree object) {
      return shape instanceof Shape.Plain
          ? shared.plain(type, object)
          : SharedLines.written(event(type, drawn(object)));
    }

    private Tree drawn(Tree object) {
      boolean first = !begun;
      begun = true;
      return shape instanceof Shape.Table table ? table(table).one(object, first) : one(object);
    }

    private Tree drawn(Told.Bookmark bookmark) {
      var meta = Tree.object("resourceVersion", bookmark.version());
      if (bookmark.startTold())
        meta = meta.with(Tree.object("k8s.io/initial-events-end", "true"), "annotations");
      return switch (shape) {
        case Shape.Plain() ->
            Tree.object("kind", kind.name(), "apiVersion", kind.apiVersion(), "metadata", meta);
        case Shape.Table table -> table(table).empty(meta);
        case Shape.Metadata(var version) -> metadata(Tree.object("metadata", meta), version);
      };
    }
  }

  static Tree event(String type, Tree object) {
    return Tree.object("type", type, "object", object);
  }

  private static Tree metadata(Tree object, String version) {
    return Tree.object(
        "kind",
        "PartialObjectMetadata",
        "apiVersion",
        "meta.k8s.io/" + version,
        "metadata",
        object.at("metadata"));
  }

  private Tables table(Shape.Table table) {
    return new Tables(Columns.of(kind), table.version(), this::carried, now.get());
  }

  private Tree carried(Tree object, String version) {
    return switch (include) {
      case NONE -> Tree.nothing();
      case METADATA -> metadata(object, version);
      case OBJECT -> object;
    };
  }
}
