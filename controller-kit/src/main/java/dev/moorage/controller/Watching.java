package dev.moorage.controller;

import dev.moorage.base.Journal;
import dev.moorage.kube.Kube;
import java.util.List;

/// What an actor's parts share: its API, its caches, its journal, and where the key in hand keeps
/// its writes.
///
/// @param actor the room's word
/// @param hand bound while a worker reconciles
record Watching(
    String actor, Kube kube, Journal journal, List<Cache<?>> caches, ScopedValue<Hand> hand) {

  /// The caches that a write must reach: those of its kind and namespace.
  List<Cache<?>> cachesOf(Write write) {
    return caches.stream()
        .filter(cache -> cache.kind().sameAs(write.kind()))
        .filter(cache ->
            cache.selection().namespace().isEmpty()
                || cache.selection().namespace().equals(write.key().namespace()))
        .toList();
  }
}
