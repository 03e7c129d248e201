package dev.moorage.base.sim;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Who runs next, and what time it is. Touched by the holder of the baton only.
final class Schedule {
  static final long FOREVER = Long.MAX_VALUE;

  /// So many switch points at one instant mean that somebody spins.
  private static final int SPIN_AT_MOST = 2_000_000;

  private final @Nullable Draw draw; // none on the plain schedule
  private final List<SimTask<?>> alive = new ArrayList<>(); // in the order of their starts
  private final List<SimTask<?>> ready = new ArrayList<>(); // in the order they became so
  private final AtomicLong switches = new AtomicLong(); // the watchdog reads it from outside
  private volatile @Nullable SimTask<?> running;
  private @Nullable SimTask<?> first;
  private long time;
  private int spin;

  Schedule(@Nullable Draw draw) {
    this.draw = draw;
  }

  long time() {
    return time;
  }

  long switches() {
    return switches.get();
  }

  @Nullable SimTask<?> running() {
    return running;
  }

  List<SimTask<?>> alive() {
    return alive;
  }

  void add(SimTask<?> task) {
    alive.add(task);
    ready.add(task);
  }

  /// Gives the first task the baton.
  void begin(SimTask<?> task) {
    first = task;
    alive.addFirst(task);
    giveTo(task);
  }

  /// Lets another task go first where the seed says so; on the plain schedule the caller goes on.
  void switchPoint(SimTask<?> me) {
    switches.incrementAndGet();
    if (++spin > SPIN_AT_MOST)
      throw new IllegalStateException(
          "no time passes: " + me + " and " + ready + " never wait, " + SPIN_AT_MOST + " switches");
    if (draw == null || ready.isEmpty()) return;
    int drawn = draw.below(ready.size() + 1);
    if (drawn == ready.size()) return;
    var next = ready.remove(drawn);
    ready.add(me);
    handOver(me, next);
  }

  /// Lets others run until the caller is woken or its deadline has come.
  void pause(SimTask<?> me) {
    switches.incrementAndGet();
    var next = takeReady();
    if (next != me) handOver(me, next);
    if (me.stuck != null) {
      var reason = me.stuck;
      me.stuck = null;
      throw reason;
    }
  }

  void wake(SimTask<?> task) {
    if (!task.isWaiting()) return;
    task.waitsOn = null;
    task.waitsIn = null;
    ready.add(task);
  }

  void wakeAll(Predicate<SimTask<?>> which) {
    for (var task : alive) if (task.isWaiting() && which.test(task)) wake(task);
  }

  /// Passes the baton on after the caller's end.
  void end(SimTask<?> me) {
    alive.remove(me);
    if (me.heir != null) giveTo(me.heir);
    else if (!alive.isEmpty()) giveTo(takeReady());
    else running = null;
  }

  /// Runs a dead task until it has unwound, at once; the caller then goes on.
  void unwind(SimTask<?> me, SimTask<?> victim) {
    ready.remove(victim);
    victim.waitsOn = null;
    victim.heir = me;
    handOver(me, victim);
  }

  /// Removes a task that never began.
  void drop(SimTask<?> task) {
    ready.remove(task);
    alive.remove(task);
  }

  private void handOver(SimTask<?> me, SimTask<?> next) {
    giveTo(next);
    me.awaitBaton();
  }

  private void giveTo(SimTask<?> next) {
    running = next;
    next.giveBaton();
  }

  private SimTask<?> takeReady() {
    if (ready.isEmpty()) moveTime();
    return ready.remove(draw == null ? 0 : draw.below(ready.size()));
  }

  private void moveTime() {
    long earliest = FOREVER;
    for (var task : alive) earliest = Math.min(earliest, task.deadline);
    if (earliest == FOREVER) {
      reportDeadlock();
      return;
    }
    time = Math.max(time, earliest);
    spin = 0;
    wakeAll(task -> task.deadline <= time);
  }

  private void reportDeadlock() {
    var waits =
        alive.stream()
            .map(task -> task + " waits for " + task.waitsFor)
            .collect(Collectors.joining("; "));
    for (var task : alive)
      if (task == first) {
        task.stuck = new IllegalStateException("deadlock, all tasks wait for ever: " + waits);
        wake(task);
      }
  }
}
