package dev.moorage.base;

import java.time.Instant;
import java.util.function.Supplier;

/// The only door to threads, time and waiting.
///
/// Two bodies: `live` (virtual threads and the machine's clock) and `sim` (one task runs at a time,
/// the next is drawn from a seed at every call of this door and at every outside effect; time moves
/// only when all tasks wait).
public interface Tasks {

  /// Opens a crash domain: one actor, one process or one node.
  ///
  /// @param name for the journal, thread names and error texts
  Group group(String name);

  /// The time of day. Steps of deciding code take it as an argument instead.
  Instant now();

  /// A steady clock for measuring and time limits, in nanoseconds from an arbitrary start.
  long nanos();

  /// Runs one **outside effect**: a write to the API, a CSI call, an effect on the host, a sync of
  /// a ledger.
  ///
  /// Bodies of words call this around whatever leaves the process, so that the simulation can
  /// number the effects, switch tasks there, and place a crash before or after each one. The live
  /// body just runs it.
  ///
  /// @param what the effect for traces, without times or generated names, e.g. `mount` or
  ///   `ControllerPublishVolume`
  /// @param on the object it acts on
  /// @throws Killed (an `Error` which only `base` catches) when the calling task's group is dead,
  ///   before anything is done
  <R> R effect(String what, String on, Supplier<R> act);

  /// [#effect(String, String, Supplier)] without a result.
  default void effect(String what, String on, Runnable act) {
    effect(
        what,
        on,
        () -> {
          act.run();
          return true;
        });
  }

  /// Refuses a caller whose group is dead. Doors that only read or only note call it; [#effect]
  /// implies it.
  ///
  /// @throws Killed when the calling task's group is dead
  void refuseTheDead();
}
