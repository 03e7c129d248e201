package dev.moorage.drivermain;

import dev.moorage.base.Group;
import dev.moorage.base.Stopped;
import dev.moorage.base.live.LiveTasks;
import dev.moorage.csi.CsiException;
import dev.moorage.csi.Probe;
import dev.moorage.csiwire.GrpcSockets;
import dev.moorage.driver.Driver;
import dev.moorage.host.Host;
import dev.moorage.linux.LinuxHost;
import dev.moorage.linux.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Optional;

/// A driver's process from its start to its end.
final class DriverProcess implements AutoCloseable {
  /// How long running calls may go on after the word to end: less than the 30 s after which
  /// Kubernetes kills.
  static final Duration DRAIN = Duration.ofSeconds(20);

  private static final String SOURCE = "driver";
  private static final String OWNER_ONLY = "rw-------";
  private static final Duration LOOK_AGAIN = Duration.ofMillis(50);
  private static final Duration LOOK_FOR_REST = Duration.ofSeconds(5);
  private static final Duration LONG = Duration.ofMinutes(1);
  private static final Duration FOREVER = Duration.ofDays(36_500);

  private final Options options;
  private final LogLines log;
  private final LiveTasks tasks;
  private final Group outer; // in which the storage is let go when all tasks have ended
  private final Group process;
  private final Host host;
  private Optional<Running> running = Optional.empty(); // guarded by this, as is the next one
  private boolean ended;

  private record Running(Driver driver, AutoCloseable socket, Optional<HttpFront> http) {}

  /// @param tasks of this process
  DriverProcess(Options options, LogLines log, LiveTasks tasks) {
    this.options = options;
    this.log = log;
    this.tasks = tasks;
    this.outer = tasks.group("end");
    this.process = tasks.group("driver");
    this.host = new LinuxHost(outer, Settings.DEFAULTS);
  }

  /// Serves. Returns when the socket takes calls; the driver may still be recovering.
  ///
  /// @throws StartFailed when the socket cannot be served
  synchronized void start(DriverMain.Made made) {
    var settings = options.driver();
    log.info(
        SOURCE,
        "Starting",
        "driver",
        settings.name(),
        "version",
        settings.version(),
        "csi",
        settings.csiVersion().toString(),
        "node",
        settings.nodeId(),
        "mode",
        settings.mode().toString(),
        "state",
        settings.stateDir());
    refuseIfServed();
    var backend = made.make(new Given(settings, host, outer, log, options.own()));
    var driver = Driver.start(process, backend, host, settings, log);
    var metrics = new CallMetrics(settings.name());
    try {
      var http =
          options
              .http()
              .map(address -> HttpFront.start(address, driver, metrics, process.executor()));
      var socket = serve(new ToldCsi(driver, tasks, log, metrics));
      running = Optional.of(new Running(driver, socket, http));
      log.info(
          SOURCE,
          "Serving",
          "endpoint",
          options.endpoint(),
          "http",
          http.map(HttpFront::address).orElse(""));
      var _ = process.start("ready", () -> tellWhenReady(driver));
      var _ = process.start("rest", () -> rest(new Rest(metrics::ended, System::gc)));
    } catch (RuntimeException refused) {
      driver.close();
      throw refused;
    }
  }

  private boolean rest(Rest rest) {
    while (true) {
      process.sleep(LOOK_FOR_REST);
      rest.look();
    }
  }

  /// Says when recovery is over. What keeps it from being so stands in the journal.
  private boolean tellWhenReady(Driver driver) {
    while (!isReady(driver)) process.sleep(LOOK_AGAIN);
    log.info(SOURCE, "Ready");
    return true;
  }

  private static boolean isReady(Driver driver) {
    try {
      return driver.call(new Probe(), LONG).ready();
    } catch (CsiException notYet) {
      return false;
    }
  }

  /// Before anything is touched: two drivers on one socket mostly share their state folder, too.
  private void refuseIfServed() {
    host.processes()
        .listenerOn(options.socketPath())
        .ifPresent(holder -> {
          throw new StartFailed(
              "%s serves %s already; stop it first, or choose another --endpoint"
                  .formatted(holder, options.endpoint()));
        });
  }

  private AutoCloseable serve(ToldCsi driver) {
    try {
      var socket = new GrpcSockets(process, DRAIN).serve(options.endpoint(), driver);
      Files.setPosixFilePermissions(
          Path.of(options.socketPath()), PosixFilePermissions.fromString(OWNER_ONLY));
      return socket;
    } catch (CsiException | IOException | IllegalArgumentException refused) {
      throw new StartFailed(String.valueOf(refused.getMessage()), refused);
    }
  }

  /// Waits until somebody ends it.
  void await() {
    try {
      process.sleep(FOREVER);
    } catch (Stopped ending) {
      return;
    }
  }

  /// Takes no new calls, lets the running ones end for a while, removes the socket and lets the
  /// storage go. Volumes in use stay as they are.
  @Override
  public synchronized void close() {
    if (ended) return;
    ended = true;
    running.ifPresent(this::end);
    process.close();
    outer.close();
  }

  private void end(Running last) {
    log.info(SOURCE, "Ending: running calls may end", "atMost", DRAIN.toSeconds() + " s");
    try {
      last.socket().close();
    } catch (Exception left) { // nothing may keep the storage from being let go
      log.warning(
          SOURCE, "The socket could not be closed", "err", String.valueOf(left.getMessage()));
    }
    last.driver().end().forEach(line -> log.warning(SOURCE, "Not let go", "what", line));
    last.http().ifPresent(HttpFront::close);
    log.info(SOURCE, "Ended");
  }
}
