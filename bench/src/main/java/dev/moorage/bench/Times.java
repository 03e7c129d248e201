package dev.moorage.bench;

import java.time.Duration;
import java.util.List;

/// Times of the same thing done several times.
record Times(List<Duration> sorted) {
  Times {
    sorted = sorted.stream().sorted().toList();
    if (sorted.isEmpty()) throw new IllegalArgumentException("nothing was measured");
  }

  /// The least of these times that so many of a hundred do not exceed.
  Duration percentile(int percent) {
    int rank = (int) Math.ceil(sorted.size() * percent / 100.0);
    return sorted.get(Math.max(rank, 1) - 1);
  }

  Duration median() {
    return percentile(50);
  }

  int count() {
    return sorted.size();
  }
}
