package dev.moorage.drivers.btrfs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.moorage.base.Bytes;
import dev.moorage.base.Group;
import dev.moorage.base.Journal;
import dev.moorage.base.Stopped;
import dev.moorage.base.sim.SimTasks;
import dev.moorage.csi.CsiCall;
import dev.moorage.csi.CsiException;
import dev.moorage.csi.Probe;
import dev.moorage.driver.Driver;
import dev.moorage.host.sim.SimHost;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// A simulated node whose driver may die at any moment and is started again by whoever calls.
final class SimNode {
  static final String STATE = "/var/lib/btrfs";
  static final Life LIFE = new Life("/kubelet");
  private static final Duration LONG = Duration.ofMinutes(10);
  private static final Duration POLL = Duration.ofMillis(50);
  private static final int MOST_POLLS = 2_000;

  final SimTasks tasks = SimTasks.plain();
  final SimHost host = new SimHost(tasks, "node-a", SimHost.Settings.usual());
  private Group process = tasks.group("driver");
  private @Nullable Driver driver;
  private int starts;

  /// Plays a story with a driver that serves, on folders that the kubelet has made.
  void play(Runnable story) {
    for (var folder : List.of(LIFE.staging(), LIFE.kubelet() + "/pod-1", LIFE.kubelet() + "/pod-2"))
      host.files().makeFolder(folder, 0750);
    host.filesystems().sync("/");
    tasks.run(() -> {
      start();
      story.run();
    });
  }

  private void start() {
    starts++;
    process = tasks.group("driver");
    var settings =
        new BtrfsDriver.Settings(
            BtrfsDriver.Settings.DEFAULT_NAME, "1", "node-a", STATE, Bytes.mebi(512), 4);
    driver = BtrfsDriver.start(process, host, settings, Journal.none());
  }

  int starts() {
    return starts;
  }

  void kill() {
    tasks.kill(process);
  }

  void awaitReady() {
    for (int i = 0; i < MOST_POLLS; i++) {
      if (tasks.dead(process)) start();
      try {
        if (driver().call(new Probe(), LONG).ready()) return;
      } catch (Stopped | CsiException notYet) {
        // looked at again
      }
      tasks.home().sleep(POLL);
    }
    throw new AssertionError("the driver never gets ready");
  }

  private Driver driver() {
    return Objects.requireNonNull(driver);
  }

  /// Calls until there is an answer, however often the driver dies meanwhile.
  <R> R insist(CsiCall<R> call) {
    while (true) {
      awaitReady();
      try {
        return driver().call(call, LONG);
      } catch (Stopped died) {
        assertThat(tasks.dead(process)).isTrue();
      } catch (CsiException refused) {
        if (!tasks.dead(process)) throw refused;
      }
    }
  }

  /// One call.
  ///
  /// @return false when the driver died
  boolean tryOnce(CsiCall<?> call) {
    awaitReady();
    try {
      driver().call(call, LONG);
      return true;
    } catch (Stopped died) {
      return false;
    } catch (CsiException refused) {
      if (!tasks.dead(process)) throw refused;
      return false;
    }
  }

  CsiException.Code refusal(CsiCall<?> call) {
    awaitReady();
    try {
      throw new AssertionError(call + " was answered " + driver().call(call, LONG));
    } catch (CsiException refused) {
      return refused.code();
    }
  }

  /// Proves that nothing is there but an empty pool, and ends the driver.
  void checkNothingLeft() {
    awaitReady();
    assertThat(host.files().names(STATE + "/pool/volumes")).isEmpty();
    assertThat(host.files().names(STATE + "/pool/snapshots")).isEmpty();
    assertThat(host.mounts().table()).hasSize(2);
    assertThat(host.files().look(LIFE.target("pod-1"))).isEmpty();
    assertThat(host.files().look(LIFE.target("pod-2"))).isEmpty();
    kill();
  }

  /// Proves, after a story that ended so, that the driver remembers nothing of it.
  void checkNothingRemembered() {
    try (var ledger = host.ledgers().open(STATE + "/driver.ledger")) {
      assertThat(ledger.entries()).isEmpty();
    }
  }
}
