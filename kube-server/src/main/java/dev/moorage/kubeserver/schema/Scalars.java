package dev.moorage.kubeserver.schema;

import dev.moorage.kube.Tree;
import dev.moorage.kubeserver.schema.Schema.Scalar;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.Base64;

/// Single values in stored form.
public final class Scalars {
  private Scalars() {}

  private static final DateTimeFormatter MICROS =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'").withZone(ZoneOffset.UTC);

  /// A time as the API writes it: UTC, in seconds.
  public static Tree time(Instant time) {
    return Tree.of(time.truncatedTo(ChronoUnit.SECONDS).toString());
  }

  /// The value of an amount in its stored form.
  public static BigDecimal amount(String text) {
    return Quantity.parse(text).map(Quantity::value).orElse(BigDecimal.ZERO);
  }

  static Tree read(Scalar schema, Tree tree, String path) {
    return switch (schema.type()) {
      case TEXT -> text(tree, path);
      case WHOLE -> whole(tree, path);
      case TRUTH -> truth(tree, path);
      case QUANTITY -> quantity(tree, path);
      case TIME -> time(parsed(tree, path));
      case MICRO_TIME -> Tree.of(MICROS.format(parsed(tree, path)));
      case BYTES -> bytes(tree, path);
      case WHOLE_OR_TEXT -> tree instanceof Tree.Text ? tree : whole(tree, path);
    };
  }

  static boolean isEmpty(Tree value) {
    return switch (value) {
      case Tree.Text(var text) -> text.isEmpty();
      case Tree.Numeral(var number) -> number.signum() == 0;
      case Tree.Truth(var truth) -> !truth;
      case Tree.Nothing() -> true;
      case Tree.Fields _, Tree.Items _ -> false;
    };
  }

  private static Tree text(Tree tree, String path) {
    if (tree instanceof Tree.Text) return tree;
    throw Decoder.misfit(tree, path, "string");
  }

  private static Tree whole(Tree tree, String path) {
    if (tree instanceof Tree.Numeral(var value)
        && value.scale() <= 0
        && value.unscaledValue().bitLength() < 64) return tree;
    throw Decoder.misfit(tree, path, "int64");
  }

  private static Tree truth(Tree tree, String path) {
    if (tree instanceof Tree.Truth) return tree;
    throw Decoder.misfit(tree, path, "bool");
  }

  private static Tree quantity(Tree tree, String path) {
    var text =
        switch (tree) {
          case Tree.Text(var written) -> written.strip();
          case Tree.Numeral(var number) -> number.toPlainString();
          default -> throw Decoder.misfit(tree, path, "quantity");
        };
    return Quantity.parse(text)
        .map(quantity -> Tree.of(quantity.text()))
        .orElseThrow(() ->
            new Misfit(
                path
                    + ": quantities must match the regular expression"
                    + " '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'"));
  }

  private static Instant parsed(Tree tree, String path) {
    try {
      return OffsetDateTime.parse(text(tree, path).text()).toInstant();
    } catch (DateTimeParseException e) {
      throw new Misfit(
          path + ": cannot parse the time as \"2006-01-02T15:04:05Z07:00\" (RFC 3339)");
    }
  }

  private static Tree bytes(Tree tree, String path) {
    try {
      Base64.getDecoder().decode(text(tree, path).text());
      return tree;
    } catch (IllegalArgumentException e) {
      throw new Misfit(path + ": illegal base64 data");
    }
  }
}
