package dev.moorage.cli.manifest;

import dev.moorage.kube.Tree;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Locale;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.resolver.Resolver;

/// What an unquoted word means, exactly as kubectl takes it (`gopkg.in/yaml.v2`, which reads YAML
/// 1.1 without numbers to the base of 60): `yes` is true, `0644` is 420, `1:30` and dates are
/// texts.
final class GoResolver extends Resolver {
  private static final Pattern TRUTH =
      Pattern.compile(
          "y|Y|yes|Yes|YES|true|True|TRUE|on|On|ON"
              + "|n|N|no|No|NO|false|False|FALSE|off|Off|OFF");
  private static final Pattern TRUE = Pattern.compile("y|yes|true|on", Pattern.CASE_INSENSITIVE);
  private static final Pattern WHOLE =
      Pattern.compile("[-+]?(0|[1-9][0-9_]*|0[0-7_]+|0o[0-7_]+|0b[01_]+|0[xX][0-9a-fA-F_]+)");
  private static final Pattern DECIMAL =
      Pattern.compile("[-+]?(\\.[0-9_]+|[0-9][0-9_]*(\\.[0-9_]*)?)([eE][-+]?[0-9]+)?");
  private static final Pattern NOTHING = Pattern.compile("~|null|Null|NULL|");
  private static final Pattern MERGE = Pattern.compile("<<");

  /// What does not fit into a double is no number to kubectl.
  private static final int PLACES_AT_MOST = 400;

  @Override
  protected void addImplicitResolvers() {
    addImplicitResolver(Tag.BOOL, TRUTH, "yYtToOnNfF");
    addImplicitResolver(Tag.INT, WHOLE, "-+0123456789");
    addImplicitResolver(Tag.FLOAT, DECIMAL, "-+0123456789.");
    addImplicitResolver(Tag.MERGE, MERGE, "<");
    addImplicitResolver(Tag.NULL, NOTHING, "~nN\0");
  }

  static boolean isTrue(String text) {
    if (!TRUTH.matcher(text).matches()) throw new IllegalArgumentException(text);
    return TRUE.matcher(text).matches();
  }

  static Tree whole(String text) {
    var plain = text.replace("_", "").toLowerCase(Locale.ROOT);
    boolean negative = plain.startsWith("-");
    var digits = plain.replaceFirst("^[-+]", "");
    var value = magnitude(digits);
    return new Tree.Numeral(new BigDecimal(negative ? value.negate() : value));
  }

  private static BigInteger magnitude(String digits) {
    if (digits.startsWith("0x")) return new BigInteger(digits.substring(2), 16);
    if (digits.startsWith("0b")) return new BigInteger(digits.substring(2), 2);
    if (digits.startsWith("0o")) return new BigInteger(digits.substring(2), 8);
    return new BigInteger(digits, digits.startsWith("0") ? 8 : 10);
  }

  static Tree decimal(String text) {
    var value = new BigDecimal(text.replace("_", ""));
    boolean fits = Math.abs((long) value.scale()) + value.precision() <= PLACES_AT_MOST;
    return fits ? new Tree.Numeral(value) : Tree.of(text);
  }
}
