package dev.moorage.controller;

import dev.moorage.base.ObjectKey;

/// Moves one object one step nearer to what was asked. Called with one key at a time; one key is
/// never in two hands.
@FunctionalInterface
public interface Reconciler {
  /// Observes, decides one step, acts. A failure is thrown: the queue owns back-off.
  Outcome reconcile(ObjectKey key);
}
