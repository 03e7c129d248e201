package dev.moorage.cli.manifest;

import dev.moorage.cli.live.CommandFailed;
import dev.moorage.kube.Tree;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;

/// JSON text, one value or several, as trees.
final class JsonTrees {
  private JsonTrees() {}

  private static final JsonFactory JSON =
      JsonFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

  static List<Manifest> read(String name, String text) {
    var all = new ArrayList<Manifest>();
    try (var parser = JSON.createParser(ObjectReadContext.empty(), text)) {
      while (parser.nextToken() != null) {
        int line = parser.currentTokenLocation().getLineNr();
        all.add(new Manifest(name + ", line " + line, value(parser)));
      }
    } catch (JacksonException e) {
      var at = e.getLocation();
      var place = at == null ? "" : ", line " + at.getLineNr() + ", column " + at.getColumnNr();
      throw new CommandFailed(name + place + ": this is no JSON: " + words(e));
    }
    return all;
  }

  /// Without the library's words on where it began to read.
  private static String words(JacksonException e) {
    return e.getOriginalMessage().replaceFirst(" \\(start marker.*", "");
  }

  private static Tree value(JsonParser parser) {
    return switch (parser.currentToken()) {
      case START_OBJECT -> object(parser);
      case START_ARRAY -> items(parser);
      case VALUE_STRING -> Tree.of(parser.getString());
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> new Tree.Numeral(parser.getDecimalValue());
      case VALUE_TRUE -> Tree.of(true);
      case VALUE_FALSE -> Tree.of(false);
      default -> Tree.nothing();
    };
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

  private static Tree items(JsonParser parser) {
    var items = new ArrayList<Tree>();
    while (parser.nextToken() != JsonToken.END_ARRAY) items.add(value(parser));
    return Tree.list(items);
  }
}
