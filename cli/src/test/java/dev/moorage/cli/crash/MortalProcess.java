package dev.moorage.cli.crash;

import dev.moorage.base.Bytes;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// A [MortalDriver] as its parent holds it.
final class MortalProcess implements AutoCloseable {
  private static final int DYING_SECONDS = 3;

  private final Process process;
  private final BufferedWriter input;
  private final BufferedReader output;
  private boolean standing;

  /// Starts it; it stands by.
  MortalProcess(Path folder, Bytes pool) {
    var command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:+UseSerialGC",
            "-Xms16m",
            "-Xmx64m",
            "-XX:TieredStopAtLevel=1",
            "-XX:-UsePerfData",
            "--enable-native-access=ALL-UNNAMED",
            "-cp",
            System.getProperty("java.class.path"),
            MortalDriver.class.getName(),
            folder.toString(),
            Long.toString(pool.count()));
    try {
      process =
          new ProcessBuilder(command)
              .redirectError(
                  ProcessBuilder.Redirect.appendTo(folder.resolve("driver.log").toFile()))
              .start();
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
    input = process.outputWriter(StandardCharsets.UTF_8);
    output = process.inputReader(StandardCharsets.UTF_8);
  }

  /// It is dead, when it should have answered.
  static final class Died extends RuntimeException {}

  /// Begins to serve.
  void go() {
    ask("go");
  }

  /// Counts effects from now on, and dies at one.
  void arm(Point point) {
    ask("arm " + point.line());
  }

  /// The effects since counting began.
  List<Effect> trace() {
    return ask("trace").stream().map(MortalProcess::effect).toList();
  }

  private static Effect effect(String line) {
    var parts = line.split("\t", -1);
    return new Effect(parts[1], parts[2], Long.parseLong(parts[0]));
  }

  /// Ends the driver in good order; then only the process is left.
  ///
  /// @return what could not be let go
  List<String> end() {
    return ask("end");
  }

  private List<String> ask(String line) {
    if (!standing) {
      standing = true;
      var _ = answer();
    }
    try {
      input.write(line + "\n");
      input.flush();
    } catch (IOException gone) {
      throw new Died();
    }
    return answer();
  }

  private List<String> answer() {
    try {
      var lines = new ArrayList<String>();
      for (var line = output.readLine(); line != null; line = output.readLine()) {
        if (line.equals(MortalDriver.DOT)) return lines;
        lines.add(line);
      }
      throw new Died();
    } catch (IOException gone) {
      throw new Died();
    }
  }

  /// Whether it has died, or does so in this moment.
  boolean dead() {
    try {
      return process.waitFor(DYING_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException leave) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(leave);
    }
  }

  boolean alive() {
    return process.isAlive();
  }

  /// Kills it.
  @Override
  public void close() {
    process.destroyForcibly();
    process.onExit().join();
  }
}
