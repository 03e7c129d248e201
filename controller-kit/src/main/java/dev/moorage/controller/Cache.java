package dev.moorage.controller;

import dev.moorage.base.Gate;
import dev.moorage.base.ObjectKey;
import dev.moorage.kube.Kind;
import dev.moorage.kube.Kube;
import dev.moorage.kube.Selection;
import dev.moorage.kube.View;
import dev.moorage.kube.Watch.Change;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/// The objects of one kind as last seen. May be stale: it tells you to look, never that something
/// does not exist when the next call is not idempotent.
///
/// Any task may read it.
///
/// @param <T> the typed view
public final class Cache<T extends View> {

  /// Hears of a state that came, changed or went, and of the version which made the difference.
  @FunctionalInterface
  interface Listener<T> {
    void hear(T state, String version);
  }

  /// An object that differs from what the cache held: both states are told.
  private record Difference<T>(Optional<T> before, Optional<T> now, String version) {}

  private final Kind<T> kind;
  private final Selection selection;
  private final List<Listener<T>> listeners = new ArrayList<>();
  private final List<Index<?, T>> indexes = new ArrayList<>();

  // All below are guarded by this. Nobody is told, and no gate opened, while the lock is held.
  private final TreeMap<ObjectKey, T> objects = new TreeMap<>();

  /// Uids that a live read has missed: what the watch still tells of them is old.
  private final TreeMap<ObjectKey, String> gone = new TreeMap<>();

  private final List<Gate> waiting = new ArrayList<>();
  private String version = "";

  Cache(Kind<T> kind, Selection selection) {
    this.kind = kind;
    this.selection = selection;
  }

  /// One object.
  public synchronized Optional<T> find(ObjectKey key) {
    return Optional.ofNullable(objects.get(key));
  }

  /// All objects, ordered by key.
  public synchronized List<T> all() {
    return List.copyOf(objects.values());
  }

  Kind<T> kind() {
    return kind;
  }

  Selection selection() {
    return selection;
  }

  /// Finds objects by something else than their keys; only before the actor's start.
  ///
  /// @param found what an object is found by
  public <K extends Comparable<K>> Index<K, T> index(Function<T, Collection<K>> found) {
    var index = new Index<>(found);
    indexes.add(index);
    return index;
  }

  /// Adds a listener; only before the first fill.
  void onDifference(Listener<T> listener) {
    listeners.add(listener);
  }

  /// Tells all listeners of every object, as if each had just been seen.
  void tellAll(Listener<T> only) {
    for (T object : all()) only.hear(object, object.meta().version());
  }

  /// Up to where the list or the watch has told everything; empty before the first list.
  synchronized String version() {
    return version;
  }

  /// Takes over a list.
  void fill(Kube.Listed<T> listed) {
    tell(takeOver(listed));
    reach(listed.version());
  }

  /// Takes over a change that a watch told.
  void apply(Change<T> change) {
    switch (change) {
      case Change.Added<T>(var now) -> applied(put(now), now);
      case Change.Modified<T>(var now) -> applied(put(now), now);
      case Change.Deleted<T>(var last) -> applied(remove(last), last);
      case Change.Bookmark<T>(var told) -> reach(told);
    }
  }

  /// The version is reached only after the listeners were told, so that whoever waits for a write
  /// has heard its echo before.
  private void applied(List<Difference<T>> differences, T object) {
    tell(differences);
    reach(object.meta().version());
  }

  /// Reads one object from the API itself.
  void readLive(Kube kube, ObjectKey key) {
    var before = find(key);
    var live = live(kube, key);
    tell(live.isPresent() ? put(live.get()) : missed(before));
  }

  /// Whether a write is contained in what the cache holds.
  synchronized boolean contains(Write write) {
    var object = Optional.ofNullable(objects.get(write.key()));
    return switch (write) {
      case Write.Stored(_, _, var stored) ->
          Versions.reaches(version, stored)
              || object.filter(it -> Versions.reaches(it.meta().version(), stored)).isPresent();
      case Write.Deleted _ -> object.filter(it -> !it.meta().deleting()).isEmpty();
      case Write.Unsure _ -> false;
    };
  }

  /// Opens the gate at the next difference, whatever it is.
  synchronized void openAtNext(Gate gate) {
    waiting.add(gate);
  }

  private Optional<T> live(Kube kube, ObjectKey key) {
    if (selection.equals(Selection.ALL)) return kube.get(kind, key);
    var fields = new ArrayList<>(selection.fields());
    fields.add(new Selection.Field("metadata.name", key.name(), true));
    var one = new Selection(key.namespace(), selection.labels(), fields);
    return kube.list(kind, one).items().stream().findFirst();
  }

  private synchronized List<Difference<T>> takeOver(Kube.Listed<T> listed) {
    var differences = new ArrayList<Difference<T>>();
    var unlisted = new TreeMap<>(objects);
    gone.clear();
    for (T object : listed.items()) {
      unlisted.remove(object.key());
      differences.addAll(put(object));
    }
    for (T object : unlisted.values())
      if (Versions.reaches(listed.version(), object.meta().version())) {
        drop(object);
        differences.add(new Difference<>(Optional.of(object), Optional.empty(), listed.version()));
      }
    return differences;
  }

  private synchronized List<Difference<T>> put(T object) {
    var key = object.key();
    var meta = object.meta();
    if (meta.uid().equals(gone.getOrDefault(key, "")) && !meta.uid().isEmpty()) return List.of();
    var before = Optional.ofNullable(objects.get(key));
    if (before.filter(it -> Versions.reaches(it.meta().version(), meta.version())).isPresent())
      return List.of();
    objects.put(key, object);
    for (var index : indexes) index.change(before, Optional.of(object));
    return List.of(new Difference<>(before, Optional.of(object), meta.version()));
  }

  private synchronized List<Difference<T>> remove(T last) {
    gone.remove(last.key());
    var held = Optional.ofNullable(objects.get(last.key()));
    if (held.filter(it -> it.meta().uid().equals(last.meta().uid())).isEmpty()) return List.of();
    drop(held.orElseThrow());
    return List.of(new Difference<>(held, Optional.of(last), last.meta().version()));
  }

  /// A live read found nothing: what was held before the read goes, unless it has changed since.
  private synchronized List<Difference<T>> missed(Optional<T> before) {
    if (before.isEmpty()) return List.of();
    var key = before.get().key();
    var held = Optional.ofNullable(objects.get(key));
    if (!held.map(it -> it.meta().version()).equals(before.map(it -> it.meta().version())))
      return List.of();
    drop(held.orElseThrow());
    gone.put(key, before.get().meta().uid());
    return List.of(new Difference<>(before, Optional.empty(), before.get().meta().version()));
  }

  private void drop(T object) {
    objects.remove(object.key());
    for (var index : indexes) index.change(Optional.of(object), Optional.empty());
  }

  private void tell(List<Difference<T>> differences) {
    for (var difference : differences)
      for (var listener : listeners) {
        difference.before().ifPresent(state -> listener.hear(state, difference.version()));
        difference.now().ifPresent(state -> listener.hear(state, difference.version()));
      }
  }

  private void reach(String reached) {
    for (Gate gate : advance(reached)) gate.open();
  }

  private synchronized List<Gate> advance(String reached) {
    version = Versions.later(version, reached);
    var opened = List.copyOf(waiting);
    waiting.clear();
    return opened;
  }
}
