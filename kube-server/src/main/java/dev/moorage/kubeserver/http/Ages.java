package dev.moorage.kubeserver.http;

import dev.moorage.kube.Tree;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;

/// Spans of time as kubectl prints them: two digits of meaning at most.
///
/// Follows `HumanDuration` of `k8s.io/apimachinery`.
final class Ages {
  private Ages() {}

  private static final String UNKNOWN = "<unknown>";
  private static final long MINUTE = 60;
  private static final long HOUR = 60 * MINUTE;
  private static final long DAY = 24 * HOUR;
  private static final long YEAR = 365 * DAY;

  static String sinceCreation(Tree object, Instant now) {
    return since(object.text("metadata", "creationTimestamp"), now);
  }

  /// @param time RFC 3339; empty for an unknown one
  static String since(String time, Instant now) {
    if (time.isEmpty()) return UNKNOWN;
    try {
      return text(Duration.between(OffsetDateTime.parse(time).toInstant(), now));
    } catch (DateTimeParseException e) {
      return UNKNOWN;
    }
  }

  static String text(Duration span) {
    long seconds = span.toSeconds();
    if (seconds < -1) return "<invalid>";
    if (seconds < 0) return "0s";
    if (seconds < 2 * MINUTE) return seconds + "s";
    if (seconds < 10 * MINUTE) return two(seconds, MINUTE, "m", 1, "s");
    if (seconds < 3 * HOUR) return seconds / MINUTE + "m";
    if (seconds < 8 * HOUR) return two(seconds, HOUR, "h", MINUTE, "m");
    if (seconds < 2 * DAY) return seconds / HOUR + "h";
    if (seconds < 8 * DAY) return two(seconds, DAY, "d", HOUR, "h");
    if (seconds < 2 * YEAR) return seconds / DAY + "d";
    if (seconds < 8 * YEAR) return two(seconds, YEAR, "y", DAY, "d");
    return seconds / YEAR + "y";
  }

  private static String two(long seconds, long unit, String name, long part, String partName) {
    long rest = seconds % unit / part;
    return seconds / unit + name + (rest == 0 ? "" : rest + partName);
  }
}
