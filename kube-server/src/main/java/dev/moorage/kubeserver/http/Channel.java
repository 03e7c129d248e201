package dev.moorage.kubeserver.http;

import com.sun.net.httpserver.HttpExchange;
import dev.moorage.base.Bytes;
import dev.moorage.base.Stopped;
import dev.moorage.kube.KubeException;
import dev.moorage.kube.KubeException.Reason;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.System.Logger.Level;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/// One request and its answer on the JDK's HTTP server. A client that has gone ends them silently.
final class Channel {
  private static final System.Logger LOG = System.getLogger(Channel.class.getName());

  private final HttpExchange exchange;
  private final Bytes bodyAtMost;

  Channel(HttpExchange exchange, Bytes bodyAtMost) {
    this.exchange = exchange;
    this.bodyAtMost = bodyAtMost;
  }

  /// Reads the request and asks.
  Reply answer(Front front) {
    try {
      return front.answer(call());
    } catch (KubeException e) {
      return Front.refusal(e);
    } catch (Stopped closing) {
      return Front.refusal(
          new KubeException(Reason.ServiceUnavailable, "the server is shutting down"));
    } catch (RuntimeException e) {
      LOG.log(Level.ERROR, "request failed method=" + exchange.getRequestMethod(), e);
      return Front.refusal(
          new KubeException(Reason.InternalError, "Internal error occurred: " + e.getMessage()));
    }
  }

  private Call call() {
    var uri = exchange.getRequestURI();
    var query = uri.getRawQuery();
    var headers = headers();
    return new Call(
        exchange.getRequestMethod(),
        segments(uri.getRawPath()),
        Query.parse(query == null ? "" : query),
        headers,
        new Content(headers.getOrDefault("content-type", ""), this::body));
  }

  private Map<String, String> headers() {
    var headers = new TreeMap<String, String>();
    exchange
        .getRequestHeaders()
        .forEach(
            (name, values) -> headers.put(name.toLowerCase(Locale.ROOT), String.join(",", values)));
    return headers;
  }

  private static List<String> segments(String path) {
    var segments = new ArrayList<String>();
    for (String part : path.split("/", -1)) if (!part.isEmpty()) segments.add(decoded(part));
    return segments;
  }

  private static String decoded(String segment) {
    try {
      return URLDecoder.decode(segment.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw Refusal.badRequest("the path cannot be decoded");
    }
  }

  private byte[] body() {
    var in = exchange.getRequestBody();
    try {
      int most = (int) bodyAtMost.count();
      var bytes = in.readNBytes(most + 1);
      if (bytes.length <= most) return bytes;
      in.skip(most); // clients hear the answer only when they could send the most of it
      throw Refusal.tooLarge(most);
    } catch (IOException e) {
      throw Refusal.badRequest("the body of the request broke off");
    }
  }

  // Answers

  /// Sends a whole answer.
  void send(Reply reply) {
    switch (reply) {
      case Reply.Json json -> {
        json.warnings().forEach(this::warn);
        send(json.code(), json.type(), SharedLines.written(json.tree()));
      }
      case Reply.Text text ->
          send(text.code(), text.type(), text.text().getBytes(StandardCharsets.UTF_8));
      case Reply.Events _ -> throw new IllegalStateException("a watch is streamed");
    }
  }

  private void warn(String warning) {
    var text = new StringBuilder();
    warning
        .codePoints()
        .forEach(c -> {
          if (c == '"' || c == '\\') text.append('\\');
          text.appendCodePoint(c < ' ' || c > '~' ? '?' : c);
        });
    exchange.getResponseHeaders().add("Warning", "299 - \"" + text + "\"");
  }

  private void send(int code, String type, byte[] bytes) {
    boolean shown = bytes.length > 0 && !exchange.getRequestMethod().equals("HEAD");
    try {
      begin(code, type, shown ? bytes.length : -1);
      if (shown) exchange.getResponseBody().write(bytes);
    } catch (IOException gone) {
      // The client has gone, or was cut: nobody is left to tell.
    }
  }

  /// Begins an answer of an unknown length.
  ///
  /// @throws IOException when the client has gone
  OutputStream stream(String type) throws IOException {
    begin(Reply.OK, type, 0);
    return exchange.getResponseBody();
  }

  /// @param length 0 for an unknown one, -1 for none
  private void begin(int code, String type, long length) throws IOException {
    exchange.getResponseHeaders().set("Content-Type", type);
    exchange.getResponseHeaders().set("Cache-Control", "no-cache, private");
    if (code == Reason.TooManyRequests.code())
      exchange.getResponseHeaders().set("Retry-After", "1");
    exchange.sendResponseHeaders(code, length);
  }

  /// Whether the client reads JSON values without caring for blank lines between them, as all that
  /// are made of Kubernetes' own Go library do.
  boolean skipsBlankLines() {
    var agent = exchange.getRequestHeaders().getFirst("User-Agent");
    return agent != null && agent.contains(" kubernetes/");
  }
}
