package dev.moorage.linux;

import dev.moorage.base.GivenUp;
import dev.moorage.host.HostException;
import dev.moorage.host.HostException.Errno;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// Runs the few tools that have no call in the kernel: without a shell, in plain English, with
/// nothing of this program's environment, with a deadline after which they are killed.
final class Tools {
  private static final List<String> FOLDERS =
      List.of("/usr/sbin", "/usr/bin", "/sbin", "/bin", "/usr/local/sbin", "/usr/local/bin");

  /// The end of what a tool said; the rest is read and forgotten.
  private static final int KEPT_BYTES = 16 * 1024;

  private static final Duration DYING = Duration.ofSeconds(2);

  private final Kernel kernel;

  Tools(Kernel kernel) {
    this.kernel = kernel;
  }

  /// What a tool said, both streams together, and how it ended.
  record Said(int exitCode, String text) {
    /// The last line with something in it.
    String lastLine() {
      var lines = text.lines().map(String::strip).filter(line -> !line.isEmpty()).toList();
      return lines.isEmpty() ? "it said nothing" : lines.getLast();
    }
  }

  /// Where a tool is.
  static Optional<String> find(String tool) {
    return FOLDERS.stream()
        .map(folder -> folder + "/" + tool)
        .filter(path -> Files.isExecutable(Path.of(path)))
        .findFirst();
  }

  /// Where a tool is.
  ///
  /// @param debianPackage which brings it
  /// @throws HostException NO_TOOL when it is nowhere
  static String path(String tool, String debianPackage) {
    return find(tool)
        .orElseThrow(() ->
            new HostException(
                Errno.NO_TOOL,
                tool + " is not installed; on Debian and Ubuntu it is in " + debianPackage));
  }

  /// Runs a tool to its end, in the lane for tools.
  ///
  /// @param command an absolute program and its arguments
  /// @throws HostException ETIMEDOUT when it took too long and was killed
  Said run(List<String> command) {
    var fate = kernel.settings().tools();
    var run = new Run(command);
    boolean ended = false;
    try {
      var said = kernel.group().inLane(fate.lane(), fate.atMost(), run::toItsEnd);
      ended = true;
      return said;
    } catch (GivenUp late) {
      run.kill();
      // Who is told that it was killed may count on its having let go of the device.
      var pause = new Pause(kernel.group(), DYING);
      while (run.isAlive() && pause.again()) {}
      throw new HostException(
          Errno.ETIMEDOUT,
          String.join(" ", command) + ": killed after " + fate.atMost().toSeconds() + " s");
    } finally {
      // Too late, or nobody waits any more: a tool that goes on alone would hold the device.
      if (!ended) run.kill();
    }
  }

  /// One run, which may be called off at any moment.
  private static final class Run {
    private final List<String> command;
    private Optional<Process> process = Optional.empty();
    private boolean calledOff;

    Run(List<String> command) {
      this.command = command;
    }

    Said toItsEnd() throws InterruptedException {
      try {
        var started = start();
        if (started.isEmpty()) return new Said(-1, "called off before it started");
        try (var output = started.get().getInputStream()) {
          var text = tail(output);
          return new Said(started.get().waitFor(), text);
        }
      } catch (IOException failed) {
        throw Errnos.failure(failed, "running " + String.join(" ", command));
      }
    }

    private synchronized Optional<Process> start() throws IOException {
      if (calledOff) return Optional.empty();
      var builder = new ProcessBuilder(command).redirectErrorStream(true);
      builder.redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()));
      builder.environment().clear();
      builder.environment().put("LC_ALL", "C");
      builder.environment().put("PATH", String.join(":", FOLDERS));
      process = Optional.of(builder.start());
      return process;
    }

    synchronized boolean isAlive() {
      return process.filter(Process::isAlive).isPresent();
    }

    synchronized void kill() {
      calledOff = true;
      process.ifPresent(Process::destroyForcibly);
    }
  }

  private static String tail(InputStream output) throws IOException {
    var kept = new ArrayList<byte[]>();
    var buffer = new byte[KEPT_BYTES];
    for (int got = output.readNBytes(buffer, 0, KEPT_BYTES);
        got > 0;
        got = output.readNBytes(buffer, 0, KEPT_BYTES)) {
      kept.add(Arrays.copyOf(buffer, got));
      if (kept.size() > 2) kept.removeFirst();
    }
    var text = new StringBuilder();
    for (var part : kept) text.append(new String(part, StandardCharsets.UTF_8));
    return text.substring(Math.max(0, text.length() - KEPT_BYTES));
  }
}
