package dev.moorage.sim;

import dev.moorage.host.sim.SimHost;
import dev.moorage.kube.Kind;
import dev.moorage.kube.Kinds;
import dev.moorage.kube.Kube;
import dev.moorage.kube.Selection;
import dev.moorage.kube.Tree;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// All that there is in a world, as lines that can be compared with those of another run: objects
/// (events apart) without versions, and everything on the hosts; times are masked, generated names
/// told by what they are for.
final class Census {
  /// Times of objects and ledgers, and of processes' starts.
  private static final Pattern TIME =
      Pattern.compile("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d+)?Z|(?<=init-start=)\\d+");

  private final Names names;
  private final List<String> lines = new ArrayList<>();

  Census(Names names) {
    this.names = names;
  }

  void add(Kube kube) {
    for (Kind<?> kind : Kinds.ALL) if (!kind.sameAs(Kinds.EVENT)) add(kube, kind);
  }

  private void add(Kube kube, Kind<?> kind) {
    for (var object : kube.list(kind.raw(), Selection.ALL).items())
      add(kind.name() + " " + object.key() + " " + text(lasting(object.tree())));
  }

  private static Tree lasting(Tree object) {
    return object
        .without("metadata", "uid")
        .without("metadata", "resourceVersion")
        .without("metadata", "generation")
        .without("metadata", "managedFields")
        .without("metadata", "annotations", "placement.moorage.dev/tried-nodes") // history
        .without("spec", "claimRef", "resourceVersion");
  }

  void add(String node, SimHost host) {
    for (String line : host.inventory()) add(node + ": " + line);
  }

  private void add(String line) {
    lines.add(TIME.matcher(names.told(line)).replaceAll("TIME"));
  }

  /// Fields in the order of their names: who wrote first doesn't matter.
  private static String text(Tree tree) {
    return switch (tree) {
      case Tree.Fields(var fields) ->
          new TreeMap<>(fields)
              .entrySet().stream()
                  .map(field -> field.getKey() + ": " + text(field.getValue()))
                  .collect(Collectors.joining(", ", "{", "}"));
      case Tree.Items(var items) ->
          items.stream().map(Census::text).collect(Collectors.joining(", ", "[", "]"));
      case Tree.Text(var text) -> text;
      case Tree.Numeral(var value) -> value.toPlainString();
      case Tree.Truth(var truth) -> Boolean.toString(truth);
      case Tree.Nothing() -> "nothing";
    };
  }

  List<String> lines() {
    return lines.stream().sorted().toList();
  }
}
