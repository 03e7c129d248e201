package dev.moorage.kubeserver.schema;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.Optional;
import java.util.regex.Pattern;

/// An amount in the one text form that Kubernetes gives it: no fractions, the largest suffix that
/// is exact, the family of suffixes (1000 or 1024) that its writer chose.
///
/// @param value in units, not finer than a billionth
record Quantity(BigDecimal value, Family family) {

  /// The families of suffixes.
  enum Family {
    /// `n u m k M G T P E`.
    DECIMAL,
    /// `Ki Mi Gi Ti Pi Ei`.
    BINARY,
    /// `e3`, `e6`.
    EXPONENT
  }

  private static final Pattern FORM =
      Pattern.compile(
          "([+-]?(?:\\d{1,60}\\.?\\d{0,60}|\\.\\d{1,60}))"
              + "(?:([eE])([+-]?\\d{1,3})|([EPTGMK]i)|([numkMGTPE])|)");
  private static final String DECIMALS = "numkMGTPE"; // 10^-9 and up; the unit itself has none
  private static final String BINARIES = "KMGTPE"; // 2^10 and up
  private static final BigDecimal KIBI = BigDecimal.valueOf(1024);

  /// Reads an amount.
  ///
  /// @return empty when the text is none
  static Optional<Quantity> parse(String text) {
    var form = FORM.matcher(text);
    if (!form.matches()) return Optional.empty();
    var number = new BigDecimal(form.group(1));
    if (form.group(2) != null)
      return Optional.of(
          of(number.scaleByPowerOfTen(Integer.parseInt(form.group(3))), Family.EXPONENT));
    if (form.group(4) != null)
      return Optional.of(
          of(
              number.multiply(KIBI.pow(BINARIES.indexOf(form.group(4).charAt(0)) + 1)),
              Family.BINARY));
    int power = form.group(5) == null ? 0 : power(form.group(5).charAt(0));
    return Optional.of(of(number.scaleByPowerOfTen(power), Family.DECIMAL));
  }

  private static int power(char suffix) {
    int place = DECIMALS.indexOf(suffix);
    return place < 3 ? 3 * (place - 3) : 3 * (place - 2);
  }

  private static Quantity of(BigDecimal value, Family family) {
    return new Quantity(
        value.setScale(Math.min(9, Math.max(0, value.scale())), RoundingMode.UP), family);
  }

  /// The canonical text.
  String text() {
    if (value.signum() == 0) return "0";
    boolean whole = value.stripTrailingZeros().scale() <= 0;
    if (family == Family.BINARY && whole && value.abs().compareTo(KIBI) >= 0) return binary();
    return decimal();
  }

  private String binary() {
    var amount = value.toBigIntegerExact();
    int steps = 0;
    var kibi = BigInteger.valueOf(1024);
    while (steps < BINARIES.length() && amount.mod(kibi).signum() == 0) {
      amount = amount.divide(kibi);
      steps++;
    }
    return steps == 0 ? amount.toString() : amount.toString() + BINARIES.charAt(steps - 1) + "i";
  }

  private String decimal() {
    int power = -9;
    var amount = value.scaleByPowerOfTen(9).toBigIntegerExact();
    var thousand = BigInteger.valueOf(1000);
    while (power < 18 && amount.mod(thousand).signum() == 0) {
      amount = amount.divide(thousand);
      power += 3;
    }
    return amount + suffix(power);
  }

  private String suffix(int power) {
    if (power == 0) return "";
    if (family == Family.EXPONENT) return "e" + power;
    return String.valueOf(DECIMALS.charAt(power < 0 ? power / 3 + 3 : power / 3 + 2));
  }
}
