package dev.moorage.cli.conformance;

import dev.moorage.base.Gate;
import dev.moorage.base.Group;
import dev.moorage.base.live.LiveEntropy;
import dev.moorage.base.live.LiveTasks;
import dev.moorage.conformance.Conformance;
import dev.moorage.conformance.Options;
import dev.moorage.conformance.Report;
import dev.moorage.conformance.Restart;
import dev.moorage.conformance.Surroundings;
import dev.moorage.csi.Csi;
import dev.moorage.csi.CsiException;
import dev.moorage.csi.CsiException.Code;
import dev.moorage.csi.Probe;
import dev.moorage.csiwire.GrpcSockets;
import dev.moorage.host.Host;
import dev.moorage.linux.LinuxHost;
import dev.moorage.linux.Settings;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;

/// A run on this machine: the folder that it plays in, the connection, and its end, however it
/// comes.
final class LiveConformance {
  private static final int FAILED = 1;
  private static final int NO_DRIVER = 2;
  private static final int INTERRUPTED = 130;
  private static final Duration KNOCK = Duration.ofSeconds(5);
  private static final Duration START = Duration.ofMinutes(1);
  private static final Duration PAUSE = Duration.ofMillis(100);
  private static final Duration LAST_CHECK = Duration.ofMinutes(2);

  private final LiveTasks tasks = new LiveTasks();
  private final Group process = tasks.group("conformance");
  private final Host host = new LinuxHost(process, Settings.DEFAULTS);
  private final Gate ended = process.newGate();
  private final Progress progress;
  private final Reports reports;
  private final PrintWriter err;

  LiveConformance(Progress progress, Reports reports, PrintWriter err) {
    this.progress = progress;
    this.reports = reports;
    this.err = err;
  }

  /// Where the report goes beside the terminal.
  record Reports(Optional<Path> junit, Optional<Path> html) {
    void write(Report report) {
      junit.ifPresent(file -> write(file, JUnitXml.of(report)));
      html.ifPresent(file -> write(file, HtmlPage.of(report)));
    }

    private static void write(Path file, String text) {
      try {
        Files.writeString(file, text);
      } catch (IOException failed) {
        throw new UncheckedIOException("the report cannot be written to " + file, failed);
      }
    }
  }

  /// Checks, reports, and tells the exit code.
  ///
  /// @param options for the folder that is made
  /// @throws IllegalArgumentException saying which option is wrong
  int check(
      String endpoint, Path parent, Optional<String> restart, Function<String, Options> options) {
    var folder = folder(parent);
    var chosen = options.apply(folder);
    try (var driver = new GrpcSockets(process).open(endpoint)) {
      if (!answers(driver, endpoint)) return NO_DRIVER;
      Runtime.getRuntime().addShutdownHook(new Thread(this::interrupt, "end"));
      host.files().makeFolder(folder, 0750);
      var around =
          new Surroundings(
              host, Optional.of(new DeviceAccess()), restart.<Restart>map(ShellRestart::new));
      var report = Conformance.run(process, driver, around, chosen, progress);
      progress.tell(report);
      reports.write(report);
      host.files().removeFolder(folder);
      return progress.goesOn() ? code(report) : INTERRUPTED;
    } finally {
      ended.open();
    }
  }

  private static int code(Report report) {
    return report.failures().isEmpty() ? 0 : FAILED;
  }

  /// The check at work cleans up, then the report is told; the JVM waits for that here.
  private void interrupt() {
    progress.stop();
    ended.await(LAST_CHECK);
  }

  /// Without links, as the kernel's mount table will tell it.
  private static String folder(Path parent) {
    try {
      var name = "moor-conformance-" + new LiveEntropy().suffix(6);
      return parent.toRealPath().resolve(name).toString();
    } catch (IOException missing) {
      throw new IllegalArgumentException("--staging-dir is not there: " + parent, missing);
    }
  }

  /// Whether somebody is there. A driver that is still starting is waited for.
  private boolean answers(Csi driver, String endpoint) {
    long begun = tasks.nanos();
    while (true) {
      var since = Duration.ofNanos(tasks.nanos() - begun);
      try {
        if (driver.call(new Probe(), KNOCK).ready() || since.compareTo(START) > 0) return true;
      } catch (CsiException failed) {
        if (failed.code() != Code.UNAVAILABLE) return true; // somebody is there, for the checks
        if (since.compareTo(KNOCK) > 0) {
          err.println("moor: no driver answers at " + endpoint + ": " + failed.getMessage());
          return false;
        }
      }
      process.sleep(PAUSE);
    }
  }
}
