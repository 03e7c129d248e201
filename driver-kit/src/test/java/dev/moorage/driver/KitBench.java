package dev.moorage.driver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.moorage.base.Bytes;
import dev.moorage.base.Group;
import dev.moorage.base.Journal;
import dev.moorage.base.Stopped;
import dev.moorage.base.sim.SimTasks;
import dev.moorage.csi.AccessMode;
import dev.moorage.csi.CapacityRange;
import dev.moorage.csi.ContentSource;
import dev.moorage.csi.CreateSnapshot;
import dev.moorage.csi.CreateVolume;
import dev.moorage.csi.CreateVolumeGroupSnapshot;
import dev.moorage.csi.CsiCall;
import dev.moorage.csi.CsiException;
import dev.moorage.csi.CsiException.Code;
import dev.moorage.csi.DeleteSnapshot;
import dev.moorage.csi.DeleteVolume;
import dev.moorage.csi.ListSnapshots;
import dev.moorage.csi.ListVolumes;
import dev.moorage.csi.Probe;
import dev.moorage.csi.Secrets;
import dev.moorage.csi.SnapshotId;
import dev.moorage.csi.TopologyRequirement;
import dev.moorage.csi.VolumeCapability;
import dev.moorage.csi.VolumeId;
import dev.moorage.driver.Driver.Mode;
import dev.moorage.driver.Driver.Settings;
import dev.moorage.host.sim.SimHost;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// A driver over a [FullBackend] on a simulated host, for one test.
final class KitBench {
  static final Duration LONG = Duration.ofMinutes(5);
  static final VolumeCapability EXT4 =
      VolumeCapability.mount("ext4", AccessMode.SINGLE_NODE_WRITER);
  static final VolumeCapability SHARED =
      VolumeCapability.mount("ext4", AccessMode.MULTI_NODE_MULTI_WRITER);
  static final Bytes SIZE = Bytes.mebi(64);
  private static final String STATE = "/var/lib/kit";

  final SimTasks tasks;
  final SimHost host;
  FullBackend backend;
  CsiVersion version = CsiVersion.V1_12;

  /// Whether the backend is a [SmallBackend] instead.
  boolean small;

  private Group process;
  private @Nullable Driver driver;
  int starts;
  int effects;

  KitBench() {
    this(SimTasks.plain());
  }

  KitBench(SimTasks tasks) {
    this.tasks = tasks;
    this.host = new SimHost(tasks, "node-a", SimHost.Settings.usual());
    this.backend = new FullBackend(host);
    this.process = tasks.group("process");
  }

  /// Plays a story with a driver that serves.
  static void play(Consumer<KitBench> story) {
    var bench = new KitBench();
    bench.run(story);
  }

  void run(Consumer<KitBench> story) {
    tasks.run(() -> {
      start();
      story.accept(this);
    });
  }

  private Driver started() {
    return Driver.start(
        process,
        small ? new SmallBackend(host) : backend,
        host,
        new Settings("small.example", "1", "node-a", Mode.ALL, STATE, 0, version),
        Journal.none());
  }

  void start() {
    process = tasks.group("process");
    var starting = started();
    driver = starting;
    while (!starting.call(new Probe(), LONG).ready()) tasks.home().sleep(Duration.ofMillis(10));
  }

  Driver driver() {
    return Objects.requireNonNull(driver);
  }

  /// Kills the driver and starts it again.
  void restart() {
    tasks.kill(process);
    start();
  }

  void kill() {
    tasks.kill(process);
  }

