package dev.moorage.kubeserver.patch;

import dev.moorage.kube.Tree;
import dev.moorage.kubeserver.schema.Schema;
import dev.moorage.kubeserver.schema.Schema.ListOf;
import dev.moorage.kubeserver.schema.Schema.MapOf;
import dev.moorage.kubeserver.schema.Schema.Struct;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Strategic merge patches: merge patches that know from the schema which lists are sets and which
/// are merged by a key, with the directives `$patch`, `$retainKeys`, `$setElementOrder/...` and
/// `$deleteFromPrimitiveList/...`. Unknown directives are dropped.
public final class StrategicPatch {
  private StrategicPatch() {}

  private static final String PATCH = "$patch";
  private static final String RETAIN = "$retainKeys";
  private static final String ORDER = "$setElementOrder/";
  private static final String DELETE_FROM = "$deleteFromPrimitiveList/";

  /// Applies a patch.
  ///
  /// @param schema the object's schema
  /// @throws PatchRefused when it is no object, or an item lacks its list's key
  public static Tree apply(Struct schema, Tree object, Tree patch) {
    if (!(patch instanceof Tree.Fields))
      throw PatchRefused.undecodable("a strategic merge patch is an object");
    return object(schema, object, patch);
  }

  private static Tree object(Schema schema, Tree target, Tree patch) {
    switch (patch.text(PATCH)) {
      case "replace" -> {
        return bare(patch);
      }
      case "delete" -> {
        return Tree.empty();
      }
      case "", "merge" -> {}
      default -> throw PatchRefused.unfitting("unknown $patch directive");
    }
    var fields = new LinkedHashMap<>(target.fields());
    if (patch.at(RETAIN) instanceof Tree.Items) fields.keySet().retainAll(patch.textList(RETAIN));
    for (String name : named(patch)) change(schema, fields, name, patch);
    return new Tree.Fields(fields);
  }

  /// The fields that a patch speaks of, directives for lists included, each once.
  private static List<String> named(Tree patch) {
    var names = new ArrayList<String>();
    for (String field : patch.fields().keySet()) {
      var name = field;
      if (field.startsWith(ORDER)) name = field.substring(ORDER.length());
      else if (field.startsWith(DELETE_FROM)) name = field.substring(DELETE_FROM.length());
      else if (field.startsWith("$")) continue;
      if (!names.contains(name)) names.add(name);
    }
    return names;
  }

  private static void change(Schema schema, Map<String, Tree> fields, String name, Tree patch) {
    var type = typeOf(schema, name);
    var old = fields.getOrDefault(name, Tree.nothing());
    var change = patch.at(name);
    boolean mentioned = patch.fields().containsKey(name);
    if (mentioned && change.isNothing()) {
      fields.remove(name);
    } else if (type instanceof ListOf list && list.merge() != Schema.Merge.REPLACE) {
      if (mentioned && !(change instanceof Tree.Items))
        throw PatchRefused.unfitting("a list is merged with something else: " + name);
      var directives =
          new Directives(patch.at(ORDER + name).items(), patch.at(DELETE_FROM + name).items());
      fields.put(name, list(list, old.items(), change.items(), directives));
    } else if (mentioned) {
      fields.put(name, value(type, old, change));
    }
  }

  private static Tree value(Schema type, Tree old, Tree change) {
    if (change instanceof Tree.Fields) return object(type, old, change);
    return change instanceof Tree.Items(var items) ? Tree.list(plain(items)) : change;
  }

  /// The items of a list that is replaced as a whole, without directives.
  private static List<Tree> plain(List<Tree> items) {
    return items.stream()
        .filter(item -> item.text(PATCH).isEmpty() || item.fields().size() > 1)
        .map(StrategicPatch::bare)
        .toList();
  }

  private static Tree bare(Tree tree) {
    return tree instanceof Tree.Fields ? tree.without(PATCH).without(RETAIN) : tree;
  }

  private static Schema typeOf(Schema schema, String name) {
    return switch (schema) {
      case Struct struct -> struct.fields().getOrDefault(name, new Schema.Open());
      case MapOf(var values) -> values;
      default -> new Schema.Open();
    };
  }

  private record Directives(List<Tree> order, List<Tree> deleted) {}

  private static Tree list(ListOf type, List<Tree> old, List<Tree> changes, Directives says) {
    if (changes.stream().anyMatch(change -> change.text(PATCH).equals("replace")))
      return Tree.list(plain(changes));
    return type.merge() == Schema.Merge.SET
        ? Tree.list(set(old, changes, says))
        : Tree.list(keyed(type, old, changes, says.order));
  }

  /// New values stand first unless an order is given.
  private static List<Tree> set(List<Tree> old, List<Tree> changes, Directives says) {
    var all = new ArrayList<Tree>();
    for (Tree item : changes) if (!all.contains(item)) all.add(item);
    for (Tree item : old) if (!all.contains(item)) all.add(item);
    all.removeIf(item -> says.deleted.contains(item) && !changes.contains(item));
    return ordered(all, old, says.order, item -> item);
  }

  private static List<Tree> keyed(
      ListOf type, List<Tree> old, List<Tree> changes, List<Tree> order) {
    var all = new ArrayList<>(old);
    for (Tree change : changes) {
      var key = change.at(type.key());
      if (key.isNothing())
        throw PatchRefused.unfitting("an item of a list lacks its merge key " + type.key());
      int place = place(all, type.key(), key);
      if (change.text(PATCH).equals("delete")) all.removeIf(item -> keyOf(item, type).equals(key));
      else if (place < 0) all.add(object(type.items(), Tree.empty(), change));
      else all.set(place, object(type.items(), all.get(place), change));
    }
    var named = order.isEmpty() ? changes : order;
    var keys = named.stream().map(item -> keyOf(item, type)).toList();
    return ordered(all, old, keys, item -> keyOf(item, type));
  }

  private static Tree keyOf(Tree item, ListOf type) {
    return item.at(type.key());
  }

  private static int place(List<Tree> items, String key, Tree text) {
    for (int i = 0; i < items.size(); i++) if (items.get(i).at(key).equals(text)) return i;
    return -1;
  }

  private interface KeyOf {
    Tree of(Tree item);
  }

  /// Items that the order names come in its order; the server's own keep their places relative to
  /// the neighbours that they had.
  private static List<Tree> ordered(List<Tree> items, List<Tree> old, List<Tree> order, KeyOf key) {
    if (order.isEmpty()) return items;
    var named = new ArrayList<Tree>();
    for (Tree wanted : order)
      items.stream().filter(item -> key.of(item).equals(wanted)).findFirst().ifPresent(named::add);
    var oldKeys = old.stream().map(key::of).toList();
    var result = new ArrayList<Tree>();
    var rest = new ArrayList<>(items);
    rest.removeAll(named);
    for (Tree item : named) {
      int place = oldKeys.indexOf(key.of(item));
      while (!rest.isEmpty() && place >= 0 && oldKeys.indexOf(key.of(rest.getFirst())) < place)
        result.add(rest.removeFirst());
      result.add(item);
    }
    result.addAll(rest);
    return result;
  }
}
