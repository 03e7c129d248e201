package dev.moorage.cli.manifest;

import dev.moorage.kube.Tree;
import java.io.StringWriter;
import java.util.TreeMap;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.PrettyPrinter;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.util.DefaultIndenter;
import tools.jackson.core.util.DefaultPrettyPrinter;
import tools.jackson.core.util.Separators;
import tools.jackson.core.util.Separators.Spacing;

/// Trees as JSON, exactly as kubectl writes it: fields sorted, `<`, `>` and `&` escaped.
public final class JsonText {
  private JsonText() {}

  private static final JsonFactory JSON = JsonFactory.builder().build();

  /// On one line, without a space.
  public static String line(Tree tree) {
    return text(tree, ObjectWriteContext.empty());
  }

  /// On many lines, for people; without a line's end after the last one.
  public static String pretty(Tree tree) {
    return text(tree, new Indented());
  }

  private static final class Indented extends ObjectWriteContext.Base {
    @Override
    public boolean hasPrettyPrinter() {
      return true;
    }

    @Override
    public PrettyPrinter getPrettyPrinter() {
      var indenter = new DefaultIndenter("    ", "\n");
      return new DefaultPrettyPrinter(
              Separators.createDefaultInstance()
                  .withObjectNameValueSpacing(Spacing.AFTER)
                  .withObjectEmptySeparator("")
                  .withArrayEmptySeparator(""))
          .withObjectIndenter(indenter)
          .withArrayIndenter(indenter);
    }
  }

  private static String text(Tree tree, ObjectWriteContext context) {
    var text = new StringWriter();
    try (var generator = JSON.createGenerator(context, text)) {
      write(tree, generator);
    }
    // Only inside of texts can these stand.
    return text.toString().replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026");
  }

  private static void write(Tree tree, JsonGenerator to) {
    switch (tree) {
      case Tree.Fields(var fields) -> {
        to.writeStartObject();
        new TreeMap<>(fields).forEach((name, part) -> write(part, to.writeName(name)));
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
