package dev.moorage.driver;

import dev.moorage.csi.CsiException;
import dev.moorage.csi.CsiException.Code;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Supplier;

/// One operation at a time per volume: a second one is refused at once, never queued; other volumes
/// are not touched by it. Operations on different parts of one volume (its target paths) run side
/// by side.
final class KeyLocks {
  private static final String WHOLE = "";

  private record Held(String part, String what) {
    boolean collidesWith(String other) {
      return part.equals(WHOLE) || other.equals(WHOLE) || part.equals(other);
    }
  }

  /// Guarded by this.
  private final TreeMap<String, List<Held>> held = new TreeMap<>();

  /// Runs an operation that has the volume to itself.
  ///
  /// @throws CsiException ABORTED when another one runs
  <R> R alone(String key, String what, Supplier<R> work) {
    return onPart(key, WHOLE, what, work);
  }

  /// Runs an operation that has one part of the volume to itself.
  <R> R onPart(String key, String part, String what, Supplier<R> work) {
    var mine = take(key, part, what);
    try {
      return work.get();
    } finally {
      release(key, mine);
    }
  }

  private synchronized Held take(String key, String part, String what) {
    var others = held.computeIfAbsent(key, _ -> new ArrayList<>());
    for (var other : others)
      if (other.collidesWith(part))
        throw new CsiException(
            Code.ABORTED,
            what + " of " + key + ": " + other.what() + " of it is still running; try again");
    var mine = new Held(part, what);
    others.add(mine);
    return mine;
  }

  private synchronized void release(String key, Held mine) {
    var others = held.get(key);
    if (others == null) return;
    others.remove(mine);
    if (others.isEmpty()) held.remove(key);
  }
}
