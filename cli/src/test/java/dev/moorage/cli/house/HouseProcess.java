package dev.moorage.cli.house;

import static java.util.concurrent.TimeUnit.SECONDS;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/// A [House] in a JVM of its own.
final class HouseProcess implements AutoCloseable {
  private static final int MOST_SECONDS = 120;

  private final Process process;
  private final BufferedReader output;
  private final PrintWriter input;

  /// Starts it and waits until it listens.
  ///
  /// @param mood `awake`, or `asleep` for the API alone
  HouseProcess(Path state, String node, String mood) {
    var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    var command =
        List.of(
            java,
            "--enable-native-access=ALL-UNNAMED",
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            House.class.getName(),
            state.toString(),
            node,
            mood);
    try {
      process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
    output =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    input = new PrintWriter(process.getOutputStream(), true, StandardCharsets.UTF_8);
    CompletableFuture.delayedExecutor(MOST_SECONDS, SECONDS).execute(process::destroyForcibly);
    var _ = line();
  }

  /// Says a line and hears the answer.
  String ask(String line) {
    input.println(line);
    return line();
  }

  private String line() {
    try {
      return String.valueOf(output.readLine());
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  /// `kill -9`.
  void kill() {
    process.destroyForcibly().onExit().join();
  }

  /// Lets it end by itself.
  void end() {
    input.close();
    process.onExit().join();
  }

  @Override
  public void close() {
    kill();
  }
}
