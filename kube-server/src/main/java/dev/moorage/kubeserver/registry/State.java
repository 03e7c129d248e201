package dev.moorage.kubeserver.registry;

import dev.moorage.base.ObjectKey;
import dev.moorage.kube.Kind;
import dev.moorage.kube.Tree;
import dev.moorage.kubeserver.store.LogEntry;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// All objects after some write: immutable.
///
/// @param revision the number of the last write in it; 0 for none
/// @param kinds objects by resource (`plural.group`) and key
record State(long revision, Map<String, OrderedMap<ObjectKey, Tree>> kinds) {

  static final State EMPTY = new State(0, Map.of());

  State {
    kinds = Collections.unmodifiableMap(new TreeMap<>(kinds));
  }

  OrderedMap<ObjectKey, Tree> all(Kind<?> kind) {
    return of(kind.resource());
  }

  OrderedMap<ObjectKey, Tree> of(String resource) {
    return kinds.getOrDefault(resource, OrderedMap.empty());
  }

  Optional<Tree> find(Kind<?> kind, ObjectKey key) {
    return all(kind).find(key);
  }

  /// The state after more writes.
  State with(List<LogEntry> entries) {
    var changed = new TreeMap<>(kinds);
    long last = revision;
    for (LogEntry entry : entries) {
      var objects = changed.getOrDefault(entry.resource(), OrderedMap.empty());
      changed.put(
          entry.resource(),
          entry.deleted()
              ? objects.without(entry.key())
              : objects.with(entry.key(), entry.object()));
      last = entry.revision();
    }
    return new State(last, changed);
  }

  /// The state of a log's base: objects whose revisions have gaps between them.
  static State folded(long revision, List<LogEntry> base) {
    return new State(revision, EMPTY.with(base).kinds());
  }
}
