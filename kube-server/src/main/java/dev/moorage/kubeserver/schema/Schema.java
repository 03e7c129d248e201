package dev.moorage.kubeserver.schema;

import dev.moorage.kube.Tree;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/// The type of one part of an object.
public sealed interface Schema {

  /// A single value.
  ///
  /// @param keepsEmpty whether an empty text, a zero or a false is kept (Go's pointers), or counts
  ///   as absent
  /// @param preset put in where the field is absent; [Tree.Nothing] for no default
  record Scalar(Type type, boolean keepsEmpty, Tree preset) implements Schema {}

  /// The types of single values.
  enum Type {
    /// A text.
    TEXT,
    /// A whole number of 64 bits.
    WHOLE,
    /// True or false.
    TRUTH,
    /// An amount (`1Gi`, `100m`); a number is read as well.
    QUANTITY,
    /// A time with seconds.
    TIME,
    /// A time with microseconds.
    MICRO_TIME,
    /// Bytes in base64.
    BYTES,
    /// A whole number or a text.
    WHOLE_OR_TEXT
  }

  /// Named fields.
  ///
  /// @param keepsEmpty whether `{}` means something (Go's pointers to structs), or counts as absent
  /// @param retainsKeys whether a strategic merge may say which fields stay (unions)
  /// @param preset whether an absent one is put in empty
  record Struct(Map<String, Schema> fields, boolean keepsEmpty, boolean retainsKeys, boolean preset)
      implements Schema {
    public Struct {
      fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
    }

    /// And these fields, of one type.
    public Struct and(Schema type, String... names) {
      var all = new LinkedHashMap<>(fields);
      for (String name : names) all.put(name, type);
      return new Struct(all, keepsEmpty, retainsKeys, preset);
    }

    /// And all fields of another struct.
    public Struct and(Struct other) {
      var all = new LinkedHashMap<>(fields);
      all.putAll(other.fields);
      return new Struct(all, keepsEmpty, retainsKeys, preset);
    }

    /// And texts whose empty value counts as absent.
    public Struct text(String... names) {
      return and(Schemas.TEXT, names);
    }

    /// And whole numbers whose zero counts as absent.
    public Struct whole(String... names) {
      return and(Schemas.WHOLE, names);
    }

    /// And truth values whose false counts as absent.
    public Struct truth(String... names) {
      return and(Schemas.TRUTH, names);
    }

    /// And times.
    public Struct time(String... names) {
      return and(Schemas.TIME, names);
    }

    /// And lists of texts, replaced as a whole.
    public Struct texts(String... names) {
      return and(Schemas.TEXTS, names);
    }

    /// And maps of texts.
    public Struct textMaps(String... names) {
      return and(Schemas.TEXT_MAP, names);
    }

    /// And maps of quantities.
    public Struct quantities(String... names) {
      return and(Schemas.QUANTITIES, names);
    }

    /// And lists, replaced as a whole.
    public Struct list(Schema items, String... names) {
      return and(new ListOf(items, Merge.REPLACE, ""), names);
    }

    /// And a list whose items are merged by a key.
    public Struct keyed(String name, String key, Schema items) {
      return and(new ListOf(items, Merge.BY_KEY, key), name);
    }

    /// And parts that are kept as they are.
    public Struct open(String... names) {
      return and(new Open(), names);
    }

    /// The same, where `{}` means something.
    public Struct kept() {
      return new Struct(fields, true, retainsKeys, preset);
    }

    /// The same, as a union: a strategic merge may say which fields stay.
    public Struct union() {
      return new Struct(fields, keepsEmpty, true, preset);
    }

    /// The same, put in empty where it is absent.
    public Struct always() {
      return new Struct(fields, true, retainsKeys, true);
    }
  }

  /// Values by free names; an empty map counts as absent.
  record MapOf(Schema values) implements Schema {}

  /// A list; an empty one counts as absent.
  ///
  /// @param key the field that tells items apart; empty unless they are merged by it
  record ListOf(Schema items, Merge merge, String key) implements Schema {}

  /// How a strategic merge treats a list.
  enum Merge {
    /// The new list stands for the old one.
    REPLACE,
    /// A set of plain values.
    SET,
    /// Items with the same key are merged.
    BY_KEY
  }

  /// A part outside Moorage's scope: kept as it is, unknown fields included.
  record Open() implements Schema {}
}
