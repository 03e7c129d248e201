package dev.moorage.base;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.Executor;

/// A crash domain with its tasks. Whoever starts tasks waits for them: use it in
/// try-with-resources.
///
/// All methods may be called from any task. After [#close] or a kill, starting and waiting throw
/// [Stopped] (or [Killed]).
public interface Group extends AutoCloseable {

  /// The group's name.
  String name();

  /// The door this group came from.
  Tasks tasks();

  /// Opens a group inside this one: it ends when this one ends, and dies when this one is killed.
  Group group(String name);

  /// Starts a named task. The result or the failure is kept in the returned [Task].
  <R> Task<R> start(String name, Callable<R> body);

  /// Waits.
  ///
  /// @param duration how long; zero or less returns at once
  /// @throws Stopped when the group closes or the task is interrupted meanwhile
  void sleep(Duration duration);

  /// A place where tasks wait until another task opens it.
  Gate newGate();

  /// Runs a call that may block in the kernel in a bounded lane of platform threads, and waits for
  /// its result.
  ///
  /// @param atMost how long to wait for a free place and the result together; must be positive
  /// @return what the call returned
  /// @throws GivenUp when the time is over; the call itself may still run, it is counted and named,
  ///   never awaited
  <R> R inLane(Lane lane, Duration atMost, Callable<R> call);

  /// An executor for libraries that insist on one; its tasks belong to this group.
  Executor executor();

  /// Interrupts this group's tasks and those of its inner groups, and waits until they have ended
  /// (lane calls apart). Closing twice is harmless.
  @Override
  void close();
}
