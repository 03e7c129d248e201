package dev.moorage.conformance;

import dev.moorage.base.Bytes;
import dev.moorage.base.Group;
import dev.moorage.base.Journal;
import dev.moorage.base.Stopped;
import dev.moorage.base.sim.SimTasks;
import dev.moorage.csi.Csi;
import dev.moorage.csi.CsiCall;
import dev.moorage.csi.CsiException;
import dev.moorage.csi.CsiException.Code;
import dev.moorage.csi.Probe;
import dev.moorage.driver.CsiVersion;
import dev.moorage.driver.Driver;
import dev.moorage.driver.Driver.Mode;
import dev.moorage.drivers.loop.LoopDriver;
import dev.moorage.host.Host;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The loop driver over a simulated host: a process that can be killed.
final class SimDriver implements Csi, Restart {
  private static final String NAME = LoopDriver.Settings.DEFAULT_NAME;
  private static final String STATE = "/var/lib/loop";
  private static final int MOST = 12;

  private final SimTasks tasks;
  private final Host host;
  private final CsiVersion version;
  private Group process;
  private @Nullable Driver driver;

  SimDriver(SimTasks tasks, Host host) {
    this(tasks, host, CsiVersion.V1_12);
  }

  SimDriver(SimTasks tasks, Host host, CsiVersion version) {
    this.tasks = tasks;
    this.host = host;
    this.version = version;
    this.process = tasks.group("driver");
    start();
  }

  private void start() {
    process = tasks.group("driver");
    var settings = new LoopDriver.Settings(NAME, "1", "node-a", STATE, Bytes.gibi(8), MOST);
    var backend = LoopDriver.backend(host, settings, Journal.none());
    var kit = new Driver.Settings(NAME, "1", "node-a", Mode.ALL, STATE, MOST, version);
    driver = Driver.start(process, backend, host, kit, Journal.none());
  }

  SimDriver ready() {
    while (!probe()) tasks.home().sleep(Duration.ofMillis(50));
    return this;
  }

  private boolean probe() {
    try {
      return call(new Probe(), Duration.ofMinutes(1)).ready();
    } catch (CsiException notYet) {
      return false;
    }
  }

  @Override
  public void killAndStart() {
    tasks.kill(process);
    start();
  }

  @Override
  public <R> R call(CsiCall<R> call, Duration atMost) {
    try {
      return Objects.requireNonNull(driver).call(call, atMost);
    } catch (Stopped died) {
      throw new CsiException(Code.UNAVAILABLE, "the driver died", died);
    }
  }
}
