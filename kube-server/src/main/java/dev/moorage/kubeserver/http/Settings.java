package dev.moorage.kubeserver.http;

import dev.moorage.base.Bytes;
import dev.moorage.base.Check;
import java.time.Duration;
import java.util.Map;

/// How the front listens, and its limits.
///
/// @param port TCP port on the loopback; 0 for any free one
/// @param requestsAtMost requests (watches apart) answered at once, 1 or more; beyond it 429
/// @param watchesAtMost open watches, 1 or more; beyond it 429
/// @param bodyAtMost size of a request's body, at most 2 GiB; beyond it 413
/// @param requestAtMost time for a request (watches apart), its body and its answer included; its
///   connection is cut beyond it
/// @param stalledAtMost time for a watcher to take what it was sent; it is cut beyond it
public record Settings(
    int port,
    int requestsAtMost,
    int watchesAtMost,
    Bytes bodyAtMost,
    Duration requestAtMost,
    Duration stalledAtMost) {
  /// Any port, 400 requests, 1,000 watches, 3 MiB, 1 min, 30 s.
  public static final Settings DEFAULT =
      new Settings(0, 400, 1000, Bytes.mebi(3), Duration.ofMinutes(1), Duration.ofSeconds(30));

  /// @throws IllegalStateException when a value is out of range
  public Settings {
    Check.that(port >= 0 && port <= 65_535, "a port is a number from 0 to 65535");
    Check.that(requestsAtMost > 0, "at least one request can be answered at once");
    Check.that(watchesAtMost > 0, "at least one watch can be open");
    Check.that(
        bodyAtMost.count() > 0 && bodyAtMost.count() < Integer.MAX_VALUE,
        "a body has some bytes, and less than 2 GiB");
    Check.that(requestAtMost.isPositive(), "a request has some time");
    Check.that(stalledAtMost.isPositive(), "a watcher has some time");
  }

  /// The same on another port.
  public Settings onPort(int other) {
    return new Settings(
        other, requestsAtMost, watchesAtMost, bodyAtMost, requestAtMost, stalledAtMost);
  }

  /// System properties of the JDK's HTTP server that a door sets before the first server of its
  /// process: they hold for all of them. Without the first one, answers wait for delayed
  /// acknowledgements (40 ms).
  public static final Map<String, String> PROCESS_WIDE =
      Map.of(
          "sun.net.httpserver.nodelay", "true",
          "jdk.httpserver.maxConnections", "2000",
          "sun.net.httpserver.maxIdleConnections", "1000",
          "sun.net.httpserver.maxReqHeaders", "100");
}
