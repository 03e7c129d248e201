package dev.moorage.sim;

import static dev.moorage.sim.ForeignWorld.FOREIGN;
import static org.assertj.core.api.Assertions.assertThat;

import dev.moorage.base.Bytes;
import dev.moorage.csi.ControllerGetCapabilities;
import dev.moorage.csi.CsiException;
import dev.moorage.csi.GetPluginCapabilities;
import dev.moorage.csi.NodeGetCapabilities;
import dev.moorage.csi.Topology;
import dev.moorage.kube.Kinds;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A driver that somebody else starts: late, again, in another version, under another name.
final class ForeignDriverStory {

  @ParameterizedTest
  @ValueSource(strings = {"Immediate", "WaitForFirstConsumer"})
  void a_claim_is_mounted_grown_and_taken_away(String binding) {
    ForeignWorld.play(it -> {
      it.driverComes();
      ready(it, binding);
      claimIsUsed(it);
      it.nothingIsLeft();
    });
  }

  @ParameterizedTest
  @ValueSource(strings = {"Immediate", "WaitForFirstConsumer"})
  void so_it_is_without_topology_attaching_staging_and_expansion(String binding) {
    ForeignWorld.play(it -> {
      it.driver.plugin.remove(GetPluginCapabilities.Capability.VOLUME_ACCESSIBILITY_CONSTRAINTS);
      it.driver.topology = Topology.NONE;
      it.driver.controller.remove(ControllerGetCapabilities.Capability.PUBLISH_UNPUBLISH_VOLUME);
      it.driver.node.remove(NodeGetCapabilities.Capability.STAGE_UNSTAGE_VOLUME);
      it.driverComes();
      ready(it, binding);
      it.claimAndPod("data", "app", FOREIGN);
      it.user.seesRunning("app");
      it.goAway("data", "app");
      it.nothingIsLeft();
      assertThat(it.driver.calls()).doesNotContain("NodeStageVolume", "ControllerPublishVolume");
    });
  }

  @Test
  void a_claim_waits_for_a_driver_that_comes_late_and_names_it() {
    ForeignWorld.play(it -> {
      it.install("Immediate");
      it.claimAndPod("data", "app", FOREIGN);
      it.user.hears("data", "ExternalProvisioning", "foreign.example.com");
      it.othersWork();
      it.driverComes();
      it.user.seesRunning("app");
      it.goAway("data", "app");
      assertThat(it.driver.kept()).isEmpty();
    });
  }

  @Test
  void a_driver_that_comes_back_under_another_name_is_served_under_that_one() {
    ForeignWorld.play(it -> {
      it.driverComes();
      ready(it, "WaitForFirstConsumer");
      claimIsUsed(it);
      it.driverDies();
      it.driver.name = "renamed.example.com";
      it.driverComes();
      it.awaitRegistered();
      it.user.sees(
          Kinds.CSI_NODE,
          ForeignWorld.NODE,
          "has lost the former name",
          node -> node.driver("foreign.example.com").isEmpty());
      it.user.deletes(Kinds.STORAGE_CLASS, FOREIGN);
      it.install("WaitForFirstConsumer");
      it.remember();
      claimIsUsed(it);
      it.nothingIsLeft();
    });
  }

  @Test
  void a_driver_that_was_away_for_long_is_asked_again_soon_after_its_return() {
    ForeignWorld.play(it -> {
      it.driverComes();
      ready(it, "Immediate");
      it.driverDies();
      it.claimAndPod("data", "app", FOREIGN);
      it.tasks.home().sleep(Duration.ofHours(3));
      it.driverComes();
      long start = it.tasks.nanos();
      it.user.seesRunning("app");
      assertThat(Duration.ofNanos(it.tasks.nanos() - start)).isLessThan(Duration.ofSeconds(20));
      it.goAway("data", "app");
      it.nothingIsLeft();
    });
  }

  @Test
  void a_driver_that_comes_back_in_another_place_is_described_anew() {
    ForeignWorld.play(it -> {
      it.driverComes();
      ready(it, "WaitForFirstConsumer");
      claimIsUsed(it);
      it.driverDies();
      it.driver.nodeId = "another-id";
      it.driver.topology = Topology.NONE;
      it.driver.plugin.remove(GetPluginCapabilities.Capability.VOLUME_ACCESSIBILITY_CONSTRAINTS);
      it.driverComes();
      it.user.sees(
          Kinds.CSI_NODE,
          ForeignWorld.NODE,
          "has the new id",
          node ->
              node.driver("foreign.example.com")
                  .filter(d -> d.nodeId().equals("another-id"))
                  .isPresent());
      claimIsUsed(it);
      assertThat(it.driver.kept()).isEmpty();
    });
  }

  @Test
  void a_driver_that_says_another_place_of_the_same_node_is_refused_and_the_node_tells() {
    ForeignWorld.play(it -> {
      it.driverComes();
      ready(it, "WaitForFirstConsumer");
      it.driverDies();
      it.driver.topology = new Topology(Map.of("topology.example.com/node", "elsewhere"));
      it.driverComes();
      it.user.hears("node-1", "FailedDriverRegistration", "topology value collision", "elsewhere");
    });
  }

  @Test
  void a_driver_that_goes_for_good_while_it_is_refused_leaves_no_entry() {
    ForeignWorld.play(it -> {
      it.driverComes();
      ready(it, "WaitForFirstConsumer");
      it.driver.faulty("NodeGetInfo", ForeignDriver.refuses(CsiException.Code.INTERNAL));
      it.driverRestarts();
      it.user.hears("node-1", "FailedDriverRegistration");
      it.driverDies();
      it.driver.name = "renamed.example.com";
      it.driver.good();
      it.driverComes();
      it.user.sees(
          Kinds.CSI_NODE,
          ForeignWorld.NODE,
          "has lost the former name",
          node -> node.driver("foreign.example.com").isEmpty());
    });
  }

  @Test
  void a_driver_may_come_back_with_other_capabilities() {
    ForeignWorld.play(it -> {
      it.driverComes();
      ready(it, "WaitForFirstConsumer");
      it.claimAndPod("data", "app", FOREIGN);
      it.user.seesRunning("app");
      it.driverDies();
      it.driver.node.remove(NodeGetCapabilities.Capability.STAGE_UNSTAGE_VOLUME);
      it.driverComes();
      it.claimAndPod("more", "next", FOREIGN);
      it.user.seesRunning("next");
      it.goAway("more", "next");
      it.goAway("data", "app");
      it.nothingIsLeft();
    });
  }

  private static void ready(ForeignWorld it, String binding) {
    it.awaitRegistered();
    it.install(binding);
    it.remember();
  }

  private static void claimIsUsed(ForeignWorld it) {
    it.claimAndPod("data", "app", FOREIGN);
    it.user.seesRunning("app");
    it.user.grows("data", Bytes.gibi(1));
    it.user.sees(Kinds.CLAIM, "data", "has 1Gi", claim -> claim.capacity().equals(Bytes.gibi(1)));
    it.goAway("data", "app");
  }
}
