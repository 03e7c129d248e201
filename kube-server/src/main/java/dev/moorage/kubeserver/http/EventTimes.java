package dev.moorage.kubeserver.http;

import dev.moorage.kube.Tree;
import java.time.Instant;

/// When events were seen first and last, and how often: old events carry times of their own, new
/// ones a series.
final class EventTimes {
  private EventTimes() {}

  static String firstSeen(Tree event, Instant now) {
    return Ages.since(Columns.orElse(event.text("eventTime"), event.text("firstTimestamp")), now);
  }

  static String lastSeen(Tree event, Instant now) {
    var series = event.text("series", "lastObservedTime");
    if (!series.isEmpty()) return Ages.since(series, now);
    var last = event.text("lastTimestamp");
    return last.isEmpty() ? firstSeen(event, now) : Ages.since(last, now);
  }

  static long count(Tree event) {
    long series = event.number(0, "series", "count");
    return series > 0 ? series : Math.max(1, event.number(0, "count"));
  }
}
