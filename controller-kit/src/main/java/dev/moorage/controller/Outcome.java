package dev.moorage.controller;

import java.time.Duration;

/// What a reconcile came to.
public sealed interface Outcome {
  /// Nothing more to do until something changes.
  record Settled(String why) implements Outcome {}

  /// Look again after a while; the key's back-off starts anew.
  record Again(Duration after) implements Outcome {}

  /// A step was done; look for the next one at once.
  static Outcome nextStep() {
    return new Again(Duration.ZERO);
  }
}
