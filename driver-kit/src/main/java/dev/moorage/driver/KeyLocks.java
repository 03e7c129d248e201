package dev.moorage.driver;

import dev.moorage.csi.CsiException;
import dev.moorage.csi.CsiException.Code;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Supplier;

/// One operation at a time per volume or snapshot: a second one is refused at once, never queued;
/// other ones are not touched by it. Operations on different parts of one volume (its target paths)
/// run side by side.
final class KeyLocks {
  /// The part that collides with every other one.
  static final String WHOLE = "";

  /// Text that is no path.
  private static final String CONTENT = " content";

  private static final String READING = " reading";

  /// What an operation needs for itself.
  record Hold(String key, String part) {
    /// A volume or snapshot with all its parts.
    static Hold whole(String key) {
      return new Hold(key, WHOLE);
    }

    /// A volume's content, while a copy of it is made.
    static Hold content(String key) {
      return new Hold(key, CONTENT);
    }

    /// A snapshot that must stay; others may read it, too.
    static Hold reading(String key) {
      return new Hold(key, READING);
    }

    boolean collidesWith(Hold other) {
      if (part.equals(WHOLE) || other.part.equals(WHOLE)) return true;
      return part.equals(other.part) && !part.equals(READING);
    }
  }

  private record Held(Hold hold, String what) {}

  /// By key. Guarded by this.
  private final TreeMap<String, List<Held>> held = new TreeMap<>();

  /// Runs an operation that has the volume to itself.
  ///
  /// @throws CsiException ABORTED when another one runs
  <R> R alone(String key, String what, Supplier<R> work) {
    return all(List.of(Hold.whole(key)), what, work);
  }

  /// Runs an operation that has one part of the volume to itself.
  <R> R onPart(String key, String part, String what, Supplier<R> work) {
    return all(List.of(new Hold(key, part)), what, work);
  }

  /// Runs an operation that needs several holds: it gets all of them at once or none.
  ///
  /// @throws CsiException ABORTED when another one has one of them
  <R> R all(List<Hold> holds, String what, Supplier<R> work) {
    var mine = take(holds, what);
    try {
      return work.get();
    } finally {
      release(mine);
    }
  }

  private synchronized List<Held> take(List<Hold> holds, String what) {
    for (var hold : holds) refuseIfHeld(hold, what);
    var mine = holds.stream().map(hold -> new Held(hold, what)).toList();
    for (var each : mine) held.computeIfAbsent(each.hold().key(), _ -> new ArrayList<>()).add(each);
    return mine;
  }

  /// The caller holds this.
  private void refuseIfHeld(Hold hold, String what) {
    for (var other : held.getOrDefault(hold.key(), List.of()))
      if (other.hold().collidesWith(hold))
        throw new CsiException(
            Code.ABORTED,
            what
                + " of "
                + hold.key()
                + ": "
                + other.what()
                + " of it is still running; try again");
  }

  private synchronized void release(List<Held> mine) {
    for (var each : mine) {
      var there = held.get(each.hold().key());
      if (there == null) continue;
      there.remove(each);
      if (there.isEmpty()) held.remove(each.hold().key());
    }
  }
}
