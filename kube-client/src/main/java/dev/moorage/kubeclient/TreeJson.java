package dev.moorage.kubeclient;

import dev.moorage.kube.Tree;
import java.io.InputStream;
import java.io.StringWriter;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.exc.JacksonIOException;
import tools.jackson.core.json.JsonFactory;

/// Trees as JSON text and back; lists object by object, so that a page is never held as a whole.
///
/// `metadata.managedFields` is left out where objects are read: it is most of an object, and nobody
/// here reads it.
final class TreeJson {
  private TreeJson() {}

  private static final int PLACES_AT_MOST = 400;
  private static final JsonFactory JSON = JsonFactory.builder().build();

  /// A text that is no JSON, or another than was expected.
  static final class Malformed extends RuntimeException {
    Malformed(String message) {
      super(message);
    }
  }

  /// How objects stand in a list.
  ///
  /// @param version the list's version
  /// @param next what asks for the next page; empty after the last one
  record Page(String version, String next) {}

  /// Reads a whole value, managed fields included.
  static Tree read(String text) {
    return parsed(() -> JSON.createParser(ObjectReadContext.empty(), text), TreeJson::value);
  }

  /// Reads an object of the API.
  static Tree object(InputStream in) {
    return parsed(() -> JSON.createParser(ObjectReadContext.empty(), in), TreeJson::apiObject);
  }

  /// Reads an object of the API.
  static Tree object(byte[] bytes) {
    return parsed(() -> JSON.createParser(ObjectReadContext.empty(), bytes), TreeJson::apiObject);
  }

  private static Tree parsed(Supplier<JsonParser> opened, Function<JsonParser, Tree> reader) {
    try (var parser = opened.get()) {
      if (parser.nextToken() == null) throw new Malformed("empty");
      var tree = reader.apply(parser);
      if (parser.nextToken() != null) throw new Malformed("more than one JSON value");
      return tree;
    } catch (JacksonException e) {
      throw malformed(e);
    }
  }

  /// Reads a list, or a Table, and hands out its parts one by one.
  ///
  /// @param each takes one part
  /// @param rest takes what stands beside them, under its name
  static Page list(InputStream in, Consumer<Tree> each, BiConsumer<String, Tree> rest) {
    try (var parser = JSON.createParser(ObjectReadContext.empty(), in)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) throw new Malformed("no list");
      Tree metadata = Tree.empty();
      while (parser.nextToken() != JsonToken.END_OBJECT) {
        var name = parser.currentName();
        var token = parser.nextToken();
        if (isParts(name) && token == JsonToken.START_ARRAY)
          while (parser.nextToken() != JsonToken.END_ARRAY) each.accept(apiObject(parser));
        else if (name.equals("metadata")) metadata = value(parser);
        else rest.accept(name, value(parser));
      }
      if (parser.nextToken() != null) throw new Malformed("more than one JSON value");
      return new Page(metadata.text("resourceVersion"), metadata.text("continue"));
    } catch (JacksonException e) {
      throw malformed(e);
    }
  }

  private static boolean isParts(String name) {
    return name.equals("items") || name.equals("rows");
  }

  private static Malformed malformed(JacksonException e) {
    if (e instanceof JacksonIOException) return new Malformed("cut off");
    var at = e.getLocation(); // the message itself may quote a secret
    return new Malformed(
        at == null
            ? "no JSON"
            : "no JSON at line " + at.getLineNr() + ", column " + at.getColumnNr());
  }

  // Reading

  /// Reads the object that begins at the present token, without its managed fields; so also where
  /// it stands under `object`, in a row of a Table or an event of a watch.
  private static Tree apiObject(JsonParser parser) {
    if (parser.currentToken() != JsonToken.START_OBJECT) return value(parser);
    var fields = new LinkedHashMap<String, Tree>();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      var name = parser.currentName();
      boolean opens = parser.nextToken() == JsonToken.START_OBJECT;
      fields.put(
          name,
          opens && name.equals("metadata")
              ? metadata(parser)
              : opens && name.equals("object") ? apiObject(parser) : value(parser));
    }
    return new Tree.Fields(fields);
  }

  private static Tree object(JsonParser parser) {
    var fields = new LinkedHashMap<String, Tree>();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      var name = parser.currentName();
      parser.nextToken();
      fields.put(name, value(parser));
    }
    return new Tree.Fields(fields);
  }

  private static Tree metadata(JsonParser parser) {
    var fields = new LinkedHashMap<String, Tree>();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      var name = parser.currentName();
      parser.nextToken();
      if (name.equals("managedFields")) parser.skipChildren();
      else fields.put(name, value(parser));
    }
    return new Tree.Fields(fields);
  }

  private static Tree value(JsonParser parser) {
    return switch (parser.currentToken()) {
      case START_OBJECT -> object(parser);
      case START_ARRAY -> items(parser);
      case VALUE_STRING -> Tree.of(parser.getString());
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> number(parser.getDecimalValue());
      case VALUE_TRUE -> Tree.of(true);
      case VALUE_FALSE -> Tree.of(false);
      default -> Tree.nothing();
    };
  }

  private static Tree items(JsonParser parser) {
    var items = new ArrayList<Tree>();
    while (parser.nextToken() != JsonToken.END_ARRAY) items.add(value(parser));
    return Tree.list(items);
  }

  private static Tree number(BigDecimal value) {
    boolean fits = Math.abs((long) value.scale()) + value.precision() <= PLACES_AT_MOST;
    if (!fits) throw new Malformed("a number is too large or too long");
    return new Tree.Numeral(value);
  }

  // Writing

  /// Writes a tree, on one line.
  static String write(Tree tree) {
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
}
