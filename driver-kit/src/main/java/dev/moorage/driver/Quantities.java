package dev.moorage.driver;

import dev.moorage.base.Bytes;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.Map;
import java.util.regex.Pattern;

/// Amounts of storage as Kubernetes writes them: `1Gi`, `1.5G`, `1024`.
final class Quantities {
  private static final Pattern AMOUNT =
      Pattern.compile("([0-9]{1,19}(?:\\.[0-9]{1,9})?)([KMGTPE]i|[kMGTPE]|)");

  private static final Map<Character, Integer> POWERS =
      Map.of('k', 1, 'K', 1, 'M', 2, 'G', 3, 'T', 4, 'P', 5, 'E', 6);

  private Quantities() {}

  /// @throws dev.moorage.csi.CsiException INVALID_ARGUMENT for anything else
  static Bytes parse(String field, String text) {
    var amount = AMOUNT.matcher(text);
    if (!amount.matches()) throw wrong(field, text);
    var bytes = new BigDecimal(amount.group(1)).multiply(new BigDecimal(unit(amount.group(2))));
    var whole = bytes.setScale(0, RoundingMode.CEILING).toBigInteger();
    if (whole.bitLength() >= Long.SIZE) throw wrong(field, text);
    return new Bytes(whole.longValueExact());
  }

  private static BigInteger unit(String name) {
    if (name.isEmpty()) return BigInteger.ONE;
    var base = name.endsWith("i") ? BigInteger.valueOf(1024) : BigInteger.valueOf(1000);
    return base.pow(POWERS.getOrDefault(name.charAt(0), 0));
  }

  private static RuntimeException wrong(String field, String text) {
    return Refusals.invalid(field + " '" + text + "' is no amount such as 1Gi or 500M");
  }
}
