package dev.moorage.cli;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/// `moor` in a process of its own, with the JVM's flags of `./moor`, leader of a process group that
/// a terminal's Ctrl-C would reach.
public final class MoorProcess implements AutoCloseable {
  private static final int MOST_SECONDS = 90;
  private static final Pattern FLAGS = Pattern.compile("(?s)\\nFLAGS=\\((.*?)\\)");

  private final Process process;
  private final BufferedReader output;
  private final List<String> lines = new ArrayList<>();

  /// Starts it.
  ///
  /// @param before a program that starts the JVM, with its arguments
  /// @param temporary the JVM's folder for temporary files
  /// @param arguments those of `moor`
  public MoorProcess(List<String> before, Path temporary, List<String> arguments) {
    // Who was started with `&` ignores the interrupt, and so do its children.
    var command = new ArrayList<>(List.of("setsid", "env", "--default-signal=INT"));
    command.addAll(before);
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(flags());
    command.add("-Djava.io.tmpdir=" + temporary);
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), Moor.class.getName()));
    command.addAll(arguments);
    try {
      process = new ProcessBuilder(command).redirectErrorStream(true).start();
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
    output =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    CompletableFuture.delayedExecutor(MOST_SECONDS, SECONDS).execute(process::destroyForcibly);
  }

  private static List<String> flags() {
    try {
      var found = FLAGS.matcher(Files.readString(Path.of("..", "moor")));
      assertThat(found.find()).as("FLAGS in ./moor").isTrue();
      return Arrays.asList(found.group(1).strip().split("\\s+", -1));
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  /// Reads until a line is as hoped, or the output's end.
  ///
  /// @return whether such a line came
  public boolean says(Predicate<String> hoped) {
    try {
      for (var line = output.readLine(); line != null; line = output.readLine()) {
        lines.add(line);
        if (hoped.test(line)) return true;
      }
      return false;
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  /// Reads so many lines, or fewer at the output's end.
  public void saysLines(int count) {
    var _ = says(_ -> lines.size() >= count);
  }

  /// Waits for the end.
  ///
  /// @return all that it said
  public List<String> end() {
    var _ = says(_ -> false);
    process.onExit().join();
    return List.copyOf(lines);
  }

  public int exitCode() {
    return process.exitValue();
  }

  /// As a terminal does it: to all processes of the group.
  public void interrupt() {
    signal("INT");
  }

  /// As a service manager does it.
  public void terminate() {
    signal("TERM");
  }

  private void signal(String name) {
    try {
      var kill = new ProcessBuilder("kill", "-s", name, "--", "-" + process.pid()).start();
      kill.onExit().join();
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  /// Kills the JVM alone; its tools and pods run on.
  public void kill() {
    ProcessHandle.of(process.pid()).ifPresent(ProcessHandle::destroyForcibly);
    process.onExit().join();
  }

  @Override
  public String toString() {
    return String.join("\n", lines);
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
