package dev.moorage.drivers.pool;

import dev.moorage.base.Bytes;
import java.util.TreeMap;

/// Who has how much of the pool, by its own book-keeping: `statfs` knows no promises.
final class Accounts {
  private final Bytes usable;

  /// Guarded by this.
  private final TreeMap<String, Bytes> held = new TreeMap<>();

  Accounts(Bytes usable) {
    this.usable = usable;
  }

  synchronized Bytes free() {
    return usable.minusAtMost(sum());
  }

  /// Notes what is there already, whether there is room or not.
  synchronized void hold(String holder, Bytes size) {
    held.put(holder, size);
  }

  /// Sets space aside in place of what the holder had.
  synchronized boolean reserve(String holder, Bytes size) {
    var others = sum().minusAtMost(held.getOrDefault(holder, Bytes.ZERO));
    if (size.isAbove(usable.minusAtMost(others))) return false;
    held.put(holder, size);
    return true;
  }

  synchronized void release(String holder) {
    held.remove(holder);
  }

  private Bytes sum() {
    var sum = Bytes.ZERO;
    for (var size : held.values()) sum = sum.plus(size);
    return sum;
  }
}
