package dev.moorage.cli.demo;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// The table at the end: what took how long, beside the bare kernel's floor of the same run.
final class Summary {
  private final List<Row> rows = new ArrayList<>();

  private record Row(String what, String value) {}

  void add(String what, Duration time) {
    rows.add(new Row(what, "%.1f ms".formatted(time.toNanos() / 1e6)));
  }

  void add(String what, String value) {
    rows.add(new Row(what, value));
  }

  /// The middle one; the lower of the two middle ones of an even number.
  static Duration median(List<Duration> times) {
    var sorted = new ArrayList<>(times);
    sorted.sort(null);
    return sorted.get((sorted.size() - 1) / 2);
  }

  List<String> lines() {
    int width = rows.stream().mapToInt(row -> row.what().length()).max().orElse(0);
    var form = "  %-" + width + "s  %14s";
    return rows.stream().map(row -> form.formatted(row.what(), row.value())).toList();
  }
}
