package dev.moorage.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// The machine that is measured on.
final class Machine {
  private static final double QUIET = 0.5; // running tasks a core, of others

  private Machine() {}

  static String facts() {
    return "%d cores, %.1f GiB, Linux %s, Java %s, load %.2f"
        .formatted(
            cores(),
            memoryKibi() / (1 << 20),
            System.getProperty("os.version"),
            Runtime.version(),
            load());
  }

  static boolean isBusy() {
    return load() > cores() * QUIET;
  }

  /// Tasks that run or want to, mean of the last minute.
  static double load() {
    return Double.parseDouble(text("/proc/loadavg").split(" ", -1)[0]);
  }

  private static int cores() {
    return Runtime.getRuntime().availableProcessors();
  }

  private static double memoryKibi() {
    return Double.parseDouble(text("/proc/meminfo").split("\\s+", -1)[1]);
  }

  private static String text(String file) {
    try {
      return Files.readString(Path.of(file));
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
