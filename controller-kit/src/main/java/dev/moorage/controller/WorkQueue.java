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
import java.util.function.Function;

/// The keys that need work. Equal keys merge; a key in hand is never handed out a second time: what
/// wakes it meanwhile brings it back when it is given back.
///
/// Where keys have owners, those of one owner are never in more hands than a limit: whoever keeps
/// its callers waiting keeps nobody else's keys.
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
  private volatile Owners owners = Owners.NONE;

  // All below are guarded by this. A key is in at most one of ready, delayed and inHand.
  private final Set<ObjectKey> ready = new LinkedHashSet<>();
  private final TreeSet<Due> dues = new TreeSet<>();
  private final Map<ObjectKey, Due> delayed = new TreeMap<>();

  private final Map<ObjectKey, Held> inHand = new LinkedHashMap<>();
  private final Map<ObjectKey, String> ownerOf = new TreeMap<>(); // as of the last wake

  private final Map<ObjectKey, Integer> failures = new TreeMap<>();
  private final List<Gate> waiting = new ArrayList<>();

  /// Whose the keys are.
  ///
  /// @param most keys of one owner that may be in hand at once
  record Owners(Function<ObjectKey, String> of, int most) {
    /// Keys are nobody's.
    static final Owners NONE = new Owners(_ -> "", Integer.MAX_VALUE);
  }

  /// A key in hand.
  ///
  /// @param versions what has woken it since
  private record Held(String owner, Set<String> versions) {}

  WorkQueue(Group group, Backoff backoff) {
    this.group = group;
    this.backoff = backoff;
  }

  /// Gives keys owners; before the first one is woken.
  void share(Owners among) {
    this.owners = among;
  }

  /// Asks for a key's work now, even while it waits for its next try.
  ///
  /// @param version the version of the object that asks; empty for none
  void wake(ObjectKey key, String version) {
    var owner = owners.of().apply(key); // not under the lock: it may ask a cache
    for (Gate gate : woken(key, owner, version)) gate.open();
  }

  /// Asks for a key's work unless it waits for its next try anyway.
  void remind(ObjectKey key) {
    var owner = owners.of().apply(key);
    for (Gate gate : reminded(key, owner)) gate.open();
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
    var turn = ready.stream().filter(this::mayBeTaken).findFirst();
    if (turn.isEmpty()) {
      waiting.add(gate);
      return new Turn.Wait(dues.isEmpty() ? LONG : Duration.ofNanos(dues.first().nanos() - now));
    }
    var key = turn.get();
    ready.remove(key);
    inHand.put(key, new Held(owner(key), new LinkedHashSet<>()));
    return new Turn.Work(key);
  }

  private boolean mayBeTaken(ObjectKey key) {
    if (inHand.size() < owners.most()) return true;
    var owner = owner(key);
    return inHand.values().stream().filter(held -> held.owner().equals(owner)).count()
        < owners.most();
  }

  private String owner(ObjectKey key) {
    return ownerOf.getOrDefault(key, "");
  }

  /// How many keys are in hand.
  synchronized int inHand() {
    return inHand.size();
  }

  private synchronized void forget(Gate gate) {
    waiting.remove(gate);
  }

  private synchronized List<Gate> woken(ObjectKey key, String owner, String version) {
    if (!owner.isEmpty()) ownerOf.put(key, owner);
    var held = inHand.get(key);
    if (held != null) {
      held.versions().add(version);
      return List.of();
    }
    undelay(key);
    ready.add(key);
    return waiters();
  }

  private synchronized List<Gate> reminded(ObjectKey key, String owner) {
    if (!owner.isEmpty()) ownerOf.put(key, owner);
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
    var held = Optional.ofNullable(inHand.remove(key));
    Check.that(held.isPresent(), "only a key in hand is given back");
    boolean news = !own.containsAll(held.orElseThrow().versions());
    if (news || !after.isPositive()) ready.add(key);
    else if (!after.equals(NEVER)) {
      delayed.put(key, due);
      dues.add(due);
    } else ownerOf.remove(key);
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
