package dev.moorage.kube;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// An immutable API object, or a part of one: JSON's shapes without a JSON library.
///
/// Reading is forgiving: a path that is absent is [Nothing], and each reader has an empty value for
/// it. Field order is kept.
public sealed interface Tree {

  /// Named fields in order.
  record Fields(Map<String, Tree> fields) implements Tree {
    public Fields {
      fields = FewFields.copyOf(fields);
    }

    /// Without the values of `data` and `stringData`: those are a Secret's.
    @Override
    public String toString() {
      return fields.entrySet().stream()
          .map(
              field -> field.getKey() + "=" + (isSecret(field.getKey()) ? "***" : field.getValue()))
          .collect(Collectors.joining(", ", "{", "}"));
    }

    private static boolean isSecret(String name) {
      return name.equals("data") || name.equals("stringData");
    }
  }

  /// A list.
  record Items(List<Tree> items) implements Tree {
    public Items {
      items = List.copyOf(items);
    }

    @Override
    public String toString() {
      return items.toString();
    }
  }

  /// A text.
  record Text(String text) implements Tree {
    @Override
    public String toString() {
      return '"' + text + '"';
    }
  }

  /// A number; equal numbers are equal whatever their notation.
  record Numeral(BigDecimal value) implements Tree {
    private static final int MOST_DIGITS = 40;

    public Numeral {
      value = value.stripTrailingZeros();
      // 1e999999999 stays short: written out it would not fit into memory
      if (value.scale() < 0 && value.scale() > -MOST_DIGITS) value = value.setScale(0);
    }
  }

  /// True or false.
  record Truth(boolean truth) implements Tree {}

  /// Null, or nothing there.
  record Nothing() implements Tree {
    private static final Tree NOTHING = new Nothing();
  }

  /// Null, or nothing there.
  static Tree nothing() {
    return Nothing.NOTHING;
  }

  /// An object without fields.
  static Tree empty() {
    return new Fields(Map.of());
  }

  /// A text.
  static Tree of(String text) {
    return new Text(text);
  }

  /// A whole number.
  static Tree of(long number) {
    return new Numeral(BigDecimal.valueOf(number));
  }

  /// A truth value.
  static Tree of(boolean truth) {
    return new Truth(truth);
  }

  /// A list of trees.
  static Tree list(List<? extends Tree> items) {
    return new Items(new ArrayList<>(items));
  }

  /// A list of texts.
  static Tree texts(List<String> texts) {
    return new Items(texts.stream().map(Tree::of).toList());
  }

  /// An object whose fields are all texts.
  static Tree texts(Map<String, String> texts) {
    var fields = new LinkedHashMap<String, Tree>();
    texts.forEach((name, text) -> fields.put(name, of(text)));
    return new Fields(fields);
  }

  /// An object of the given fields.
  ///
  /// @param namesAndTrees names (texts) and trees in turn; a value may be a [Tree], [String],
  ///   [Long], [Integer] or [Boolean]
  static Tree object(Object... namesAndTrees) {
    var fields = new LinkedHashMap<String, Tree>();
    for (int i = 0; i < namesAndTrees.length; i += 2) {
      fields.put(
          (String) namesAndTrees[i],
          switch (namesAndTrees[i + 1]) {
            case Tree tree -> tree;
            case String text -> of(text);
            case Long number -> of(number);
            case Integer number -> of(number.longValue());
            case Boolean truth -> of(truth);
            case Object other ->
                throw new IllegalArgumentException("no tree of " + other.getClass());
          });
    }
    return new Fields(fields);
  }

  /// The part at a path of field names; [Nothing] where there is none.
  default Tree at(String... path) {
    Tree here = this;
    for (String name : path) here = here.fields().getOrDefault(name, nothing());
    return here;
  }

  /// Whether this is nothing (null or absent).
  default boolean isNothing() {
    return this instanceof Nothing;
  }

  /// The fields in order; empty unless this is an object.
  default Map<String, Tree> fields() {
    return this instanceof Fields(var fields) ? fields : Map.of();
  }

  /// The items; empty unless this is a list.
  default List<Tree> items() {
    return this instanceof Items(var items) ? items : List.of();
  }

  /// The text at a path; empty unless there is a text.
  default String text(String... path) {
    return at(path) instanceof Text(var text) ? text : "";
  }

  /// The whole number at a path; `otherwise` unless there is one that fits.
  default long number(long otherwise, String... path) {
    return at(path) instanceof Numeral(var value)
            && value.scale() == 0
            && value.unscaledValue().bitLength() < 64
        ? value.longValue()
        : otherwise;
  }

  /// The truth value at a path; `otherwise` unless there is one.
  default boolean truth(boolean otherwise, String... path) {
    return at(path) instanceof Truth(var truth) ? truth : otherwise;
  }

  /// The texts of the list at a path, in order; items that are no texts are left out.
  default List<String> textList(String... path) {
    return at(path).items().stream().filter(Text.class::isInstance).map(Tree::text).toList();
  }

  /// The text fields of the object at a path, in order.
  default Map<String, String> textMap(String... path) {
    var texts = new LinkedHashMap<String, String>();
    at(path)
        .fields()
        .forEach((name, tree) -> {
          if (tree instanceof Text(var text)) texts.put(name, text);
        });
    return Collections.unmodifiableMap(texts);
  }

  /// This object with the part at a path replaced or added; missing objects on the way are made.
  default Tree with(Tree part, String... path) {
    if (path.length == 0) return part;
    var rest = Arrays.copyOfRange(path, 1, path.length);
    return new Fields(FewFields.with(fields(), path[0], at(path[0]).with(part, rest)));
  }

  /// This object without the part at a path; unchanged where there is none.
  default Tree without(String... path) {
    if (path.length == 0 || !fields().containsKey(path[0])) return this;
    var fields = new LinkedHashMap<>(fields());
    if (path.length == 1) fields.remove(path[0]);
    else fields.put(path[0], at(path[0]).without(Arrays.copyOfRange(path, 1, path.length)));
    return new Fields(fields);
  }
}
