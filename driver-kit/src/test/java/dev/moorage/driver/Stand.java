package dev.moorage.driver;

import static org.assertj.core.api.Assertions.assertThat;

import dev.moorage.base.Group;
import dev.moorage.base.Journal;
import dev.moorage.base.Stopped;
import dev.moorage.base.sim.SimTasks;
import dev.moorage.csi.AccessMode;
import dev.moorage.csi.CapacityRange;
import dev.moorage.csi.ContentSource;
import dev.moorage.csi.CreateVolume;
import dev.moorage.csi.CsiCall;
import dev.moorage.csi.CsiException;
import dev.moorage.csi.DeleteVolume;
import dev.moorage.csi.NodePublishVolume;
import dev.moorage.csi.NodeStageVolume;
import dev.moorage.csi.NodeUnpublishVolume;
import dev.moorage.csi.NodeUnstageVolume;
import dev.moorage.csi.Probe;
import dev.moorage.csi.Secrets;
import dev.moorage.csi.TopologyRequirement;
import dev.moorage.csi.VolumeCapability;
import dev.moorage.csi.VolumeCapability.Access;
import dev.moorage.csi.VolumeId;
import dev.moorage.host.sim.SimHost;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// A driver of one small backend on a simulated node; its process may die at any moment, and is
/// started again by whoever calls.
final class Stand {
  static final String STATE = "/var/lib/kit";
  static final String STAGING = "/kubelet/stage";
  static final VolumeId ID = new VolumeId("vol");
  static final Duration LONG = Duration.ofMinutes(5);
  private static final int MOST_POLLS = 500;

  final SimTasks tasks = SimTasks.plain();
  final SimHost host = new SimHost(tasks, "node-a", SimHost.Settings.usual());
  private final Function<SimHost, Backend> backend;
  private final List<String> before;
  private Group process;
  private @Nullable Driver driver;
  private CsiVersion version = CsiVersion.V1_12;
  private int starts;

  Stand(Function<SimHost, Backend> backend) {
    this.backend = backend;
    this.process = tasks.group("driver");
    for (var folder : List.of(STAGING, "/kubelet/pod-1", "/kubelet/pod-2"))
      host.files().makeFolder(folder, 0750);
    host.filesystems().sync("/kubelet");
    this.before = host.inventory();
  }

  static void play(Function<SimHost, Backend> backend, Consumer<Stand> story) {
    var stand = new Stand(backend);
    stand.tasks.run(() -> story.accept(stand));
  }

  /// Lets the driver show another version from its next start on; it starts now.
  void show(CsiVersion other) {
    version = other;
    kill();
    awaitReady();
  }

  static String target(String pod) {
    return "/kubelet/" + pod + "/mount";
  }

  static VolumeCapability block(AccessMode mode) {
    return new VolumeCapability(new Access.Block(), mode);
  }

  int starts() {
    return starts;
  }

  void kill() {
    tasks.kill(process);
  }

  /// Ends the driver as its process would.
  List<String> end() {
    return driver().end();
  }

  private void start() {
    starts++;
    process = tasks.group("driver");
    var settings =
        new Driver.Settings("small.example", "1", "node-a", Driver.Mode.ALL, STATE, 0, version);
    driver = Driver.start(process, backend.apply(host), host, settings, Journal.none());
  }

  private Driver driver() {
    return Objects.requireNonNull(driver);
  }

  void awaitReady() {
    for (int i = 0; i < MOST_POLLS; i++) {
      if (driver == null || tasks.dead(process)) start();
      if (ready()) return;
      tasks.home().sleep(Duration.ofMillis(50));
    }
    throw new AssertionError("the driver never gets ready");
  }

  private boolean ready() {
    try {
      return driver().call(new Probe(), LONG).ready();
    } catch (Stopped | CsiException notYet) {
      return false;
    }
  }

  /// Calls until there is an answer, however often the driver dies meanwhile.
  <R> R call(CsiCall<R> call) {
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

  CsiException refused(CsiCall<?> call) {
    try {
      var answer = call(call);
      throw new AssertionError(call + " was answered " + answer);
    } catch (CsiException refused) {
      return refused;
    }
  }

  CsiException.Code code(CsiCall<?> call) {
    return refused(call).code();
  }

  /// Proves that nothing is left of any volume.
  void checkNothingLeft() {
    awaitReady();
    assertThat(withoutTheDriversOwn(host.inventory())).isEqualTo(withoutTheDriversOwn(before));
  }

  /// Its folders and its ledger stay; an entry in the ledger does not.
  private static List<String> withoutTheDriversOwn(List<String> inventory) {
    var own =
        List.of(
            "folder " + STATE,
            "folder " + STATE + "/inline",
            "file " + STATE + "/driver.ledger 0",
            "lock " + STATE + "/driver.ledger",
            "folder " + SmallBackend.FOLDER,
            "folder " + FolderBackend.FOLDER);
    return inventory.stream().filter(line -> !own.contains(line)).toList();
  }

  static CreateVolume create(VolumeCapability capability) {
    return new CreateVolume(
        ID.text(),
        CapacityRange.ANY,
        List.of(capability),
        Map.of(),
        Secrets.NONE,
        new ContentSource.Empty(),
        TopologyRequirement.NONE,
        Map.of());
  }

  static NodeStageVolume stage(VolumeCapability capability) {
    return stage(capability, STAGING);
  }

  static NodeStageVolume stage(VolumeCapability capability, String path) {
    return new NodeStageVolume(ID, Map.of(), path, capability, Secrets.NONE, Map.of());
  }

  static NodePublishVolume publish(VolumeCapability capability, String pod) {
    return publish(capability, target(pod), false);
  }

  static NodePublishVolume publish(VolumeCapability capability, String path, boolean readOnly) {
    return new NodePublishVolume(
        ID, Map.of(), STAGING, path, capability, readOnly, Secrets.NONE, Map.of());
  }

  static NodePublishVolume inline(
      VolumeId id, VolumeCapability capability, String pod, Map<String, String> context) {
    var all = new TreeMap<>(context);
    all.put("csi.storage.k8s.io/ephemeral", "true");
    all.put("csi.storage.k8s.io/pod.name", pod);
    return new NodePublishVolume(
        id, Map.of(), "", target(pod), capability, false, Secrets.NONE, all);
  }

  static NodeUnpublishVolume unpublish(String pod) {
    return new NodeUnpublishVolume(ID, target(pod));
  }

  static NodeUnstageVolume unstage() {
    return new NodeUnstageVolume(ID, STAGING);
  }

  static DeleteVolume delete() {
    return new DeleteVolume(ID, Secrets.NONE);
  }
}
