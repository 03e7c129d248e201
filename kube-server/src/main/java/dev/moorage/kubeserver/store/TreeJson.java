package dev.moorage.kubeserver.store;

import dev.moorage.kube.Tree;
import java.io.ByteArrayOutputStream;
import java.io.StringWriter;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/// Trees as JSON text and back.
///
/// Limits: nesting of 500 levels, numbers of 1,000 digits and 400 places either side of the point
/// (Go's floats end at 308).
public final class TreeJson {
  private TreeJson() {}

  private static final int PLACES_AT_MOST = 400;
  private static final JsonFactory JSON = JsonFactory.builder().build();

  /// What was read.
  ///
  /// @param duplicates paths of the fields that stood there twice (`spec.volumes[0].name`); the
  ///   last one counts
  public record Parsed(Tree tree, List<String> duplicates) {
    public Parsed {
      duplicates = List.copyOf(duplicates);
    }
  }

  /// A text that is no JSON, or one beyond the limits.
  public static final class Malformed extends RuntimeException {
    Malformed(String message) {
      super(message);
    }
  }

  /// Reads one JSON value, nothing after it.
  ///
  /// @throws Malformed naming the place in the text, never the text itself
  public static Parsed parse(String text) {
    try (var parser = JSON.createParser(ObjectReadContext.empty(), text)) {
      var reader = new Reader(parser);
      parser.nextToken();
      var tree = reader.value("");
      if (parser.nextToken() != null) throw new Malformed("more than one JSON value");
      return new Parsed(tree, reader.duplicates);
    } catch (JacksonException e) {
      throw new Malformed("not JSON" + place(e)); // its own message may quote a secret
    }
  }

  private static String place(JacksonException e) {
    var at = e.getLocation();
    return at == null ? "" : " at line " + at.getLineNr() + ", column " + at.getColumnNr();
  }

  /// Reads a JSON value that this class wrote.
  ///
  /// @throws Malformed when the text is no JSON
  public static Tree read(String text) {
    return parse(text).tree();
  }

  /// Writes a tree, on one line, in UTF-8.
  public static byte[] bytes(Tree tree) {
    var bytes = new ByteArrayOutputStream();
    try (var generator = JSON.createGenerator(ObjectWriteContext.empty(), bytes)) {
      write(tree, generator);
    }
    return bytes.toByteArray();
  }

  /// Writes a tree, on one line.
  public static String write(Tree tree) {
    var text = new StringWriter();
    try (var generator = JSON.createGenerator(ObjectWriteContext.empty(), text)) {
      write(tree, generator);
    }
    return text.toString();
  }

  private static void write(Tree tree, JsonGenerator to) {
    switch (tree) {
      case Tree.Fields(var fields) -> {
        to.writeStartObject();
        fields.forEach((name, part) -> write(part, to.writeName(name)));
        to.writeEndObject();
      }
      case Tree.Items(var items) -> {
        to.writeStartArray();
        items.forEach(item -> write(item, to));
        to.writeEndArray();
      }
      case Tree.Text(var text) -> to.writeString(text);
      case Tree.Numeral(var value) -> to.writeNumber(value.toPlainString());
      case Tree.Truth(var truth) -> to.writeBoolean(truth);
      case Tree.Nothing() -> to.writeNull();
    }
  }

  private static final class Reader {
    private final JsonParser parser;
    private final List<String> duplicates = new ArrayList<>();

    Reader(JsonParser parser) {
      this.parser = parser;
    }

    /// Reads the value that begins at the parser's present token.
    Tree value(String path) {
      var token = parser.currentToken();
      if (token == null) throw new Malformed("the text is empty");
      return switch (token) {
        case START_OBJECT -> object(path);
        case START_ARRAY -> list(path);
        case VALUE_STRING -> Tree.of(parser.getString());
        case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> number(path, parser.getDecimalValue());
        case VALUE_TRUE -> Tree.of(true);
        case VALUE_FALSE -> Tree.of(false);
        default -> Tree.nothing();
      };
    }

    private Tree object(String path) {
      var fields = new LinkedHashMap<String, Tree>();
      while (parser.nextToken() != JsonToken.END_OBJECT) {
        var name = parser.currentName();
        var here = path.isEmpty() ? name : path + "." + name;
        parser.nextToken();
        if (fields.put(name, value(here)) != null) duplicates.add(here);
      }
      return new Tree.Fields(fields);
    }

    private Tree list(String path) {
      var items = new ArrayList<Tree>();
      while (parser.nextToken() != JsonToken.END_ARRAY)
        items.add(value(path + "[" + items.size() + "]"));
      return Tree.list(items);
    }

    private static Tree number(String path, BigDecimal value) {
      boolean fits = Math.abs((long) value.scale()) + value.precision() <= PLACES_AT_MOST;
      if (!fits) throw new Malformed("a number is too large or too long: " + path);
      return new Tree.Numeral(value);
    }
  }
}
