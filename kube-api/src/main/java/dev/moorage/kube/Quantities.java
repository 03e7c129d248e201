package dev.moorage.kube;

import dev.moorage.base.Bytes;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// Quantities as Kubernetes writes them (`1Gi`, `1.5G`, `100m`, `1e3`), read as whole bytes.
public final class Quantities {
  private Quantities() {}

  private static final Pattern FORM =
      Pattern.compile(
          "([+-]?(?:\\d+\\.?\\d*|\\.\\d+))(?:([eE][+-]?\\d{1,3})|([EPTGMK]i|[numkMGTPE]?))");
  private static final Map<String, BigDecimal> UNITS =
      Map.ofEntries(
          Map.entry("", BigDecimal.ONE),
          Map.entry("n", new BigDecimal("1e-9")),
          Map.entry("u", new BigDecimal("1e-6")),
          Map.entry("m", new BigDecimal("1e-3")),
          Map.entry("k", new BigDecimal("1e3")),
          Map.entry("M", new BigDecimal("1e6")),
          Map.entry("G", new BigDecimal("1e9")),
          Map.entry("T", new BigDecimal("1e12")),
          Map.entry("P", new BigDecimal("1e15")),
          Map.entry("E", new BigDecimal("1e18")),
          Map.entry("Ki", BigDecimal.valueOf(1L << 10)),
          Map.entry("Mi", BigDecimal.valueOf(1L << 20)),
          Map.entry("Gi", BigDecimal.valueOf(1L << 30)),
          Map.entry("Ti", BigDecimal.valueOf(1L << 40)),
          Map.entry("Pi", BigDecimal.valueOf(1L << 50)),
          Map.entry("Ei", BigDecimal.valueOf(1L << 60)));

  /// Reads a quantity, rounded up to whole units as Kubernetes does for storage.
  ///
  /// @return the amount, or empty when the text is no quantity, negative, or above 2^63-1
  public static Optional<Bytes> parse(String text) {
    var form = FORM.matcher(text);
    if (!form.matches()) return Optional.empty();
    var number =
        new BigDecimal(form.group(2) == null ? form.group(1) : form.group(1) + form.group(2));
    var unit = form.group(3) == null ? "" : form.group(3);
    var amount = number.multiply(UNITS.get(unit)).setScale(0, RoundingMode.CEILING);
    boolean fits = amount.signum() >= 0 && amount.unscaledValue().bitLength() < 64;
    return fits ? Optional.of(new Bytes(amount.longValueExact())) : Optional.empty();
  }

  /// The amount of a tree (a text or a whole number); [Bytes#ZERO] where there is none.
  public static Bytes of(Tree tree) {
    return switch (tree) {
      case Tree.Text(var text) -> parse(text).orElse(Bytes.ZERO);
      case Tree.Numeral(var value) -> parse(value.toString()).orElse(Bytes.ZERO);
      default -> Bytes.ZERO;
    };
  }

  /// The canonical text of an amount in binary units (`1Gi`, `1536Mi`, `4097`).
  public static String text(Bytes amount) {
    return amount.toString();
  }
}
