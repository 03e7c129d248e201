package dev.moorage.sidecars.provisioner;

import dev.moorage.csi.Topology;
import dev.moorage.csi.TopologyRequirement;
import dev.moorage.kube.CsiNode;
import dev.moorage.kube.Node;
import dev.moorage.sidecars.provisioner.Provisioner.TopologyRules;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// From where a new volume must be reachable: nodes' labels and the class's allowed topologies, put
/// in order.
///
/// Source: external-provisioner, `GenerateAccessibilityRequirements`.
sealed interface TopologyChoice {

  /// A choice; [TopologyRequirement#NONE] where nothing is asked.
  record Chosen(TopologyRequirement requirement) implements TopologyChoice {}

  /// The selected node cannot be used: another one is needed.
  record NoSuchNode(String why) implements TopologyChoice {}

  /// No choice for now.
  record Unavailable(String why) implements TopologyChoice {}

  /// The nodes as they are known.
  record Places(List<CsiNode> csiNodes, List<Node> nodes) {
    public Places {
      csiNodes = List.copyOf(csiNodes);
      nodes = List.copyOf(nodes);
    }

    Optional<Node> node(String name) {
      return nodes.stream().filter(node -> node.meta().name().equals(name)).findFirst();
    }

    /// The topology keys of a driver on a node; empty where it is not registered.
    List<String> keys(String driver, String node) {
      return csiNodes.stream()
          .filter(csiNode -> csiNode.meta().name().equals(node))
          .findFirst()
          .flatMap(csiNode -> csiNode.driver(driver))
          .map(CsiNode.Driver::topologyKeys)
          .orElse(List.of());
    }

    /// The topology keys of a driver, from the first node that has any.
    List<String> keys(String driver) {
      return csiNodes.stream()
          .map(csiNode -> keys(driver, csiNode.meta().name()))
          .filter(keys -> !keys.isEmpty())
          .findFirst()
          .orElse(List.of());
    }

    /// The places of all nodes that have every key, in order and once each.
    List<Topology> all(List<String> keys) {
      var places = new ArrayList<Topology>();
      for (Node node : nodes) of(node, keys).ifPresent(places::add);
      return sorted(places);
    }

    static Optional<Topology> of(Node node, List<String> keys) {
      var segments = new TreeMap<String, String>();
      for (String key : keys) {
        var value = node.meta().labels().get(key);
        if (value == null) return Optional.empty();
        segments.put(key, value);
      }
      return Optional.of(new Topology(segments));
    }
  }

  /// What is asked.
  ///
  /// @param node the selected node; empty for a claim that binds at once
  /// @param allowed the class's `allowedTopologies`
  record Wish(
      String driver, String claimName, String node, List<Map<String, List<String>>> allowed) {}

  /// Chooses.
  static TopologyChoice of(Wish wish, TopologyRules rules, Places places) {
    return wish.node().isEmpty() ? atOnce(wish, rules, places) : onNode(wish, rules, places);
  }

  private static TopologyChoice atOnce(Wish wish, TopologyRules rules, Places places) {
    var requisite = flattened(wish.allowed());
    if (requisite.isEmpty()) {
      if (!rules.immediate()) return new Chosen(TopologyRequirement.NONE);
      requisite = places.all(places.keys(wish.driver()));
    }
    if (requisite.isEmpty() || requisite.getFirst().segments().isEmpty())
      return new Unavailable("no node has the topology labels of driver " + wish.driver());
    return chosen(requisite, (int) (spread(wish.claimName()) % requisite.size()));
  }

  private static TopologyChoice onNode(Wish wish, TopologyRules rules, Places places) {
    var keys = places.keys(wish.driver(), wish.node());
    if (keys.isEmpty())
      return new NoSuchNode(
          "driver " + wish.driver() + " is not registered on node " + wish.node());
    var node = places.node(wish.node());
    if (node.isEmpty()) return new NoSuchNode("node " + wish.node() + " does not exist");
    var here = Places.of(node.get(), keys);
    if (here.isEmpty())
      return new Unavailable("node " + wish.node() + " lacks one of the labels " + keys);
    var allowed = flattened(wish.allowed());
    if (rules.strict()) return strictly(wish, allowed, here.get());
    var requisite = allowed.isEmpty() ? places.all(keys) : allowed;
    for (int i = 0; i < requisite.size(); i++)
      if (within(requisite.get(i), here.get())) return chosen(requisite, i);
    return notAllowed(wish);
  }

