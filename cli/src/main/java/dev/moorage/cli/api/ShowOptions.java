package dev.moorage.cli.api;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/// The options that say how objects are shown.
final class ShowOptions {
  @Option(
      names = {"-o", "--output"},
      paramLabel = "FORMAT",
      converter = Formats.class,
      description = "wide, yaml, json or name (default: a table).")
  private Format format = Format.TABLE;

  @Option(names = "--no-headers", description = "Without the line of column names.")
  private boolean noHeaders;

  @Option(names = "--show-labels", description = "With all labels in a last column.")
  private boolean labels;

  /// How objects are shown.
  enum Format {
    TABLE,
    WIDE,
    YAML,
    JSON,
    NAME
  }

  /// Reads a format's name.
  static final class Formats implements ITypeConverter<Format> {
    @Override
    public Format convert(String text) {
      return Arrays.stream(Format.values())
          .filter(format -> format != Format.TABLE && name(format).equals(text))
          .findFirst()
          .orElseThrow(() ->
              new TypeConversionException(
                  text
                      + " is none of "
                      + Arrays.stream(Format.values())
                          .filter(format -> format != Format.TABLE)
                          .map(Formats::name)
                          .collect(Collectors.joining(", "))));
    }

    private static String name(Format format) {
      return format.name().toLowerCase(Locale.ROOT);
    }
  }

  Format format() {
    return format;
  }

  boolean headers() {
    return !noHeaders;
  }

  boolean labels() {
    return labels;
  }
}
