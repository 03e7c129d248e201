package dev.moorage.driver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.moorage.base.Bytes;
import dev.moorage.base.Journal;
import dev.moorage.base.sim.SimTasks;
import dev.moorage.csi.AccessMode;
import dev.moorage.csi.CapacityRange;
import dev.moorage.csi.ContentSource;
import dev.moorage.csi.ControllerGetCapabilities;
import dev.moorage.csi.ControllerPublishVolume;
import dev.moorage.csi.CreateVolume;
import dev.moorage.csi.CsiCall;
import dev.moorage.csi.CsiException;
import dev.moorage.csi.CsiException.Code;
import dev.moorage.csi.DeleteVolume;
import dev.moorage.csi.Done;
import dev.moorage.csi.GetCapacity;
import dev.moorage.csi.GetPluginCapabilities;
import dev.moorage.csi.GetPluginInfo;
import dev.moorage.csi.NodeGetCapabilities;
import dev.moorage.csi.NodeId;
import dev.moorage.csi.NodePublishVolume;
import dev.moorage.csi.NodeStageVolume;
import dev.moorage.csi.NodeUnpublishVolume;
import dev.moorage.csi.NodeUnstageVolume;
import dev.moorage.csi.Probe;
import dev.moorage.csi.Secrets;
import dev.moorage.csi.Topology;
import dev.moorage.csi.TopologyRequirement;
import dev.moorage.csi.VolumeCapability;
import dev.moorage.csi.VolumeId;
import dev.moorage.driver.Driver.Mode;
import dev.moorage.driver.Driver.Settings;
import dev.moorage.host.HostException.Errno;
import dev.moorage.host.sim.SimHost;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// The kit around a small backend.
class DriverTest {
  private static final Duration LONG = Duration.ofMinutes(5);
  private static final Duration SHORT = Duration.ofSeconds(1);
  private static final VolumeId ID = new VolumeId("vol");
  private static final VolumeCapability EXT4 =
      VolumeCapability.mount("ext4", AccessMode.SINGLE_NODE_WRITER);

  private final SimTasks tasks = SimTasks.plain();
  private final SimHost host = new SimHost(tasks, "node-a", SimHost.Settings.usual());
  private SmallBackend backend = new SmallBackend(host);

  @Test
  void a_small_backend_is_a_whole_driver() {
    tasks.run(() -> {
      var driver = ready(Mode.ALL);
      host.files().makeFolder("/kubelet/stage", 0750);
      host.files().makeFolder("/kubelet/pod", 0750);
      var before = host.inventory();
      assertThat(driver.call(create(), LONG).capacity()).isEqualTo(Bytes.mebi(64));
      driver.call(stage(), LONG);
      driver.call(publish(), LONG);
      assertThat(host.mounts().at("/kubelet/pod/mount")).isPresent();
      driver.call(new NodeUnpublishVolume(ID, "/kubelet/pod/mount"), LONG);
      driver.call(new NodeUnstageVolume(ID, "/kubelet/stage"), LONG);
      driver.call(new DeleteVolume(ID, Secrets.NONE), LONG);
      assertThat(host.inventory())
          .filteredOn(line -> !line.contains("ledger"))
          .isEqualTo(before.stream().filter(line -> !line.contains("ledger")).toList());
    });
  }

  @Test
  void it_advertises_what_it_implements_and_nothing_else() {
    tasks.run(() -> {
      var driver = ready(Mode.ALL);
      assertThat(driver.call(new GetPluginCapabilities(), LONG).capabilities())
          .containsExactly(GetPluginCapabilities.Capability.CONTROLLER_SERVICE);
      assertThat(driver.call(new ControllerGetCapabilities(), LONG).capabilities())
          .containsExactlyInAnyOrder(
              ControllerGetCapabilities.Capability.CREATE_DELETE_VOLUME,
              ControllerGetCapabilities.Capability.LIST_VOLUMES,
              ControllerGetCapabilities.Capability.GET_VOLUME,
              ControllerGetCapabilities.Capability.SINGLE_NODE_MULTI_WRITER);
      assertThat(driver.call(new NodeGetCapabilities(), LONG).capabilities())
          .containsExactlyInAnyOrder(
              NodeGetCapabilities.Capability.STAGE_UNSTAGE_VOLUME,
              NodeGetCapabilities.Capability.GET_VOLUME_STATS,
              NodeGetCapabilities.Capability.VOLUME_CONDITION,
              NodeGetCapabilities.Capability.SINGLE_NODE_MULTI_WRITER);
      check(driver, Code.UNIMPLEMENTED, new GetCapacity(List.of(), Map.of(), Topology.NONE));
      check(
          driver,
          Code.UNIMPLEMENTED,
          new ControllerPublishVolume(
              ID, new NodeId("node-a"), EXT4, false, Secrets.NONE, Map.of()));
    });
  }

  @Test
  void a_process_of_one_mode_does_not_answer_for_the_other_side() {
    tasks.run(() -> {
      var controller = ready(Mode.CONTROLLER);
      controller.call(create(), LONG);
      check(controller, Code.UNIMPLEMENTED, stage());
      check(controller, Code.UNIMPLEMENTED, new NodeGetCapabilities());
      controller.close();
      var node = ready(Mode.NODE);
      assertThat(node.call(new GetPluginInfo(), LONG).name()).isEqualTo("small.example");
      check(node, Code.UNIMPLEMENTED, create());
      host.files().makeFolder("/kubelet/stage", 0750);
      assertThat(node.call(stage(), LONG)).isEqualTo(Done.DONE);
      node.call(new NodeUnstageVolume(ID, "/kubelet/stage"), LONG);
    });
  }

