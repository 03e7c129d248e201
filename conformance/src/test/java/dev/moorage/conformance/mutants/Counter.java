package dev.moorage.conformance.mutants;

/// Counts from 1.
final class Counter {
  private int last; // guarded by this

  synchronized int next() {
    return ++last;
  }
}
