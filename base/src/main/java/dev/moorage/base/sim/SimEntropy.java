package dev.moorage.base.sim;

import dev.moorage.base.Entropy;
import dev.moorage.base.Secret;
import java.util.UUID;

/// Randomness from a seed. One task at a time may draw, as it is in a simulation.
public final class SimEntropy implements Entropy {
  private static final String LETTERS = "bcdfghjklmnpqrstvwxz2456789";

  private final Draw draw;

  /// @param seed equal seeds give equal draws
  public SimEntropy(long seed) {
    this.draw = new Draw(seed);
  }

  @Override
  public String uid() {
    long high = (draw.next() & ~0xF000L) | 0x4000L; // version 4
    long low = (draw.next() & 0x3FFFFFFFFFFFFFFFL) | 0x8000000000000000L; // the RFC's variant
    return new UUID(high, low).toString();
  }

  @Override
  public double fraction() {
    return (draw.next() >>> 11) * 0x1.0p-53;
  }

  @Override
  public String suffix(int length) {
    var text = new StringBuilder(length);
    for (int i = 0; i < length; i++) text.append(LETTERS.charAt(draw.below(LETTERS.length())));
    return text.toString();
  }

  @Override
  public Secret token(int bytes) {
    var text = new StringBuilder(2 * bytes);
    for (int i = 0; i < bytes; i++) text.append(String.format("%02x", draw.below(256)));
    return new Secret(text.toString());
  }
}
