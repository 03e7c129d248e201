package dev.moorage.base;

/// An amount of storage in bytes, never negative.
///
/// @param count number of bytes, 0 or more; where a field of CSI may be unset, 0 means unset
public record Bytes(long count) implements Comparable<Bytes> {

  /// No bytes; in CSI's optional amounts also "not set".
  public static final Bytes ZERO = new Bytes(0);

  /// @throws IllegalArgumentException when `count` is negative
  public Bytes {
    if (count < 0)
      throw new IllegalArgumentException("an amount of bytes is never negative: " + count);
  }

  /// An amount in mebibytes (2^20 bytes).
  public static Bytes mebi(long count) {
    return new Bytes(Math.multiplyExact(count, 1L << 20));
  }

  /// An amount in gibibytes (2^30 bytes).
  public static Bytes gibi(long count) {
    return new Bytes(Math.multiplyExact(count, 1L << 30));
  }

  /// Whether this amount is 0 (in CSI: not set).
  public boolean isZero() {
    return count == 0;
  }

  /// Whether this amount is smaller than the other.
  public boolean isBelow(Bytes other) {
    return count < other.count;
  }

  /// Whether this amount is larger than the other.
  public boolean isAbove(Bytes other) {
    return count > other.count;
  }

  /// The sum of both amounts.
  ///
  /// @throws ArithmeticException when the sum exceeds 2^63-1 bytes
  public Bytes plus(Bytes other) {
    return new Bytes(Math.addExact(count, other.count));
  }

  /// This amount less the other, or [#ZERO] when the other is larger.
  public Bytes minusAtMost(Bytes other) {
    return new Bytes(Math.max(0, count - other.count));
  }

  /// The larger of both amounts.
  public Bytes max(Bytes other) {
    return isBelow(other) ? other : this;
  }

  /// Rounds up to a whole number of blocks.
  ///
  /// @param block size of one block; must not be zero
  /// @return the smallest multiple of `block` that is not below this amount
  public Bytes roundUpTo(Bytes block) {
    if (block.isZero()) throw new IllegalArgumentException("a block has at least one byte");
    long rest = count % block.count;
    return rest == 0 ? this : new Bytes(Math.addExact(count, block.count - rest));
  }

  @Override
  public int compareTo(Bytes other) {
    return Long.compare(count, other.count);
  }

  /// The amount for people: a whole number of the largest binary unit that divides it, else bytes
  /// (`2Gi`, `300Mi`, `4097`).
  @Override
  public String toString() {
    String[] units = {"Ei", "Pi", "Ti", "Gi", "Mi", "Ki"};
    for (int i = 0; i < units.length; i++) {
      long unit = 1L << (10 * (units.length - i));
      if (count >= unit && count % unit == 0) return count / unit + units[i];
    }
    return Long.toString(count);
  }
}
