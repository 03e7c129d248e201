package dev.moorage.conformance.mutants;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;

/// What a bug remembers from one call to the next, in the order in which it came.
final class Memory<K, V> {
  private final SequencedMap<K, V> kept = new LinkedHashMap<>(); // guarded by this

  synchronized void put(K key, V value) {
    kept.put(key, value);
  }

  /// What stands there afterwards: the first value stays.
  synchronized V first(K key, V value) {
    var before = kept.putIfAbsent(key, value);
    return before == null ? value : before;
  }

  synchronized Optional<V> get(K key) {
    return Optional.ofNullable(kept.get(key));
  }

  synchronized boolean has(K key) {
    return kept.containsKey(key);
  }

  synchronized void remove(K key) {
    kept.remove(key);
  }

  synchronized Map<K, V> all() {
    return new LinkedHashMap<>(kept);
  }

  synchronized List<V> values() {
    return List.copyOf(kept.values());
  }
}
