package dev.moorage.drivermain;

import java.util.Comparator;
import java.util.Locale;
import java.util.TreeMap;

/// How many calls there were, how they ended and how long they took, in the names that CSI plugins
/// of the field use (`csi_plugin_operations_seconds`) and in Prometheus' text format.
final class CallMetrics {
  private static final String NAME = "csi_plugin_operations_seconds";
  private static final double NANOS = 1e9;

  /// Upper bounds in seconds.
  private static double[] bounds() {
    return new double[] {.005, .025, .1, .25, .5, 1, 2.5, 5, 10, 15, 25, 50, 120, 300, 600};
  }

  private record Label(String rpc, String code) {}

  private static final class Histogram {
    final long[] counts = new long[bounds().length + 1];
    double seconds;
  }

  private final String driver;
  private final TreeMap<Label, Histogram> calls = // guarded by this
      new TreeMap<>(Comparator.comparing(Label::rpc).thenComparing(Label::code));
  private long running; // guarded by this
  private long ended; // guarded by this

  /// @param driver the driver's name
  CallMetrics(String driver) {
    this.driver = driver;
  }

  synchronized void began() {
    running++;
  }

  synchronized void ended(String rpc, String code, long nanos) {
    running--;
    ended++;
    var histogram = calls.computeIfAbsent(new Label(rpc, code), _ -> new Histogram());
    double seconds = nanos / NANOS;
    int bucket = 0;
    for (double bound : bounds()) {
      if (seconds <= bound) break;
      bucket++;
    }
    histogram.counts[bucket]++;
    histogram.seconds += seconds;
  }

  /// How many calls have ended.
  synchronized long ended() {
    return ended;
  }

  /// All of it as text.
  synchronized String text() {
    var text =
        new StringBuilder()
            .append("# HELP csi_plugin_operations_running Calls that the driver works on now.\n")
            .append("# TYPE csi_plugin_operations_running gauge\n")
            .append("csi_plugin_operations_running{driver_name=\"" + driver + "\"} ")
            .append(running)
            .append("\n# HELP " + NAME + " How long calls took, by method and code.\n")
            .append("# TYPE " + NAME + " histogram\n");
    calls.forEach((label, histogram) -> write(label, histogram, text));
    return text.toString();
  }

  private void write(Label label, Histogram histogram, StringBuilder text) {
    var labels =
        "driver_name=\"%s\",grpc_status_code=\"%s\",method_name=\"/csi.v1.%s/%s\""
            .formatted(driver, label.code(), service(label.rpc()), label.rpc());
    long count = 0;
    var bounds = bounds();
    for (int i = 0; i < histogram.counts.length; i++) {
      count += histogram.counts[i];
      var bound = i < bounds.length ? number(bounds[i]) : "+Inf";
      text.append("%s_bucket{%s,le=\"%s\"} %d\n".formatted(NAME, labels, bound, count));
    }
    text.append("%s_sum{%s} %s\n".formatted(NAME, labels, number(histogram.seconds)));
    text.append("%s_count{%s} %d\n".formatted(NAME, labels, count));
  }

  private static String number(double number) {
    return String.format(Locale.ROOT, "%.9f", number).replaceFirst("\\.?0+$", "");
  }

  /// The service of an rpc: a call's name tells it.
  static String service(String rpc) {
    if (rpc.startsWith("Node")) return "Node";
    if (rpc.equals("Probe") || rpc.startsWith("GetPlugin")) return "Identity";
    if (rpc.startsWith("GetMetadata")) return "SnapshotMetadata";
    if (rpc.startsWith("GroupController") || rpc.endsWith("VolumeGroupSnapshot"))
      return "GroupController";
    return "Controller";
  }
}
