package dev.moorage.cli.crash;

import dev.moorage.base.Bytes;
import dev.moorage.base.Group;
import dev.moorage.base.live.LiveTasks;
import dev.moorage.csiwire.GrpcSockets;
import dev.moorage.driver.Driver;
import dev.moorage.drivers.loop.LoopDriver;
import dev.moorage.linux.LinuxHost;
import dev.moorage.linux.Settings;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// The loop driver behind its socket, in a process that dies where it is told to.
///
/// It stands by until it reads `go`, so that one can be started while another still works. Each
/// line that it reads it answers with one or more lines, the last of which is a dot.
final class MortalDriver {
  static final String NODE = "node-a";
  static final String SOCKET = "csi.sock";
  static final String STATE = "state";
  static final String DOT = ".";
  private static final int MOST_VOLUMES = 9;

  private final Path folder;
  private final Bytes pool;
  private final LiveTasks tasks = new LiveTasks();
  private final DeadlyTasks deadly = new DeadlyTasks(tasks);
  private final Group outer = tasks.group("end");
  private final Group process = tasks.group("driver");
  private final LinuxHost host = new LinuxHost(deadly.over(outer), Settings.DEFAULTS);
  private Optional<Running> running = Optional.empty();

  private record Running(Driver driver, AutoCloseable socket) {}

  private MortalDriver(Path folder, Bytes pool) {
    this.folder = folder;
    this.pool = pool;
  }

  /// Serves until it is killed.
  ///
  /// @param arguments its folder, and the pool's size in bytes
  public static void main(String... arguments) throws IOException {
    var mortal = new MortalDriver(Path.of(arguments[0]), new Bytes(Long.parseLong(arguments[1])));
    say(List.of());
    var in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (var line = in.readLine(); line != null; line = in.readLine()) say(mortal.obey(line));
    Runtime.getRuntime().halt(0); // whoever started it is gone
  }

  private static void say(List<String> lines) {
    for (var line : lines) System.out.println(line);
    System.out.println(DOT);
  }

  private List<String> obey(String line) {
    var words = List.of(line.split(" ", -1));
    return switch (words.getFirst()) {
      case "go" -> go();
      case "arm" -> {
        deadly.arm(Point.parse(words.get(1), words.get(2), words.get(3)));
        yield List.of();
      }
      case "trace" ->
          deadly.trace().stream().map(e -> e.micros() + "\t" + e.what() + "\t" + e.on()).toList();
      case "end" -> end();
      default -> throw new IllegalArgumentException(line);
    };
  }

  private List<String> go() {
    var settings =
        new LoopDriver.Settings(
            LoopDriver.Settings.DEFAULT_NAME,
            "1",
            NODE,
            folder.resolve(STATE).toString(),
            pool,
            MOST_VOLUMES);
    var driver =
        LoopDriver.start(process, host, settings, entry -> System.err.println("  " + entry));
    var socket = new GrpcSockets(process).serve("unix://" + folder.resolve(SOCKET), driver);
    running = Optional.of(new Running(driver, socket));
    return List.of();
  }

  /// What could not be let go.
  private List<String> end() {
    var last = running.orElseThrow();
    running = Optional.empty();
    try {
      last.socket().close();
    } catch (Exception failed) {
      throw new IllegalStateException(failed);
    }
    return last.driver().end();
  }
}
