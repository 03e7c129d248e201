package dev.moorage.drivers.pool;

import dev.moorage.base.Bytes;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;

/// Who has how much of the pool, by its own book-keeping: `statfs` knows no promises.
final class Accounts {
  /// Below a tenth nothing that grows as it is written is taken in any more.
  private static final int LOW_WATER_PART = 10;

  /// Guarded by this.
  private Bytes usable;

  /// Guarded by this.
  private final TreeMap<String, Bytes> held = new TreeMap<>();

  /// Who was promised nothing; guarded by this.
  private final TreeSet<String> thin = new TreeSet<>();

  Accounts(Bytes usable) {
    this.usable = usable;
  }

  synchronized Bytes usable() {
    return usable;
  }

  synchronized void resize(Bytes now) {
    usable = now;
  }

  Bytes lowWater() {
    return new Bytes(usable().count() / LOW_WATER_PART);
  }

  /// What is promised to nobody.
  synchronized Bytes free() {
    return usable.minusAtMost(sum());
  }

  synchronized List<String> thin() {
    return List.copyOf(thin);
  }

  /// Notes what is there already, whether there is room or not.
  synchronized void hold(String holder, Bytes size) {
    release(holder);
    if (size.isZero()) thin.add(holder);
    else held.put(holder, size);
  }

  /// Sets space aside in place of what the holder had; none for a holder that is promised nothing.
  ///
  /// @param taken what those who are promised nothing have taken
  synchronized boolean reserve(String holder, Bytes size, Bytes taken) {
    var others = sum().minusAtMost(held.getOrDefault(holder, Bytes.ZERO)).plus(taken);
    var needed = size.isZero() ? lowWater() : size;
    if (needed.isAbove(usable.minusAtMost(others))) return false;
    hold(holder, size);
    return true;
  }

  synchronized void release(String holder) {
    held.remove(holder);
    thin.remove(holder);
  }

  private Bytes sum() {
    var sum = Bytes.ZERO;
    for (var size : held.values()) sum = sum.plus(size);
    return sum;
  }
}
