package dev.moorage.drivers.loop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.moorage.base.Bytes;
import dev.moorage.base.Group;
import dev.moorage.base.Journal;
import dev.moorage.base.Stopped;
import dev.moorage.base.Task;
import dev.moorage.base.sim.Effect;
import dev.moorage.base.sim.SimTasks;
import dev.moorage.csi.CsiCall;
import dev.moorage.csi.CsiException;
import dev.moorage.csi.CsiException.Code;
import dev.moorage.csi.Probe;
import dev.moorage.driver.Driver;
import dev.moorage.host.Host;
import dev.moorage.host.HostException;
import dev.moorage.host.HostException.Errno;
import dev.moorage.host.Mounts;
import dev.moorage.host.sim.Faults;
import dev.moorage.host.sim.SimHost;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// A simulated node whose driver process may die at any moment and is started again by whoever
/// calls.
final class SimNode {
  static final String STATE = "/var/lib/loop";
  static final Duration LONG = Duration.ofMinutes(10);
  private static final Duration POLL = Duration.ofMillis(50);
  private static final int MOST_POLLS = 2_000;

  private final SimTasks tasks;
  private final SimHost host;
  private final Bytes pool;
  private Group process;
  private @Nullable Driver driver;
  private int starts;

  SimNode(SimTasks tasks, SimHost host, Bytes pool) {
    this.tasks = tasks;
    this.host = host;
    this.pool = pool;
    this.process = tasks.group("driver");
  }

  /// Plays a story on a node of its own, with a driver that serves.
  static void play(Bytes pool, Consumer<SimNode> story, Life... lives) {
    var tasks = SimTasks.plain();
    var host = new SimHost(tasks, Life.NODE, SimHost.Settings.usual());
    for (var life : lives) makeFolders(host, life);
    tasks.run(() -> {
      var node = new SimNode(tasks, host, pool);
      node.start();
      node.awaitReady();
      story.accept(node);
    });
  }

  /// Makes what the kubelet makes before it calls.
  static void makeFolders(Host host, Life life) {
    host.files().makeFolder(life.staging(), 0750);
    for (var pod : List.of("pod-1", "pod-2"))
      host.files().makeFolder(parent(life.target(pod)), 0750);
    host.filesystems().sync(Life.KUBELET);
  }

  private static String parent(String path) {
    return path.substring(0, path.lastIndexOf('/'));
  }

  void start() {
    starts++;
    process = tasks.group("driver");
    var settings =
        new LoopDriver.Settings(LoopDriver.Settings.DEFAULT_NAME, "1", Life.NODE, STATE, pool, 4);
    driver = LoopDriver.start(process, host, settings, Journal.none());
  }

  Driver driver() {
    return Objects.requireNonNull(driver);
  }

  Host host() {
    return host;
  }

  int effects() {
    return tasks.trace().size();
  }

  /// The effects of these names since there were so many.
  List<String> since(int effects, String... names) {
    return tasks.trace().stream()
        .skip(effects)
        .map(Effect::what)
        .filter(List.of(names)::contains)
        .toList();
  }

  Faults faults() {
    return host.faults();
  }

  void sleep(Duration duration) {
    tasks.home().sleep(duration);
  }

  /// Calls, and does not wait for the answer.
  <R> Task<R> begin(CsiCall<R> call) {
    return tasks.home().start(call.rpc(), () -> driver().call(call, LONG));
  }

  /// Whether a volume's filesystem is frozen: only then it cannot be frozen.
  boolean frozen(Life life) {
    try {
      host.filesystems().freeze(life.staging());
    } catch (HostException already) {
      return already.is(Errno.EBUSY);
    }
    host.filesystems().thaw(life.staging());
    return false;
  }

  int starts() {
    return starts;
  }

  void kill() {
    tasks.kill(process);
  }

  /// Waits until the driver serves; starts it again when it dies on the way.
  void awaitReady() {
    for (int i = 0; i < MOST_POLLS; i++) {
      if (tasks.dead(process)) start();
      if (ready()) return;
      tasks.home().sleep(POLL);
    }
    throw new AssertionError("the driver never gets ready: " + probe());
  }

  private boolean ready() {
    try {
      return driver().call(new Probe(), LONG).ready();
    } catch (Stopped | CsiException notYet) {
      return false;
    }
  }

  private String probe() {
    try {
      return driver().call(new Probe(), LONG).toString();
    } catch (Stopped | CsiException failed) {
      return failed.toString();
    }
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
  /// @return whether it was answered; false when the driver died
  boolean tryOnce(CsiCall<?> call) {
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

  Code refusal(CsiCall<?> call) {
    return refused(call).code();
  }

  CsiException refused(CsiCall<?> call) {
    try {
      var answer = driver().call(call, LONG);
      throw new AssertionError(call + " was answered " + answer);
    } catch (CsiException refused) {
      return refused;
    }
  }

  /// Ends the driver in good order, however often it dies meanwhile.
  void end() {
    while (true) {
      awaitReady();
      var closing = driver();
      try {
        process
            .start(
                "end",
                () -> {
                  closing.close();
                  return true;
                })
            .await();
        return;
      } catch (Stopped died) {
        assertThat(tasks.dead(process)).isTrue();
      }
    }
  }

  /// Proves that a volume's life has left nothing.
  void checkNothingLeft(Life life) {
    awaitReady();
    assertThat(host.files().names(STATE + "/pool/volumes")).isEmpty();
    assertThat(host.files().names(STATE + "/pool/snapshots")).isEmpty();
    assertThat(host.loops().all()).hasSize(1);
    assertThat(targets()).containsExactly(STATE + "/pool");
    assertThat(host.files().look(life.target("pod-1"))).isEmpty();
    assertThat(host.files().look(life.target("pod-2"))).isEmpty();
  }

  /// Proves, after the driver's end, that it left nothing but its empty pool.
  static void checkOnlyThePoolIsLeft(Host host) {
    assertThat(host.loops().all()).isEmpty();
    assertThat(host.mounts().table()).hasSize(1);
    assertThat(host.files().names(STATE))
        .containsExactly("driver.ledger", "pool", "pool.img", "pool.ledger");
    try (var ledger = host.ledgers().open(STATE + "/driver.ledger")) {
      assertThat(ledger.entries()).isEmpty();
    }
  }

  private List<String> targets() {
    return host.mounts().table().stream()
        .map(Mounts.Mount::target)
        .filter(target -> target.startsWith(STATE) || target.startsWith(Life.KUBELET))
        .toList();
  }
}
