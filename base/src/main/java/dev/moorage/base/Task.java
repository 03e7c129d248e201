package dev.moorage.base;

import java.time.Duration;
import java.util.Optional;

/// A started piece of work with a result.
///
/// @param <R> the result
public interface Task<R> {

  /// Waits for the end and returns the result; a failure of the body is thrown here as it was (a
  /// checked exception as the cause of an [IllegalStateException]).
  ///
  /// @throws Stopped when the waiting task is interrupted, or the awaited task was stopped
  R await();

  /// Like [#await()], for a limited time.
  ///
  /// @return the result, or empty when the task still runs after `atMost`
  Optional<R> await(Duration atMost);

  /// Asks the task to leave: its next or present wait throws [Stopped].
  void interrupt();

  /// Whether the task has ended, in whichever way.
  boolean ended();
}
