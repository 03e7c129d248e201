package dev.moorage.linux;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// Another JVM with this one's classes, leader of a process group of its own.
final class ChildJvm implements AutoCloseable {
  private final Process process;
  private final BufferedReader output;

  /// Starts it.
  ///
  /// @param before a program that starts the JVM, with its arguments
  ChildJvm(List<String> before, Class<?> main, String... arguments) {
    // Who was started in the background ignores the interrupt, and so do its children.
    var command = new ArrayList<String>(List.of("setsid", "--wait", "env", "--default-signal=INT"));
    command.addAll(before);
    command.add(ProcessHandle.current().info().command().orElse("java"));
    command.addAll(List.of("--enable-native-access=ALL-UNNAMED", "-XX:TieredStopAtLevel=1"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path", "")));
    command.add(main.getName());
    command.addAll(List.of(arguments));
    try {
      process = new ProcessBuilder(command).redirectErrorStream(true).start();
    } catch (IOException failed) {
      throw new IllegalStateException(failed);
    }
    output =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
  }

  /// The next line that it says.
  String line() {
    try {
      var line = output.readLine();
      if (line == null) throw new IllegalStateException("it said nothing more");
      return line;
    } catch (IOException failed) {
      throw new IllegalStateException(failed);
    }
  }

  /// Waits for its end.
  ///
  /// @return what it said since
  String end() {
    try {
      var said = String.join("\n", output.lines().toList());
      if (!process.waitFor(2, TimeUnit.MINUTES)) throw new IllegalStateException("it runs on");
      return said;
    } catch (InterruptedException asked) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(asked);
    }
  }

  int exitCode() {
    return process.exitValue();
  }

  /// Sends a signal to its process group, as a terminal does.
  void signal(String name, long leader) {
    try {
      new ProcessBuilder("kill", "-s", name, "--", "-" + leader).start().waitFor();
    } catch (IOException failed) {
      throw new IllegalStateException(failed);
    } catch (InterruptedException asked) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
  }
}
