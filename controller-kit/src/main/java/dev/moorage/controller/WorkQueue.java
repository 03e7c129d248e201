package dev.moorage.controller;

import dev.moorage.base.Backoff;
import dev.moorage.base.Check;
import dev.moorage.base.Gate;
import dev.moorage.base.Group;
import dev.moorage.base.ObjectKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/// The keys that need work. Equal keys merge; a key in hand is never handed out a second time: what
/// wakes it meanwhile brings it back when it is given back.
///
/// The lock is held for bookkeeping only, never while a gate is opened or awaited.
final class WorkQueue {
  private static final Duration LONG = Duration.ofHours(1);
  private static final Duration NEVER = Duration.ofDays(36_500);
  private static final Backoff AFTER_CONFLICT =
      new Backoff(Duration.ofMillis(10), Duration.ofSeconds(1));

  private record Due(long nanos, ObjectKey key) implements Comparable<Due> {
    @Override
    public int compareTo(Due other) {
      int byTime = Long.compare(nanos, other.nanos);
      return byTime != 0 ? byTime : key.compareTo(other.key);
    }
  }

  private final Group group;
  private final Backoff backoff;

  // All below are guarded by this. A key is in at most one of ready, delayed and inHand.
  private final Set<ObjectKey> ready = new LinkedHashSet<>();
  private final TreeSet<Due> dues = new TreeSet<>();
  private final Map<ObjectKey, Due> delayed = new TreeMap<>();

  /// Keys in hand, with the versions that have woken them since.
  private final Map<ObjectKey, Set<String>> inHand = new LinkedHashMap<>();

  private final Map<ObjectKey, Integer> failures = new TreeMap<>();
  private final List<Gate> waiting = new ArrayList<>();

  WorkQueue(Group group, Backoff backoff) {
    this.group = group;
    this.backoff = backoff;
  }

  /// Asks for a key's work now, even while it waits for its next try.
  ///
  /// @param version the version of the object that asks; empty for none
  void wake(ObjectKey key, String version) {
    for (Gate gate : woken(key, version)) gate.open();
  }

  /// Asks for a key's work unless it waits for its next try anyway.
  void remind(ObjectKey key) {
    for (Gate gate : reminded(key)) gate.open();
  }

  /// Waits for a key and hands it out.
  ObjectKey take() {
    while (true) {
      var gate = group.newGate();
      var turn = next(group.tasks().nanos(), gate);
      if (turn instanceof Turn.Work(var key)) return key;
      if (turn instanceof Turn.Wait(var atMost)) gate.await(atMost);
      forget(gate);
    }
  }

  /// Gives a key back that has nothing to do until something changes.
  void settled(ObjectKey key) {
    clearFailures(key);
    giveBack(key, NEVER, Set.of());
  }

  /// Gives a key back that wants to look again after a while.
  ///
  /// @param own versions that the key has written itself: their echo does not bring it back earlier
  void again(ObjectKey key, Duration after, Set<String> own) {
    clearFailures(key);
    giveBack(key, after, own);
  }

  /// Gives a key back that has failed: its next try waits longer each time.
  void failed(ObjectKey key, Set<String> own) {
    giveBack(key, backoff.after(countFailure(key)), own);
  }

  /// Gives a key back that has decided on old facts: tried again soon, slower if it goes on.
  void conflicted(ObjectKey key, Set<String> own) {
    giveBack(key, AFTER_CONFLICT.after(countFailure(key)), own);
  }

  private sealed interface Turn {
    record Work(ObjectKey key) implements Turn {}

    record Wait(Duration atMost) implements Turn {}
  }

  private synchronized Turn next(long now, Gate gate) {
    while (!dues.isEmpty() && dues.first().nanos() <= now) {
      var due = dues.removeFirst();
      delayed.remove(due.key());
      ready.add(due.key());
    }
    if (ready.isEmpty()) {
      waiting.add(gate);
      return new Turn.Wait(dues.isEmpty() ? LONG : Duration.ofNanos(dues.first().nanos() - now));
    }
    var key = ready.iterator().next();
    ready.remove(key);
    inHand.put(key, new LinkedHashSet<>());
    return new Turn.Work(key);
  }

  private synchronized void forget(Gate gate) {
    waiting.remove(gate);
  }

  private synchronized List<Gate> woken(ObjectKey key, String version) {
    var versions = inHand.get(key);
    if (versions != null) {
      versions.add(version);
      return List.of();
    }
    undelay(key);
    ready.add(key);
    return waiters();
  }

  private synchronized List<Gate> reminded(ObjectKey key) {
    if (inHand.containsKey(key) || delayed.containsKey(key)) return List.of();
    ready.add(key);
    return waiters();
  }

  private synchronized int countFailure(ObjectKey key) {
    return failures.merge(key, 1, Integer::sum);
  }

  private synchronized void clearFailures(ObjectKey key) {
    failures.remove(key);
  }

  private void giveBack(ObjectKey key, Duration after, Set<String> own) {
    long now = group.tasks().nanos();
    for (Gate gate : givenBack(key, after, new Due(now + after.toNanos(), key), own)) gate.open();
  }

  private synchronized List<Gate> givenBack(
      ObjectKey key, Duration after, Due due, Set<String> own) {
    var versions = Optional.ofNullable(inHand.remove(key));
    Check.that(versions.isPresent(), "only a key in hand is given back");
    boolean news = !own.containsAll(versions.orElseThrow());
    if (news || !after.isPositive()) ready.add(key);
    else if (!after.equals(NEVER)) {
      delayed.put(key, due);
      dues.add(due);
    }
    return waiters();
  }

  private void undelay(ObjectKey key) {
    var due = delayed.remove(key);
    if (due != null) dues.remove(due);
  }

  private List<Gate> waiters() {
    var gates = List.copyOf(waiting);
    waiting.clear();
    return gates;
  }
}