  private static TopologyChoice strictly(Wish wish, List<Topology> allowed, Topology here) {
    if (!allowed.isEmpty() && allowed.stream().noneMatch(term -> within(term, here)))
      return notAllowed(wish);
    return chosen(List.of(here), 0);
  }

  private static TopologyChoice notAllowed(Wish wish) {
    return new Unavailable(
        "node " + wish.node() + " is outside the allowedTopologies of the StorageClass");
  }

  /// All terms are requisite; the preferred order begins with one of them.
  private static TopologyChoice chosen(List<Topology> requisite, int first) {
    var preferred = new ArrayList<>(requisite);
    Collections.rotate(preferred, -first);
    return new Chosen(new TopologyRequirement(requisite, preferred));
  }

  private static boolean within(Topology term, Topology place) {
    return place.segments().entrySet().containsAll(term.segments().entrySet());
  }

  /// Every combination of the values of each term.
  private static List<Topology> flattened(List<Map<String, List<String>>> allowed) {
    var terms = new ArrayList<Topology>();
    for (var term : allowed) {
      List<Topology> combinations = List.of(Topology.NONE);
      for (var entry : term.entrySet())
        combinations = combined(combinations, entry.getKey(), entry.getValue());
      for (Topology one : combinations) if (!one.segments().isEmpty()) terms.add(one);
    }
    return sorted(terms);
  }

  private static List<Topology> combined(List<Topology> terms, String key, List<String> values) {
    var combined = new ArrayList<Topology>();
    for (Topology term : terms)
      for (String value : values) {
        var segments = new TreeMap<>(term.segments());
        segments.put(key, value);
        combined.add(new Topology(segments));
      }
    return combined;
  }

  private static List<Topology> sorted(List<Topology> terms) {
    return terms.stream().distinct().sorted(ORDER).toList();
  }

  /// Shorter terms first, then by key and value.
  Comparator<Topology> ORDER =
      Comparator.<Topology>comparingInt(term -> term.segments().size())
          .thenComparing(TopologyChoice::compare);

  private static int compare(Topology one, Topology other) {
    Iterator<Map.Entry<String, String>> others = other.segments().entrySet().iterator();
    for (var pair : one.segments().entrySet()) {
      var against = others.next();
      int byKey = pair.getKey().compareTo(against.getKey());
      if (byKey != 0) return byKey;
      int byValue = pair.getValue().compareTo(against.getValue());
      if (byValue != 0) return byValue;
    }
    return 0;
  }

  /// Where a claim's rotation begins, so that the claims of one StatefulSet spread: the set's hash
  /// plus the claim's ordinal, in unsigned 32 bit arithmetic.
  static long spread(String claimName) {
    int dash = claimName.lastIndexOf('-');
    var ordinal = dash < 0 ? Optional.<Long>empty() : unsigned(claimName.substring(dash + 1));
    if (ordinal.isEmpty()) return fnv1(claimName);
    var set = claimName.substring(0, dash);
    set = set.substring(set.lastIndexOf('-') + 1);
    return (fnv1(set) + ordinal.get()) & 0xffff_ffffL;
  }

  private static Optional<Long> unsigned(String digits) {
    if (digits.isEmpty() || digits.length() > 10) return Optional.empty();
    for (int i = 0; i < digits.length(); i++)
      if (digits.charAt(i) < '0' || digits.charAt(i) > '9') return Optional.empty();
    long number = Long.parseLong(digits);
    return number > 0xffff_ffffL ? Optional.empty() : Optional.of(number);
  }

  /// FNV-1, 32 bits (not FNV-1a).
  static long fnv1(String text) {
    int hash = 0x811c9dc5;
    for (byte octet : text.getBytes(StandardCharsets.UTF_8))
      hash = hash * 16777619 ^ Byte.toUnsignedInt(octet);
    return Integer.toUnsignedLong(hash);
  }
}
