package dev.moorage.controller;

import dev.moorage.base.ObjectKey;
import dev.moorage.kube.View;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/// A cache's objects by something else than their keys, kept as the cache changes: whoever looks
/// for a few of many doesn't look at all.
///
/// Any task may read it.
///
/// @param <K> what objects are found by
/// @param <T> the typed view
public final class Index<K extends Comparable<K>, T extends View> {
  private final Function<T, Collection<K>> found;
  private final Map<K, TreeMap<ObjectKey, T>> objects = new TreeMap<>(); // guarded by this

  Index(Function<T, Collection<K>> found) {
    this.found = found;
  }

  /// The objects that are found by this, ordered by key.
  public synchronized List<T> at(K what) {
    var here = objects.get(what);
    return here == null ? List.of() : List.copyOf(here.values());
  }

  /// Called with the cache's lock held, so that both always tell the same.
  synchronized void change(Optional<T> before, Optional<T> now) {
    before.ifPresent(this::remove);
    now.ifPresent(this::add);
  }

  private void remove(T object) {
    for (K what : found.apply(object))
      objects.computeIfPresent(
          what,
          (_, here) -> {
            here.remove(object.key());
            return here.isEmpty() ? null : here;
          });
  }

  private void add(T object) {
    for (K what : found.apply(object))
      objects.computeIfAbsent(what, _ -> new TreeMap<>()).put(object.key(), object);
  }
}