  @Test
  void work_goes_on_when_its_callers_time_is_over() {
    tasks.run(() -> {
      backend = slowAtVol();
      var driver = ready(Mode.ALL);
      check(driver, Code.DEADLINE_EXCEEDED, create(), SHORT);
      check(driver, Code.DEADLINE_EXCEEDED, create(), SHORT);
      check(driver, Code.ABORTED, new DeleteVolume(ID, Secrets.NONE), SHORT);
      var other =
          new CreateVolume(
              "other",
              CapacityRange.ANY,
              List.of(EXT4),
              Map.of(),
              Secrets.NONE,
              new ContentSource.Empty(),
              TopologyRequirement.NONE,
              Map.of());
      assertThat(driver.call(other, SHORT).id().text()).isEqualTo("other");
      tasks.home().sleep(LONG);
      assertThat(driver.call(create(), SHORT).id()).isEqualTo(ID);
    });
  }

  private SmallBackend slowAtVol() {
    return new SmallBackend(host) {
      @Override
      public void create(VolumeRecord volume) {
        if (volume.id().equals(ID)) tasks.home().sleep(LONG.dividedBy(2));
        super.create(volume);
      }
    };
  }

  @Test
  void it_says_what_keeps_it_from_starting_and_starts_when_that_is_gone() {
    tasks.run(() -> {
      host.faults().failNext("ledger open", Errno.EAGAIN);
      var driver = start(Mode.ALL);
      var refused = check(driver, Code.FAILED_PRECONDITION, new Probe());
      assertThat(refused).hasMessageContaining("ledger open");
      check(driver, Code.UNAVAILABLE, create());
      tasks.home().sleep(Duration.ofSeconds(1));
      assertThat(driver.call(new Probe(), LONG).ready()).isTrue();
      driver.call(create(), LONG);
    });
  }

  @Test
  void it_is_not_ready_before_it_has_recovered() {
    backend =
        new SmallBackend(host) {
          @Override
          public void open(List<VolumeRecord> volumes, List<SnapshotRecord> snapshots) {
            tasks.home().sleep(SHORT);
            super.open(volumes, snapshots);
          }
        };
    tasks.run(() -> {
      var driver = start(Mode.ALL);
      assertThat(driver.call(new Probe(), LONG).ready()).isFalse();
      assertThat(driver.call(new GetPluginInfo(), LONG).name()).isEqualTo("small.example");
      check(driver, Code.UNAVAILABLE, create());
      tasks.home().sleep(SHORT);
      assertThat(driver.call(new Probe(), LONG).ready()).isTrue();
    });
  }

  @Test
  void a_driver_that_has_ended_is_unavailable() {
    tasks.run(() -> {
      var driver = ready(Mode.ALL);
      driver.close();
      check(driver, Code.UNAVAILABLE, create());
    });
  }

  @Test
  void settings_that_cannot_be_are_named() {
    wrong("driver-name", "9.example", "1", "n", "/s", 0);
    wrong("driver-name", "x".repeat(55), "1", "n", "/s", 0);
    wrong("driver-version", "a.b", "", "n", "/s", 0);
    wrong("node-id", "a.b", "1", "", "/s", 0);
    wrong("node-id", "a.b", "1", "n".repeat(193), "/s", 0);
    wrong("state-dir", "a.b", "1", "n", "s", 0);
    wrong("max-volumes", "a.b", "1", "n", "/s", -1);
  }

  private static void wrong(
      String setting, String name, String version, String node, String state, int most) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Settings(name, version, node, Mode.ALL, state, most))
        .withMessageStartingWith("setting " + setting + " is wrong");
  }

  private Driver ready(Mode mode) {
    var driver = start(mode);
    while (!driver.call(new Probe(), LONG).ready()) tasks.home().sleep(Duration.ofMillis(10));
    return driver;
  }

  private Driver start(Mode mode) {
    var settings =
        new Settings("small.example", "1", "node-a", mode, "/var/lib/kit-" + mode.name(), 0);
    var group = tasks.group("process");
    return Driver.start(group, backend, host, settings, Journal.none());
  }

  private static CsiException check(Driver driver, Code code, CsiCall<?> call) {
    return check(driver, code, call, LONG);
  }

  private static CsiException check(Driver driver, Code code, CsiCall<?> call, Duration atMost) {
    var refused = catchThrowableOfType(CsiException.class, () -> driver.call(call, atMost));
    assertThat(refused.code()).as(refused.getMessage()).isEqualTo(code);
    return refused;
  }

  private static CreateVolume create() {
    return new CreateVolume(
        "vol",
        CapacityRange.ANY,
        List.of(EXT4),
        Map.of(),
        Secrets.NONE,
        new ContentSource.Empty(),
        TopologyRequirement.NONE,
        Map.of());
  }

  private static NodeStageVolume stage() {
    return new NodeStageVolume(ID, Map.of(), "/kubelet/stage", EXT4, Secrets.NONE, Map.of());
  }

  private static NodePublishVolume publish() {
    return new NodePublishVolume(
        ID, Map.of(), "/kubelet/stage", "/kubelet/pod/mount", EXT4, false, Secrets.NONE, Map.of());
  }
}
