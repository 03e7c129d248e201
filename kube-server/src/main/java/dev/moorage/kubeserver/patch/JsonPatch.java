package dev.moorage.kubeserver.patch;

import dev.moorage.kube.Tree;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;

/// JSON patches (RFC 6902), as lenient as Kubernetes' library: `replace` of a missing object member
/// adds it, `test` of null holds for a missing one, negative indexes count from the end.
public final class JsonPatch {
  private JsonPatch() {}

  /// Operations in one patch, at most.
  private static final int OPERATIONS_AT_MOST = 10_000;

  /// Applies a patch; none or all of its operations.
  ///
  /// @param patch the list of operations
  /// @throws PatchRefused when it is no such list, or one of them does not fit
  public static Tree apply(Tree object, Tree patch) {
    if (!(patch instanceof Tree.Items(var operations)))
      throw PatchRefused.undecodable("a JSON patch is a list of operations");
    if (operations.size() > OPERATIONS_AT_MOST)
      throw PatchRefused.unfitting(
          "a JSON patch has " + OPERATIONS_AT_MOST + " operations at most");
    Tree now = object;
    for (Tree operation : operations) now = applied(now, operation);
    return now;
  }

  private static Tree applied(Tree object, Tree operation) {
    var path = pointer(operation, "path");
    return switch (operation.text("op")) {
      case "add" -> put(object, path, value(operation), true);
      case "replace" -> put(object, path, value(operation), false);
      case "remove" -> removed(object, path);
      case "test" -> tested(object, path, operation.at("value"));
      case "copy" -> put(object, path, found(object, pointer(operation, "from")), true);
      case "move" -> {
        var from = pointer(operation, "from");
        yield put(removed(object, from), path, found(object, from), true);
      }
      default -> throw PatchRefused.unfitting("unknown operation of a JSON patch");
    };
  }

  private static Tree value(Tree operation) {
    if (!operation.fields().containsKey("value"))
      throw PatchRefused.unfitting("an operation lacks its value: " + operation.text("path"));
    return operation.at("value");
  }

  private static List<String> pointer(Tree operation, String field) {
    if (!(operation.at(field) instanceof Tree.Text(var text)))
      throw PatchRefused.unfitting("an operation lacks its " + field);
    if (text.isEmpty()) return List.of();
    if (!text.startsWith("/")) throw PatchRefused.unfitting("a path begins with /: " + text);
    var names = new ArrayList<String>();
    for (String part : text.substring(1).split("/", -1))
      names.add(part.replace("~1", "/").replace("~0", "~"));
    return names;
  }

  /// The part at a path.
  private static Tree found(Tree object, List<String> path) {
    Tree here = object;
    for (String name : path) {
      if (!has(here, name)) throw missing(path);
      here = child(here, name);
    }
    return here;
  }

  private static boolean has(Tree parent, String name) {
    return switch (parent) {
      case Tree.Fields(var fields) -> fields.containsKey(name);
      case Tree.Items(var items) -> isIndex(name) && within(index(name, items.size()), items);
      default -> false;
    };
  }

  private static Tree child(Tree parent, String name) {
    return parent instanceof Tree.Items(var items)
        ? items.get(index(name, items.size()))
        : parent.at(name);
  }

  private static Tree put(Tree object, List<String> path, Tree value, boolean insert) {
    if (path.isEmpty()) return value;
    var name = path.getFirst();
    if (path.size() > 1) {
      if (!has(object, name)) throw missing(path);
      var changed = put(child(object, name), path.subList(1, path.size()), value, insert);
      return withChild(object, name, changed);
    }
    return switch (object) {
      case Tree.Fields _ -> withChild(object, name, value);
      case Tree.Items(var items) when insert -> inserted(items, name, value);
      case Tree.Items _ when has(object, name) -> withChild(object, name, value);
      default -> throw missing(path);
    };
  }

  private static Tree withChild(Tree parent, String name, Tree value) {
    if (parent instanceof Tree.Items(var items)) {
      var all = new ArrayList<>(items);
      all.set(index(name, items.size()), value);
      return Tree.list(all);
    }
    var fields = new LinkedHashMap<>(parent.fields());
    fields.put(name, value);
    return new Tree.Fields(fields);
  }

  private static Tree inserted(List<Tree> items, String name, Tree value) {
    var all = new ArrayList<>(items);
    if (name.equals("-")) {
      all.add(value);
      return Tree.list(all);
    }
    if (!isIndex(name)) throw missing(List.of(name));
    int size = items.size();
    int at = name.startsWith("-") ? size + 1 + Integer.parseInt(name) : Integer.parseInt(name);
    if (at < 0 || at > size) throw PatchRefused.unfitting("index out of bounds: " + name);
    all.add(at, value);
    return Tree.list(all);
  }

  private static Tree removed(Tree object, List<String> path) {
    if (path.isEmpty()) throw PatchRefused.unfitting("the whole object cannot be removed");
    var name = path.getFirst();
    if (!has(object, name)) throw missing(path);
    if (path.size() > 1)
      return withChild(object, name, removed(child(object, name), path.subList(1, path.size())));
    if (object instanceof Tree.Items(var items)) {
      var all = new ArrayList<>(items);
      all.remove(index(name, items.size()));
      return Tree.list(all);
    }
    return object.without(name);
  }

  private static Tree tested(Tree object, List<String> path, Tree expected) {
    Tree here = object;
    for (String name : path) here = has(here, name) ? child(here, name) : Tree.nothing();
    if (here.equals(expected)) return object;
    throw PatchRefused.unfitting("a test failed: /" + String.join("/", path));
  }

  private static boolean isIndex(String name) {
    return name.matches("0|-?[1-9][0-9]{0,8}");
  }

  private static boolean within(int index, List<Tree> items) {
    return index >= 0 && index < items.size();
  }

  private static int index(String name, int size) {
    int index = Integer.parseInt(name);
    return index < 0 ? size + index : index;
  }

  private static PatchRefused missing(List<String> path) {
    return PatchRefused.unfitting("nothing there: " + String.join("/", path));
  }
}
