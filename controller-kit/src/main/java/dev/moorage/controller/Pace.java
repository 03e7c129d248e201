package dev.moorage.controller;

import dev.moorage.base.Backoff;
import dev.moorage.base.ObjectKey;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongSupplier;

/// Keeps an actor from repeating a failed attempt before its time, however often its key is woken
/// meanwhile (by its own error reports, for one).
///
/// An attempt is any value: equal values are the same attempt and wait; another value may be tried
/// at once. Nothing here outlives the process, and nothing is decided by it but *when*. May be
/// called from any task.
public final class Pace {
  private static final int ATTEMPTS_PER_KEY = 16;

  private final LongSupplier nanos;
  private final Backoff backoff;
  private final Map<ObjectKey, Map<Object, Failed>> failures = new TreeMap<>(); // guarded by this

  private record Failed(int times, long notBeforeNanos) {}

  /// @param nanos the steady clock
  /// @param backoff waits between equal attempts; its longest is the slow lane
  public Pace(LongSupplier nanos, Backoff backoff) {
    this.nanos = nanos;
    this.backoff = backoff;
  }

  /// How long this attempt has still to wait; zero when its time has come.
  public Duration rest(ObjectKey key, Object attempt) {
    long now = nanos.getAsLong();
    synchronized (this) {
      var failed = failures.getOrDefault(key, Map.of()).get(attempt);
      return failed == null
          ? Duration.ZERO
          : Duration.ofNanos(Math.max(0, failed.notBeforeNanos - now));
    }
  }

  /// Notes that an attempt failed.
  ///
  /// @return how long it has to wait now
  public Duration failed(ObjectKey key, Object attempt) {
    long now = nanos.getAsLong();
    synchronized (this) {
      var last = failures.getOrDefault(key, Map.of()).get(attempt);
      int times = last == null ? 1 : last.times + 1;
      return put(key, attempt, times, now, backoff.after(times));
    }
  }

  /// Notes that an attempt failed and is not expected to succeed: it waits the longest time.
  ///
  /// @return that time
  public Duration hopeless(ObjectKey key, Object attempt) {
    long now = nanos.getAsLong();
    synchronized (this) {
      return put(key, attempt, 1, now, backoff.most());
    }
  }

  /// Forgets a key's failures: it succeeded, or it is gone.
  public synchronized void forget(ObjectKey key) {
    failures.remove(key);
  }

  private Duration put(ObjectKey key, Object attempt, int times, long now, Duration wait) {
    var attempts = failures.computeIfAbsent(key, _ -> new LinkedHashMap<>());
    attempts.remove(attempt);
    if (attempts.size() >= ATTEMPTS_PER_KEY) attempts.remove(attempts.keySet().iterator().next());
    attempts.put(attempt, new Failed(times, now + wait.toNanos()));
    return wait;
  }
}
