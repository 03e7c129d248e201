package dev.moorage.driver;

import dev.moorage.base.Bytes;
import dev.moorage.csi.CapacityRange;
import java.util.Optional;

/// Sizes that a backend can make.
///
/// @param minimum the smallest volume
/// @param step what sizes are rounded up to where the range leaves room
/// @param block what sizes are always a multiple of
/// @param usual the size when nothing is asked
public record SizeRules(Bytes minimum, Bytes step, Bytes block, Bytes usual) {

  /// Every size of at least one byte; 1 GiB when nothing is asked.
  public static final SizeRules ANY =
      new SizeRules(new Bytes(1), new Bytes(1), new Bytes(1), Bytes.gibi(1));

  /// The size to make for a range: the smallest that fits it, as round as it may be.
  ///
  /// @return empty when no possible size lies in the range
  public Optional<Bytes> choose(CapacityRange range) {
    var wanted = range.required().isZero() ? usual(range) : range.required();
    var least = wanted.max(minimum);
    return up(least, step).filter(range::holds).or(() -> up(least, block).filter(range::holds));
  }

  /// Empty where no number is large enough.
  private static Optional<Bytes> up(Bytes least, Bytes to) {
    boolean beyond = least.count() > Long.MAX_VALUE - to.count();
    return beyond ? Optional.empty() : Optional.of(least.roundUpTo(to));
  }

  private Bytes usual(CapacityRange range) {
    boolean tooLarge = !range.limit().isZero() && usual.isAbove(range.limit());
    return tooLarge ? down(range.limit(), block) : usual;
  }

  static Bytes down(Bytes amount, Bytes to) {
    return new Bytes(amount.count() - amount.count() % to.count());
  }
}
