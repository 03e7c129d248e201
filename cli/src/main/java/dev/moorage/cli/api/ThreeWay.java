package dev.moorage.cli.api;

import dev.moorage.kube.Patch;
import dev.moorage.kube.Tree;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The three-way merge of `apply`: what the manifest says now, what it said the last time, and what
/// is there. Fields that no manifest ever named stay as they are.
///
/// A list whose items have a key in Kubernetes (containers, volumes, ...) is merged item by item;
/// another one is replaced as a whole, unless what is there only adds to it.
///
/// @param keyed whether lists have Kubernetes' own keys, as those of its own kinds do
record ThreeWay(boolean keyed) {
  /// The field that tells the items of a list apart, by the list's name (`patchMergeKey` of the
  /// Kubernetes API). Of several, the first that all items have.
  private static final Map<String, List<String>> KEYS =
      Map.ofEntries(
          Map.entry("addresses", List.of("type")),
          Map.entry("conditions", List.of("type")),
          Map.entry("containers", List.of("name")),
          Map.entry("drivers", List.of("name")),
          Map.entry("env", List.of("name")),
          Map.entry("ephemeralContainers", List.of("name")),
          Map.entry("hostAliases", List.of("ip")),
          Map.entry("imagePullSecrets", List.of("name")),
          Map.entry("initContainers", List.of("name")),
          Map.entry("ownerReferences", List.of("uid")),
          Map.entry("ports", List.of("containerPort", "port")),
          Map.entry("secrets", List.of("name")),
          Map.entry("taints", List.of("key")),
          Map.entry("topologySpreadConstraints", List.of("topologyKey")),
          Map.entry("volumeDevices", List.of("devicePath")),
          Map.entry("volumeMounts", List.of("mountPath")),
          Map.entry("volumes", List.of("name")));

  /// The object as it should be.
  ///
  /// @param last the manifest of the last time; nothing where none is known
  /// @param wanted the manifest of now; null takes a field away
  /// @param live the object that is there
  Tree merged(Tree last, Tree wanted, Tree live) {
    return merged("", last, wanted, live);
  }

  private Tree merged(String name, Tree last, Tree wanted, Tree live) {
    return switch (wanted) {
      case Tree.Fields _ -> fields(last, wanted, live);
      case Tree.Items(var items) -> list(name, last.items(), items, live);
      default -> wanted;
    };
  }

  private Tree fields(Tree last, Tree wanted, Tree live) {
    var all = new LinkedHashMap<>(live.fields());
    for (String name : last.fields().keySet())
      if (!wanted.fields().containsKey(name)) all.remove(name);
    wanted
        .fields()
        .forEach((name, part) -> {
          if (part.isNothing()) all.remove(name);
          else all.put(name, merged(name, last.at(name), part, live.at(name)));
        });
    return new Tree.Fields(all);
  }

  // Lists

  private Tree list(String name, List<Tree> last, List<Tree> wanted, Tree live) {
    if (keyed && name.equals("finalizers")) return set(last, wanted, live.items());
    var key = keyed ? key(name, last, wanted, live.items()) : "";
    if (!key.isEmpty()) return items(key, last, wanted, live.items());
    return isCovered(last, wanted, live.items()) ? live : Tree.list(wanted);
  }

  /// @return empty where nothing tells the items apart
  private static String key(String list, List<Tree> last, List<Tree> wanted, List<Tree> live) {
    return KEYS.getOrDefault(list, List.of()).stream()
        .filter(key -> isKey(key, last) && isKey(key, wanted) && isKey(key, live))
        .findFirst()
        .orElse("");
  }

  private static boolean isKey(String key, List<Tree> items) {
    var seen = new HashSet<Tree>();
    return items.stream().allMatch(item -> !item.at(key).isNothing() && seen.add(item.at(key)));
  }

  /// Those that are there keep their places.
  private Tree items(String key, List<Tree> last, List<Tree> wanted, List<Tree> live) {
    var all = new ArrayList<Tree>();
    for (Tree here : live) {
      var same = find(key, here, wanted);
      if (!same.isNothing()) all.add(merged("", find(key, here, last), same, here));
      else if (find(key, here, last).isNothing()) all.add(here);
    }
    for (Tree fresh : wanted) if (find(key, fresh, live).isNothing()) all.add(fresh);
    return Tree.list(all);
  }

  private static Tree find(String key, Tree like, List<Tree> items) {
    return items.stream()
        .filter(item -> item.at(key).equals(like.at(key)))
        .findFirst()
        .orElse(Tree.nothing());
  }

  private static Tree set(List<Tree> last, List<Tree> wanted, List<Tree> live) {
    var all = new ArrayList<Tree>();
    for (Tree here : live) if (wanted.contains(here) || !last.contains(here)) all.add(here);
    for (Tree fresh : wanted) if (!live.contains(fresh)) all.add(fresh);
    return Tree.list(all);
  }

  /// Whether each item is there, at its place, with nothing but additions of the server's.
  private boolean isCovered(List<Tree> last, List<Tree> wanted, List<Tree> live) {
    if (wanted.size() != live.size()) return false;
    for (int i = 0; i < wanted.size(); i++) {
      var before = last.size() == wanted.size() ? last.get(i) : Tree.nothing();
      if (!merged("", before, wanted.get(i), live.get(i)).equals(live.get(i))) return false;
    }
    return true;
  }

  // The change

  /// The patch that turns one object into another.
  static Patch between(Tree before, Tree after) {
    return between(Patch.NONE, List.of(), before, after);
  }

  private static Patch between(Patch patch, List<String> path, Tree before, Tree after) {
    var all = patch;
    for (String name : before.fields().keySet())
      if (!after.fields().containsKey(name)) all = all.remove(path(path, name));
    for (var field : after.fields().entrySet()) {
      var then = before.at(field.getKey());
      var now = field.getValue();
      if (now.equals(then)) continue;
      var below = path(path, field.getKey());
      boolean merges = then instanceof Tree.Fields && now instanceof Tree.Fields;
      all = merges ? between(all, List.of(below), then, now) : all.set(now, below);
    }
    return all;
  }

  private static String[] path(List<String> path, String name) {
    var all = new ArrayList<>(path);
    all.add(name);
    return all.toArray(String[]::new);
  }
}
