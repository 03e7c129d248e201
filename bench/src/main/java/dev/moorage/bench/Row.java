package dev.moorage.bench;

import java.time.Duration;

/// One line of the table.
///
/// @param what was measured
/// @param figures the measured values, as text
/// @param value the one that counts, in the aim's unit
/// @param floor what the same machine gave in the same run for the part that cannot be saved
/// @param aim the project's
record Row(String what, String figures, double value, Floor floor, Aim aim) {

  /// What to compare with.
  ///
  /// @param what it is, with its own value
  /// @param value in the row's unit
  record Floor(String what, double value) {}

  /// What is hoped for.
  ///
  /// @param atMost whether smaller is better
  record Aim(String text, double value, boolean atMost) {
    static final Aim NONE = new Aim("", 0, false);

    boolean isMetBy(double measured) {
      return atMost ? measured <= value : measured >= value;
    }
  }

  String line() {
    double times = floor.value == 0 ? 0 : value / floor.value;
    return "%-46s %-40s %-42s %7s  %-14s %s"
        .formatted(what, figures, floor.what, "x %.1f".formatted(times), aim.text, verdict())
        .stripTrailing();
  }

  private String verdict() {
    if (aim.text.isEmpty()) return "";
    return aim.isMetBy(value) ? "met" : "MISSED";
  }

  static String header() {
    return "%-46s %-40s %-42s %7s  %-14s"
        .formatted("measured", "", "beside, in the same run", "", "aim");
  }

  /// Milliseconds.
  static double millis(Duration time) {
    return time.toNanos() / 1e6;
  }

  /// Milliseconds, as text.
  static String text(Duration time) {
    double millis = millis(time);
    return millis < 100 ? "%.1f".formatted(millis) : "%.0f".formatted(millis);
  }
}
