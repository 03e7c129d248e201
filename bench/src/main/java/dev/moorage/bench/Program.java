package dev.moorage.bench;

import dev.moorage.base.Group;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// A program in a process of its own that says when it is ready, its output in a file.
final class Program implements AutoCloseable {
  private static final Duration PAUSE = Duration.ofMillis(1);
  private static final Duration START_AT_MOST = Duration.ofMinutes(2);
  private static final long END_AT_MOST = 120;
  private static final String READY = "Ready in";
  private static final int USER_TIME = 11; // after the name, see proc(5)
  private static final int SYSTEM_TIME = 12;
  private static final int MILLIS_A_TICK = 10; // Linux tells programs so on all its machines

  private final Process process;
  private final Duration toReady;

  private Program(Process process, Duration toReady) {
    this.process = process;
    this.toReady = toReady;
  }

  /// Starts it, and waits until it is ready.
  ///
  /// @param log where its output goes
  static Program start(Group group, Path log, List<String> command) {
    return start(group, log, command, READY);
  }

  /// The same for one that says it in other words.
  static Program start(Group group, Path log, List<String> command, String ready) {
    try {
      Files.deleteIfExists(log);
      var builder = new ProcessBuilder(command).redirectErrorStream(true);
      long begin = group.tasks().nanos();
      var process = builder.redirectOutput(log.toFile()).start();
      while (!says(ready, log)) {
        long passed = group.tasks().nanos() - begin;
        if (!process.isAlive() || passed > START_AT_MOST.toNanos()) throw failed(command, log);
        group.sleep(PAUSE);
      }
      return new Program(process, Duration.ofNanos(group.tasks().nanos() - begin));
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  private static boolean says(String word, Path log) throws IOException {
    return Files.exists(log) && Files.readString(log).contains(word);
  }

  private static IllegalStateException failed(List<String> command, Path log) throws IOException {
    return new IllegalStateException(
        String.join(" ", command) + " did not become ready:\n" + Files.readString(log));
  }

  /// From its start to its word.
  Duration toReady() {
    return toReady;
  }

  /// Its own command line: the launcher has become the JVM.
  List<String> commandLine() {
    return List.of(proc("cmdline").split("\0", -1));
  }

  /// Resident memory, in MiB.
  double resident() {
    return mebi("VmRSS:");
  }

  /// The most resident memory so far, in MiB.
  double peak() {
    return mebi("VmHWM:");
  }

  private double mebi(String field) {
    var line = proc("status").lines().filter(text -> text.startsWith(field)).findFirst();
    return Double.parseDouble(line.orElse("0 0").split("\\s+", -1)[1]) / (1 << 10);
  }

  /// Processor time used so far, of all its threads.
  Duration cpu() {
    var fields = proc("stat").replaceFirst(".*\\) ", "").split(" ", -1);
    long ticks = Long.parseLong(fields[USER_TIME]) + Long.parseLong(fields[SYSTEM_TIME]);
    return Duration.ofMillis(ticks * MILLIS_A_TICK);
  }

  private String proc(String file) {
    try {
      var path = Path.of("/proc", Long.toString(process.pid()), file);
      return new String(Files.readAllBytes(path), StandardCharsets.UTF_8);
    } catch (IOException gone) {
      throw new UncheckedIOException("it runs no more", gone);
    }
  }

  /// Ends it as a service manager would, and waits.
  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(END_AT_MOST, TimeUnit.SECONDS)) process.destroyForcibly();
    } catch (InterruptedException leave) {
      process.destroyForcibly();
    }
  }

  /// A JVM with the same flags that does nothing.
  List<String> emptyOne() {
    return alike(Hello.class);
  }

  /// A JVM with the same flags that does something else.
  List<String> alike(Class<?> main, String... arguments) {
    var line = commandLine();
    var flags = new ArrayList<>(line.subList(0, line.indexOf("-cp")));
    flags.removeIf(flag -> flag.startsWith("-XX:AOTCache")); // it is of another class path
    flags.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
    flags.addAll(List.of(arguments));
    return flags;
  }
}
