package dev.moorage.controller;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// What the key in hand has written in this reconcile. Used by the worker's own task alone.
final class Hand {
  private final List<Write> writes = new ArrayList<>();

  void remember(Write write) {
    writes.add(write);
  }

  List<Write> writes() {
    return List.copyOf(writes);
  }

  /// The versions which this reconcile has made: their echo from the watch is no news.
  Set<String> versions() {
    var versions = new LinkedHashSet<String>();
    for (Write write : writes)
      if (write instanceof Write.Stored(_, _, var version)) versions.add(version);
    return versions;
  }
}
