package dev.moorage.driver;

import static org.assertj.core.api.Assertions.assertThat;

import dev.moorage.base.sim.SimTasks;
import dev.moorage.csi.ControllerGetCapabilities.Capability;
import dev.moorage.csi.GetPluginCapabilities;
import dev.moorage.csi.Topology;
import dev.moorage.host.Host;
import dev.moorage.host.sim.SimHost;
import java.util.EnumSet;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CapabilitiesTest {
  private static final Host HOST =
      new SimHost(SimTasks.plain(), "node-a", SimHost.Settings.usual());

  @Test
  void a_full_backend_has_every_controller_capability_of_its_version() {
    var backend = new FullBackend(HOST);
    var health = EnumSet.of(Capability.GET_VOLUME_HEALTH, Capability.LIST_VOLUME_HEALTH);
    assertThat(new Capabilities(CsiVersion.V1_12, backend).controller().capabilities())
        .isEqualTo(EnumSet.complementOf(health));
    assertThat(new Capabilities(CsiVersion.V1_13, backend).controller().capabilities())
        .isEqualTo(EnumSet.complementOf(EnumSet.of(Capability.VOLUME_CONDITION)));
    assertThat(new Capabilities(CsiVersion.V1_12, backend).group().capabilities()).hasSize(1);
  }

  @Test
  void services_follow_from_what_a_backend_implements() {
    assertThat(new Capabilities(CsiVersion.V1_13, new FullBackend(HOST)).plugin().capabilities())
        .containsExactlyInAnyOrder(
            GetPluginCapabilities.Capability.CONTROLLER_SERVICE,
            GetPluginCapabilities.Capability.GROUP_CONTROLLER_SERVICE,
            GetPluginCapabilities.Capability.SNAPSHOT_METADATA_SERVICE,
            GetPluginCapabilities.Capability.EXPANSION_ONLINE);
  }

  @Test
  void snapshots_have_a_place_in_1_13() {
    var backend = new Placed();
    var constraints = GetPluginCapabilities.Capability.SNAPSHOT_ACCESSIBILITY_CONSTRAINTS;
    assertThat(new Capabilities(CsiVersion.V1_12, backend).plugin().has(constraints)).isFalse();
    assertThat(new Capabilities(CsiVersion.V1_13, backend).plugin().has(constraints)).isTrue();
  }

  private static final class Placed extends FullBackend implements ReportsTopology {
    Placed() {
      super(HOST);
    }

    @Override
    public Topology here() {
      return new Topology(Map.of("t/node", "node-a"));
    }
  }
}
