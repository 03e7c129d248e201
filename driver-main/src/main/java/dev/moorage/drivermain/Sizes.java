package dev.moorage.drivermain;

import dev.moorage.base.Bytes;
import java.util.List;
import java.util.regex.Pattern;

/// Amounts as people write them: `2Gi`, `300Mi`, `1500M`, `4096`.
final class Sizes {
  private static final Pattern SIZE = Pattern.compile("([0-9]{1,18})([KMGTPE]i|[kMGTPE])?");
  private static final List<String> BINARY = List.of("Ki", "Mi", "Gi", "Ti", "Pi", "Ei");
  private static final List<String> DECIMAL = List.of("k", "M", "G", "T", "P", "E");

  private Sizes() {}

  /// @throws IllegalArgumentException for what is no size
  static Bytes parse(String text) {
    var size = SIZE.matcher(text);
    if (!size.matches()) throw none(text);
    try {
      return new Bytes(
          Math.multiplyExact(Long.parseLong(size.group(1)), unit(String.valueOf(size.group(2)))));
    } catch (ArithmeticException tooLarge) {
      throw none(text);
    }
  }

  private static long unit(String name) {
    if (BINARY.contains(name)) return 1L << (10 * (BINARY.indexOf(name) + 1));
    long unit = 1;
    for (int i = 0; i <= DECIMAL.indexOf(name); i++) unit *= 1000;
    return unit;
  }

  private static IllegalArgumentException none(String text) {
    return new IllegalArgumentException(text + " is no size; sizes are like 2Gi or 3000Mi");
  }
}