  /// Calls until there is an answer, however often the driver dies meanwhile.
  <R> R insist(CsiCall<R> call) {
    while (true) {
      awaitReady();
      try {
        return call(call);
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
    awaitReady();
    try {
      call(call);
      return true;
    } catch (Stopped died) {
      return false;
    } catch (CsiException refused) {
      if (!tasks.dead(process)) throw refused;
      return false;
    }
  }

  /// Starts a dead driver again, with nothing in its memory, until it serves.
  void awaitReady() {
    while (true) {
      if (driver == null || tasks.dead(process)) {
        backend = new FullBackend(host);
        process = tasks.group("process");
        driver = started();
        starts++;
      }
      if (ready()) return;
      tasks.home().sleep(Duration.ofMillis(10));
    }
  }

  private boolean ready() {
    try {
      return call(new Probe()).ready();
    } catch (Stopped | CsiException notYet) {
      return false;
    }
  }

  /// Keys of the ledger of a driver that does not run.
  List<String> ledger() {
    try (var ledger = host.ledgers().open(STATE + "/driver.ledger")) {
      return List.copyOf(ledger.entries().keySet());
    }
  }

  /// How far the ledger's things are; `ready` is among them.
  List<String> states() {
    var states = new ArrayList<>(List.of("ready"));
    try (var ledger = host.ledgers().open(STATE + "/driver.ledger")) {
      for (var entry : ledger.entries().values()) states.add(entry.text("state"));
    }
    return states;
  }

  <R> R call(CsiCall<R> call) {
    return driver().call(call, LONG);
  }

  <R> R call(CsiCall<R> call, Duration atMost) {
    return driver().call(call, atMost);
  }

  CsiException refused(Code code, CsiCall<?> call) {
    return refused(code, call, LONG);
  }

  CsiException refused(Code code, CsiCall<?> call, Duration atMost) {
    var refused = catchThrowableOfType(CsiException.class, () -> driver().call(call, atMost));
    assertThat(refused).as("%s was answered", call).isNotNull();
    assertThat(refused.code()).as(refused.getMessage()).isEqualTo(code);
    return refused;
  }

  List<String> volumes() {
    return call(new ListVolumes(0, "")).entries().stream()
        .map(entry -> entry.volume().id().text())
        .toList();
  }

  List<String> snapshots() {
    return call(list()).snapshots().stream().map(snapshot -> snapshot.id().text()).toList();
  }

  /// Names of what the backend has.
  List<String> files() {
    return host.files().names(SmallBackend.FOLDER);
  }

  static CreateVolume volume(String name) {
    return volume(name, new ContentSource.Empty(), CapacityRange.ANY);
  }

  static CreateVolume volume(String name, ContentSource source, CapacityRange range) {
    return volume(name, source, range, EXT4, Map.of());
  }

  static CreateVolume volume(
      String name,
      ContentSource source,
      CapacityRange range,
      VolumeCapability capability,
      Map<String, String> mutable) {
    return new CreateVolume(
        name,
        range,
        List.of(capability),
        Map.of(),
        Secrets.NONE,
        source,
        TopologyRequirement.NONE,
        mutable);
  }

  static DeleteVolume deleteVolume(String id) {
    return new DeleteVolume(new VolumeId(id), Secrets.NONE);
  }

  static CreateSnapshot snapshot(String name, String volume) {
    return snapshot(name, volume, Map.of());
  }

  static CreateSnapshot snapshot(String name, String volume, Map<String, String> parameters) {
    return new CreateSnapshot(
        new VolumeId(volume), name, Secrets.NONE, parameters, TopologyRequirement.NONE);
  }

  static DeleteSnapshot deleteSnapshot(String id) {
    return new DeleteSnapshot(new SnapshotId(id), Secrets.NONE);
  }

  static CreateVolumeGroupSnapshot group(String name, String... volumes) {
    var sources = List.of(volumes).stream().map(VolumeId::new).toList();
    return new CreateVolumeGroupSnapshot(name, sources, Secrets.NONE, Map.of());
  }

  static ListSnapshots list() {
    return list("", "");
  }

  static ListSnapshots list(String source, String snapshot) {
    return new ListSnapshots(0, "", new VolumeId(source), new SnapshotId(snapshot), Secrets.NONE);
  }
}
