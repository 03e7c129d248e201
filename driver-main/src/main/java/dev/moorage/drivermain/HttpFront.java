package dev.moorage.drivermain;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.moorage.csi.Csi;
import dev.moorage.csi.CsiException;
import dev.moorage.csi.Probe;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.Executor;

/// `/healthz`, which is well while the driver's own `Probe` says ready, and `/metrics`.
final class HttpFront implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(3);
  private static final int OK = 200;
  private static final int NOT_FOUND = 404;
  private static final int WRONG_METHOD = 405;
  private static final int UNAVAILABLE = 503;

  private final HttpServer server;
  private final Csi driver;
  private final CallMetrics metrics;

  private record Answer(int code, String type, String text) {
    static Answer plain(int code, String text) {
      return new Answer(code, "text/plain; charset=utf-8", text + "\n");
    }
  }

  private HttpFront(HttpServer server, Csi driver, CallMetrics metrics) {
    this.server = server;
    this.driver = driver;
    this.metrics = metrics;
  }

  /// @throws StartFailed when nothing can be served at the address
  static HttpFront start(HttpAddress address, Csi driver, CallMetrics metrics, Executor executor) {
    try {
      var server = HttpServer.create(address(address), 0);
      var front = new HttpFront(server, driver, metrics);
      server.setExecutor(executor);
      server.createContext("/", front::answer);
      server.start();
      return front;
    } catch (IOException refused) {
      throw new StartFailed(
          "cannot serve health and metrics at %s:%d: %s"
              .formatted(address.host(), address.port(), refused.getMessage()),
          refused);
    }
  }

  private static InetSocketAddress address(HttpAddress address) {
    return address.host().isEmpty()
        ? new InetSocketAddress(address.port())
        : new InetSocketAddress(address.host(), address.port());
  }

  /// Where it is served, with the port that was found.
  String address() {
    var bound = server.getAddress();
    return bound.getAddress().getHostAddress() + ":" + bound.getPort();
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      var answer = answer(exchange.getRequestMethod(), exchange.getRequestURI().getPath());
      var bytes = answer.text().getBytes(StandardCharsets.UTF_8);
      boolean head = exchange.getRequestMethod().equals("HEAD");
      exchange.getResponseHeaders().set("Content-Type", answer.type());
      exchange.sendResponseHeaders(answer.code(), head ? -1 : bytes.length);
      if (!head) exchange.getResponseBody().write(bytes);
    }
  }

  private Answer answer(String method, String path) {
    if (!method.equals("GET") && !method.equals("HEAD"))
      return Answer.plain(WRONG_METHOD, "only GET");
    return switch (path) {
      case "/healthz" -> health();
      case "/metrics" -> new Answer(OK, "text/plain; version=0.0.4; charset=utf-8", metrics.text());
      default -> Answer.plain(NOT_FOUND, "there are /healthz and /metrics");
    };
  }

  private Answer health() {
    try {
      return driver.call(new Probe(), PATIENCE).ready()
          ? Answer.plain(OK, "ok")
          : Answer.plain(UNAVAILABLE, "still starting");
    } catch (CsiException failed) {
      return Answer.plain(UNAVAILABLE, failed.code() + ": " + failed.getMessage());
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
