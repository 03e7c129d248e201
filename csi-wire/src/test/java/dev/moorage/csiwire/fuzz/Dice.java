package dev.moorage.csiwire.fuzz;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Random;

/// Chance from a seed.
final class Dice {
  private final Random random;

  Dice(long seed) {
    this.random = new Random(seed);
  }

  /// Whether something of this likelihood happens.
  boolean happens(double likelihood) {
    return random.nextDouble() < likelihood;
  }

  /// 0 up to but not including this.
  int below(int bound) {
    return random.nextInt(bound);
  }

  @SafeVarargs
  final <T> T of(T... some) {
    return some[random.nextInt(some.length)];
  }

  <T> T of(Collection<T> some) {
    return List.copyOf(some).get(random.nextInt(some.size()));
  }

  /// One of these, or this where there are none.
  <T> T of(Collection<T> some, T otherwise) {
    return some.isEmpty() ? otherwise : new ArrayList<>(some).get(random.nextInt(some.size()));
  }

  byte[] bytes(int count) {
    var bytes = new byte[count];
    random.nextBytes(bytes);
    return bytes;
  }
}
