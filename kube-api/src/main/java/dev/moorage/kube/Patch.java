package dev.moorage.kube;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/// A change of named paths: a pure function on a tree. What it does not name survives.
///
/// @param changes applied in order
public record Patch(List<Change> changes) {

  public Patch {
    changes = List.copyOf(changes);
  }

  /// A patch that changes nothing yet.
  public static final Patch NONE = new Patch(List.of());

  /// One change.
  public sealed interface Change {
    /// The path from the object's root, as field names.
    List<String> path();

    /// Sets the part at a path.
    record Set(List<String> path, Tree tree) implements Change {}

    /// Removes the part at a path.
    record Remove(List<String> path) implements Change {}

    /// Adds a text to a list that is a set (finalizers), unless it is there.
    record Include(List<String> path, String text) implements Change {}

    /// Takes a text out of a list that is a set.
    record Exclude(List<String> path, String text) implements Change {}

    /// Sets the item of a list whose `key` field equals the item's own (conditions by `type`), or
    /// appends it.
    record SetItem(List<String> path, String key, Tree item) implements Change {}

    /// Removes the items of a list whose `key` field has this text.
    record RemoveItem(List<String> path, String key, String text) implements Change {}
  }

  /// And sets a part.
  public Patch set(Tree tree, String... path) {
    return and(new Change.Set(List.of(path), tree));
  }

  /// And sets a text.
  public Patch set(String text, String... path) {
    return set(Tree.of(text), path);
  }

  /// And removes a part.
  public Patch remove(String... path) {
    return and(new Change.Remove(List.of(path)));
  }

  /// And adds a text to a set.
  public Patch include(String text, String... path) {
    return and(new Change.Include(List.of(path), text));
  }

  /// And takes a text out of a set.
  public Patch exclude(String text, String... path) {
    return and(new Change.Exclude(List.of(path), text));
  }

  /// And sets the item of a keyed list.
  public Patch setItem(String key, Tree item, String... path) {
    return and(new Change.SetItem(List.of(path), key, item));
  }

  /// And removes an item of a keyed list.
  public Patch removeItem(String key, String text, String... path) {
    return and(new Change.RemoveItem(List.of(path), key, text));
  }

  /// Adds a finalizer.
  public Patch addFinalizer(String finalizer) {
    return include(finalizer, "metadata", "finalizers");
  }

  /// Removes a finalizer.
  public Patch removeFinalizer(String finalizer) {
    return exclude(finalizer, "metadata", "finalizers");
  }

  /// Sets an annotation.
  public Patch annotate(String name, String text) {
    return set(text, "metadata", "annotations", name);
  }

  /// Removes an annotation.
  public Patch unannotate(String name) {
    return remove("metadata", "annotations", name);
  }

  private Patch and(Change change) {
    var all = new ArrayList<>(changes);
    all.add(change);
    return new Patch(all);
  }

  /// What changes, for people: the paths without their values (`spec.volumeName`,
  /// `-metadata.finalizers`), a value may be secret.
  public String paths() {
    return changes.stream().map(Patch::path).distinct().collect(Collectors.joining(", "));
  }

  private static String path(Change change) {
    var whole = String.join(".", change.path());
    var path = whole.startsWith("metadata.") ? whole.substring("metadata.".length()) : whole;
    return switch (change) {
      case Change.Set _ -> path;
      case Change.Remove _, Change.RemoveItem _ -> "-" + path;
      case Change.Include(_, var text) -> "+" + path + " " + text;
      case Change.Exclude(_, var text) -> "-" + path + " " + text;
      case Change.SetItem(_, var key, var item) -> path + " " + item.text(key);
    };
  }

  /// Applies the changes to an object.
  public Tree apply(Tree object) {
    Tree now = object;
    for (Change change : changes) now = apply(now, change);
    return now;
  }

  private static Tree apply(Tree object, Change change) {
    var path = change.path().toArray(String[]::new);
    var list = object.at(path).items();
    return switch (change) {
      case Change.Set(_, var tree) -> object.with(tree, path);
      case Change.Remove _ -> object.without(path);
      case Change.Include(_, var text) ->
          list.contains(Tree.of(text)) ? object : withList(object, plus(list, Tree.of(text)), path);
      case Change.Exclude(_, var text) ->
          withList(
              object, list.stream().filter(item -> !item.equals(Tree.of(text))).toList(), path);
      case Change.SetItem(_, var key, var item) -> withList(object, setItem(list, key, item), path);
      case Change.RemoveItem(_, var key, var text) ->
          withList(
              object, list.stream().filter(item -> !item.text(key).equals(text)).toList(), path);
    };
  }

  /// An emptied list goes away, as Kubernetes omits empty lists.
  private static Tree withList(Tree object, List<Tree> items, String... path) {
    return items.isEmpty() ? object.without(path) : object.with(Tree.list(items), path);
  }

  private static List<Tree> plus(List<Tree> list, Tree item) {
    var all = new ArrayList<>(list);
    all.add(item);
    return all;
  }

  private static List<Tree> setItem(List<Tree> list, String key, Tree item) {
    var all = new ArrayList<>(list);
    for (int i = 0; i < all.size(); i++) {
      if (all.get(i).text(key).equals(item.text(key))) {
        all.set(i, item);
        return all;
      }
    }
    all.add(item);
    return all;
  }
}
