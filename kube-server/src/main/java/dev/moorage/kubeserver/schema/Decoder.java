package dev.moorage.kubeserver.schema;

import dev.moorage.kube.Tree;
import dev.moorage.kubeserver.schema.Schema.ListOf;
import dev.moorage.kubeserver.schema.Schema.MapOf;
import dev.moorage.kubeserver.schema.Schema.Scalar;
import dev.moorage.kubeserver.schema.Schema.Struct;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Brings an object into the form in which it is stored.
///
/// Like Go's decoder and encoder in a row: null counts as absent, empty values of plain fields
/// vanish, quantities and times become canonical, absent fields get their defaults.
public final class Decoder {
  private final List<String> unknown = new ArrayList<>();

  private Decoder() {}

  /// An object in stored form.
  ///
  /// @param unknown paths of the fields that were dropped because nobody declared them
  public record Decoded(Tree tree, List<String> unknown) {
    public Decoded {
      unknown = List.copyOf(unknown);
    }
  }

  /// Decodes a whole object.
  ///
  /// @throws Misfit when a value has not its field's type
  public static Decoded decode(Struct schema, Tree object) {
    var decoder = new Decoder();
    var tree = decoder.struct(schema, object, "");
    return new Decoded(tree, decoder.unknown);
  }

  private Tree value(Schema schema, Tree tree, String path) {
    return switch (schema) {
      case Scalar scalar -> Scalars.read(scalar, tree, path);
      case Struct struct -> struct(struct, tree, path);
      case MapOf(var values) -> map(values, tree, path);
      case ListOf list -> list(list, tree, path);
      case Schema.Open() -> tree;
    };
  }

  private Tree struct(Struct schema, Tree tree, String path) {
    if (!(tree instanceof Tree.Fields(var fields))) throw misfit(tree, path, "object");
    var kept = new LinkedHashMap<String, Tree>();
    fields.forEach((name, part) -> {
      var type = schema.fields().get(name);
      if (type == null) unknown.add(under(path, name));
      else if (!part.isNothing()) keep(kept, name, type, value(type, part, under(path, name)));
    });
    schema.fields().forEach((name, type) -> preset(kept, name, type));
    return new Tree.Fields(kept);
  }

  private static void keep(Map<String, Tree> kept, String name, Schema type, Tree value) {
    if (!countsAsAbsent(type, value)) kept.put(name, value);
  }

  private static boolean countsAsAbsent(Schema type, Tree value) {
    return switch (type) {
      case Scalar scalar -> !scalar.keepsEmpty() && Scalars.isEmpty(value);
      case Struct struct -> !struct.keepsEmpty() && value.fields().isEmpty();
      case MapOf _ -> value.fields().isEmpty();
      case ListOf _ -> value.items().isEmpty();
      case Schema.Open() -> false;
    };
  }

  private void preset(Map<String, Tree> kept, String name, Schema type) {
    if (kept.containsKey(name)) return;
    if (type instanceof Scalar scalar && !scalar.preset().isNothing())
      kept.put(name, scalar.preset());
    if (type instanceof Struct struct && struct.preset())
      kept.put(name, struct(struct, Tree.empty(), name));
  }

  private Tree map(Schema values, Tree tree, String path) {
    if (!(tree instanceof Tree.Fields(var fields))) throw misfit(tree, path, "map");
    var kept = new LinkedHashMap<String, Tree>();
    fields.forEach((name, part) -> {
      if (!part.isNothing()) kept.put(name, value(values, part, under(path, name)));
    });
    return new Tree.Fields(kept);
  }

  private Tree list(ListOf schema, Tree tree, String path) {
    if (!(tree instanceof Tree.Items(var items))) throw misfit(tree, path, "list");
    var kept = new ArrayList<Tree>();
    for (int i = 0; i < items.size(); i++) {
      var here = path + "[" + i + "]";
      var item = items.get(i).isNothing() ? emptyItem(schema.items()) : items.get(i);
      kept.add(value(schema.items(), item, here));
    }
    return Tree.list(kept);
  }

  private static Tree emptyItem(Schema items) {
    return items instanceof Struct ? Tree.empty() : Tree.of("");
  }

  static String under(String path, String name) {
    return path.isEmpty() ? name : path + "." + name;
  }

  static Misfit misfit(Tree found, String path, String wanted) {
    var what =
        switch (found) {
          case Tree.Fields _ -> "object";
          case Tree.Items _ -> "array";
          case Tree.Text _ -> "string";
          case Tree.Numeral _ -> "number";
          case Tree.Truth _ -> "bool";
          case Tree.Nothing() -> "null";
        };
    return new Misfit(
        "json: cannot unmarshal " + what + " into Go struct field " + path + " of type " + wanted);
  }
}
