package dev.moorage.kubeclient;

import dev.moorage.base.Gate;
import dev.moorage.base.Group;
import dev.moorage.base.Secret;
import dev.moorage.base.live.LiveTasks;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// A server that answers what a test tells it to, one connection after the other; and clients of
/// it. It speaks no TLS.
final class ScriptedServer implements AutoCloseable {
  private static final int TLS = 0x16;

  private final LiveTasks tasks = new LiveTasks();
  private final Group process = tasks.group("server");
  private final Group clients = tasks.group("clients");
  private final ServerSocket socket;
  private final List<Script> scripts = new ArrayList<>(); // guarded by this, as the next one
  private final List<Request> requests = new ArrayList<>();

  /// Answers one request. The connection is closed afterwards.
  interface Script {
    void answer(Request request, OutputStream out) throws IOException;
  }

  record Request(String method, String path, String headers, String body, Reader rest) {}

  ScriptedServer() {
    try {
      socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    process.start("accept", this::accept);
  }

  private boolean accept() throws IOException {
    while (true) {
      var connection = socket.accept();
      process.start("connection", () -> serve(connection));
    }
  }

  private boolean serve(Socket connection) throws IOException {
    try (connection) {
      var request = read(connection);
      Script script;
      synchronized (this) {
        requests.add(request);
        script = scripts.size() > 1 ? scripts.removeFirst() : scripts.getFirst();
      }
      script.answer(request, connection.getOutputStream());
      connection.getOutputStream().flush();
      return true;
    }
  }

  private static Request read(Socket connection) throws IOException {
    var in =
        new BufferedReader(
            new InputStreamReader(connection.getInputStream(), StandardCharsets.ISO_8859_1));
    int byte1 = in.read();
    if (byte1 == TLS) return new Request("", "", "", "", in);
    var first = ((char) byte1 + in.readLine()).split(" ", -1);
    var headers = new StringBuilder();
    int length = 0;
    for (var line = in.readLine(); !line.isEmpty(); line = in.readLine()) {
      headers.append(line).append('\n');
      var lower = line.toLowerCase(Locale.ROOT);
      if (lower.startsWith("content-length:"))
        length = Integer.parseInt(lower.substring("content-length:".length()).strip());
    }
    var body = new char[length];
    for (int at = 0; at < length; ) at += in.read(body, at, length - at);
    return new Request(first[0], first[1], headers.toString(), new String(body), in);
  }

  /// The next answers; the last one is given again and again.
  synchronized ScriptedServer answers(Script... next) {
    scripts.clear();
    scripts.addAll(List.of(next));
    return this;
  }

  synchronized List<Request> requests() {
    return List.copyOf(requests);
  }

  /// A whole answer; single quotes stand for double ones.
  static Script json(int code, String json, String... headers) {
    var body = json.replace('\'', '"');
    return (_, out) -> {
      out.write(head(code, "application/json", headers));
      out.write(
          ("Content-Length: " + body.length() + "\r\n\r\n" + body)
              .getBytes(StandardCharsets.UTF_8));
    };
  }

  static Script text(int code, String type, String body) {
    return (_, out) -> {
      out.write(head(code, type));
      out.write(
          ("Content-Length: " + body.length() + "\r\n\r\n" + body)
              .getBytes(StandardCharsets.UTF_8));
    };
  }

  /// A stream of lines; it ends as it should.
  static Script lines(String... lines) {
    return (_, out) -> {
      chunks(out, lines);
      out.write("0\r\n\r\n".getBytes(StandardCharsets.UTF_8));
    };
  }

  /// A stream of lines that breaks off.
  static Script cut(String... lines) {
    return (_, out) -> chunks(out, lines);
  }

  /// No answer: the connection is closed when the request has been read.
  static Script nothing() {
    return (_, _) -> {};
  }

  private static void chunks(OutputStream out, String... lines) throws IOException {
    out.write(head(200, "application/json"));
    out.write("Transfer-Encoding: chunked\r\n\r\n".getBytes(StandardCharsets.UTF_8));
    for (var line : lines) {
      var text = line.replace('\'', '"');
      out.write(
          (Integer.toHexString(text.length()) + "\r\n" + text + "\r\n")
              .getBytes(StandardCharsets.UTF_8));
    }
  }

  private static byte[] head(int code, String type, String... headers) {
    var lines = new StringBuilder("HTTP/1.1 " + code + " Told\r\nContent-Type: " + type + "\r\n");
    for (var header : headers) lines.append(header).append("\r\n");
    return lines.append("Connection: close\r\n").toString().getBytes(StandardCharsets.UTF_8);
  }

  /// Answers when the group ends.
  Script never() {
    return (_, _) -> process.sleep(Duration.ofDays(1));
  }

  /// No answer; tells when the request has come, and when the client closes the connection.
  Script untilTheClientLeaves(Gate begun, Gate left) {
    return (request, _) -> {
      begun.open();
      try {
        if (request.rest().read() < 0) left.open();
      } catch (IOException cut) {
        left.open();
      }
    };
  }

  LiveTasks tasks() {
    return tasks;
  }

  void stopListening() throws IOException {
    socket.close();
  }

  String url() {
    return "http://127.0.0.1:" + socket.getLocalPort();
  }

  Group clients() {
    return clients;
  }

  KubeClient client() {
    return client(Settings.DEFAULT);
  }

  KubeClient client(Settings settings) {
    return KubeClient.connect(
        clients, new Access.Direct(url(), "", new Secret("token-of-the-test")), settings);
  }

  @Override
  public void close() throws IOException {
    clients.close();
    socket.close();
    process.close();
  }
}
