package dev.moorage.csi;

import dev.moorage.base.Bytes;

/// The size that is asked for; [Bytes#ZERO] means not set.
public record CapacityRange(Bytes required, Bytes limit) {
  /// Nothing is asked.
  public static final CapacityRange ANY = new CapacityRange(Bytes.ZERO, Bytes.ZERO);

  /// At least this much.
  public static CapacityRange atLeast(Bytes required) {
    return new CapacityRange(required, Bytes.ZERO);
  }

  /// Whether a size satisfies the range.
  public boolean holds(Bytes size) {
    return !size.isBelow(required) && (limit.isZero() || !size.isAbove(limit));
  }
}
