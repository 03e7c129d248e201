package dev.moorage.kubeserver.registry;

import dev.moorage.base.ObjectKey;
import dev.moorage.kube.Kind;
import dev.moorage.kube.Tree;
import dev.moorage.kubeserver.store.LogEntry;
import java.util.List;
import java.util.Optional;

/// All objects after some write: immutable.
///
/// @param revision the number of the last write in it; 0 for none
/// @param kinds objects by resource (`plural.group`) and key
record State(long revision, OrderedMap<String, OrderedMap<ObjectKey, Tree>> kinds) {

  static final State EMPTY = new State(0, OrderedMap.empty());

  OrderedMap<ObjectKey, Tree> all(Kind<?> kind) {
    return of(kind.resource());
  }

  OrderedMap<ObjectKey, Tree> of(String resource) {
    return kinds.find(resource).orElseGet(OrderedMap::empty);
  }

  Optional<Tree> find(Kind<?> kind, ObjectKey key) {
    return all(kind).find(key);
  }

  /// The state after more writes.
  State with(List<LogEntry> entries) {
    State state = this;
    for (LogEntry entry : entries) state = state.with(entry);
    return state;
  }

  /// The state after one more write.
  State with(LogEntry entry) {
    var objects = of(entry.resource());
    var changed =
        entry.deleted() ? objects.without(entry.key()) : objects.with(entry.key(), entry.object());
    return new State(entry.revision(), kinds.with(entry.resource(), changed));
  }

  /// The state of a log's base: objects whose revisions have gaps between them.
  static State folded(long revision, List<LogEntry> base) {
    return new State(revision, EMPTY.with(base).kinds());
  }
}
