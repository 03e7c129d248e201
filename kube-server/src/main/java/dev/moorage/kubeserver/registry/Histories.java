package dev.moorage.kubeserver.registry;

import dev.moorage.base.Gate;
import dev.moorage.base.ObjectKey;
import dev.moorage.kube.Kind;
import dev.moorage.kube.Tree;
import dev.moorage.kubeserver.store.LogEntry;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// The latest writes of all kinds, and the watches that read them.
///
/// A watch is a cursor, not a queue: a slow one lags, and when the writes that it has not seen fall
/// out of the history, it ends with `Expired`. One lock, held for moments.
final class Histories {
  private final int size;
  private final State folded;
  private final Map<String, History> kinds = new TreeMap<>(); // guarded by this
  private long revision; // guarded by this

  /// @param size writes per kind
  /// @param folded the state from which on all writes will be added
  Histories(int size, State folded) {
    this.size = size;
    this.folded = folded;
    this.revision = folded.revision();
  }

  /// What came of writes.
  ///
  /// @param state after all of them
  /// @param wake gates to open once no lock is held
  record Added(State state, List<Gate> wake) {}

  /// Adds durable writes.
  synchronized Added add(State before, List<LogEntry> entries) {
    var wake = new ArrayList<Gate>();
    State state = before;
    for (LogEntry entry : entries) {
      var old = state.of(entry.resource()).find(entry.key()).orElse(Tree.nothing());
      state = state.with(entry);
      var write =
          new Happened(
              entry.revision(), old, entry.object(), entry.deleted(), state.of(entry.resource()));
      var history = of(entry.resource());
      history.add(write);
      for (Feed feed : history.feeds()) feed.wakeFor(write).ifPresent(wake::add);
      revision = entry.revision();
    }
    return new Added(state, wake);
  }

  private History of(String resource) {
    return kinds.computeIfAbsent(
        resource, name -> new History(size, folded.revision(), folded.of(name)));
  }

  /// The newest revision that watches can see.
  synchronized long revision() {
    return revision;
  }

  synchronized long lost(Kind<?> kind) {
    return of(kind.resource()).lost();
  }

  /// A kind's objects as they were at a revision; empty when that is too long ago.
  synchronized Optional<OrderedMap<ObjectKey, Tree>> at(Kind<?> kind, long asked) {
    return of(kind.resource()).at(asked);
  }

  synchronized void open(Kind<?> kind, Feed feed) {
    of(kind.resource()).feeds().add(feed);
  }

  synchronized void close(Kind<?> kind, Feed feed) {
    of(kind.resource()).feeds().remove(feed);
  }

  /// The first write of a kind after a revision.
  synchronized Optional<Happened> after(Kind<?> kind, long cursor) {
    return of(kind.resource()).after(cursor);
  }
}
