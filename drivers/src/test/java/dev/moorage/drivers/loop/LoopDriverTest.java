package dev.moorage.drivers.loop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.moorage.base.Bytes;
import dev.moorage.csi.AccessMode;
import dev.moorage.csi.CapacityRange;
import dev.moorage.csi.ControllerExpandVolume;
import dev.moorage.csi.ControllerGetCapabilities;
import dev.moorage.csi.ControllerUnpublishVolume;
import dev.moorage.csi.CreateVolume;
import dev.moorage.csi.CsiCall;
import dev.moorage.csi.CsiException.Code;
import dev.moorage.csi.DeleteVolume;
import dev.moorage.csi.GetCapacity;
import dev.moorage.csi.GetPluginCapabilities;
import dev.moorage.csi.NodeExpandVolume;
import dev.moorage.csi.NodeGetInfo;
import dev.moorage.csi.NodeGetVolumeStats;
import dev.moorage.csi.NodeId;
import dev.moorage.csi.NodeStageVolume;
import dev.moorage.csi.NodeUnpublishVolume;
import dev.moorage.csi.NodeUnstageVolume;
import dev.moorage.csi.Secrets;
import dev.moorage.csi.Topology;
import dev.moorage.csi.TopologyRequirement;
import dev.moorage.csi.ValidateVolumeCapabilities;
import dev.moorage.csi.VolumeCapability;
import dev.moorage.csi.VolumeId;
import dev.moorage.host.LoopDevices.Options;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The loop driver over a simulated kernel, as its callers see it.
class LoopDriverTest {
  private static final Life XFS = new Life("pvc-1", "xfs");
  private static final Life EXT4 = new Life("pvc-2", "ext4");

  @ParameterizedTest
  @ValueSource(strings = {"xfs", "ext4"})
  void a_volume_lives_and_leaves_nothing(String fsType) {
    var life = new Life("pvc-1", fsType);
    play(node -> {
      var volume = node.insist(life.create());
      assertThat(volume.id()).isEqualTo(life.id());
      assertThat(volume.capacity()).isEqualTo(Life.SIZE);
      assertThat(volume.context()).containsExactly(Map.entry("label", "a-label"));
      assertThat(volume.accessible()).containsExactly(here());
      node.insist(life.attach());
      assertThat(node.driver().publishedTo(life.id())).contains(new NodeId(Life.NODE));
      assertThat(node.host().mounts().at(life.staging())).isEmpty();
      node.insist(life.stage());
      node.insist(life.publish("pod-1"));
      assertThat(node.host().mounts().at(life.target("pod-1")).orElseThrow().fsType())
          .isEqualTo(fsType);
      for (CsiCall<?> call : life.down()) node.insist(call);
      node.checkNothingLeft(life);
    });
  }

  @Test
  void every_call_twice_is_as_every_call_once() {
    play(node -> {
      for (CsiCall<?> call : XFS.up()) assertThat(node.insist(call)).isEqualTo(node.insist(call));
      assertThat(
              node.host().mounts().table().stream()
                  .filter(mount -> mount.target().startsWith(Life.KUBELET)))
          .hasSize(2);
      for (CsiCall<?> call : XFS.down()) assertThat(node.insist(call)).isEqualTo(node.insist(call));
      node.checkNothingLeft(XFS);
    });
  }

  @Test
  void xfs_grows_while_it_is_used() {
    play(node -> {
      for (CsiCall<?> call : XFS.up().subList(0, 4)) node.insist(call);
      var before = total(node, XFS);
      var answer = node.insist(XFS.expand(Life.LARGER));
      assertThat(answer).isEqualTo(new ControllerExpandVolume.Answer(Life.LARGER, true));
      assertThat(total(node, XFS)).isEqualTo(before);
      assertThat(node.insist(XFS.expandOnNode(Life.LARGER)))
          .isEqualTo(new NodeExpandVolume.Answer(Life.LARGER));
      assertThat(total(node, XFS)).isGreaterThan(Bytes.mebi(500).count());
      assertThat(node.insist(XFS.create()).capacity()).isEqualTo(Life.LARGER);
    });
  }

  private static long total(SimNode node, Life life) {
    var stats = node.insist(new NodeGetVolumeStats(life.id(), life.target("pod-1"), ""));
    return stats.usage().getFirst().total();
  }

  @Test
  void ext4_that_cannot_grow_while_mounted_grows_at_the_next_stage() {
    play(node -> {
      for (CsiCall<?> call : EXT4.up().subList(0, 5)) node.insist(call);
      var before = total(node, EXT4);
      var refused = node.refused(EXT4.expandOnNode(Life.LARGER));
      assertThat(refused.code()).isEqualTo(Code.FAILED_PRECONDITION);
      assertThat(refused).hasMessageContaining("it grows when the volume is staged next");
      node.insist(EXT4.unpublish("pod-1"));
      node.insist(EXT4.unstage());
      node.insist(EXT4.stage());
      node.insist(EXT4.publish("pod-1"));
      assertThat(total(node, EXT4)).isGreaterThan(before);
      assertThat(node.insist(EXT4.expandOnNode(Life.LARGER)).capacity()).isEqualTo(Life.LARGER);
    });
  }

  @Test
  void xfs_that_grew_while_unused_fills_its_device_at_stage() {
    play(node -> {
      for (CsiCall<?> call : XFS.up().subList(0, 4)) node.insist(call);
      node.insist(XFS.unpublish("pod-1"));
      node.insist(XFS.unstage());
      node.insist(XFS.expand(Life.LARGER));
      node.insist(XFS.stage());
      node.insist(XFS.publish("pod-1"));
      assertThat(total(node, XFS)).isGreaterThan(Bytes.mebi(500).count());
    });
  }

  @Test
  void the_smallest_btrfs_volume_grows_by_a_little() {
    var life = new Life("pvc-3", "btrfs");
    SimNode.play(
        Bytes.gibi(4),
        node -> {
          var size =
              node.insist(life.create(CapacityRange.atLeast(new Bytes(1)), Map.of())).capacity();
          for (CsiCall<?> call : life.up().subList(1, 4)) node.insist(call);
          var larger = size.plus(Bytes.mebi(1));
          node.insist(life.expand(larger));
          assertThat(node.insist(life.expandOnNode(larger)).capacity()).isEqualTo(larger);
        },
        life);
  }

  @Test
  void a_size_is_rounded_and_an_impossible_one_is_out_of_range() {
    play(node -> {
      var odd = XFS.create(CapacityRange.atLeast(new Bytes(999_999_999)), Map.of());
      assertThat(node.insist(odd).capacity()).isEqualTo(Bytes.mebi(954));
      var small = new CapacityRange(Bytes.ZERO, Bytes.mebi(299));
      assertThat(node.refusal(new Life("pvc-3", "xfs").create(small, Map.of())))
          .isEqualTo(Code.OUT_OF_RANGE);
      assertThat(node.insist(EXT4.create(small, Map.of())).capacity()).isEqualTo(Bytes.mebi(299));
    });
  }

  @Test
  void a_btrfs_is_never_so_small_that_the_kernel_would_not_grow_it() {
    play(node -> {
      var small = new CapacityRange(Bytes.ZERO, Bytes.mebi(255));
      assertThat(node.refusal(new Life("pvc-3", "btrfs").create(small, Map.of())))
          .isEqualTo(Code.OUT_OF_RANGE);
    });
  }

  @Test
  void another_volume_of_the_same_name_is_refused_with_the_difference() {
    play(node -> {
      node.insist(XFS.create());
      var larger =
          node.refused(XFS.create(CapacityRange.atLeast(Life.LARGER), Map.of("label", "a-label")));
      assertThat(larger.code()).isEqualTo(Code.ALREADY_EXISTS);
      assertThat(larger)
          .hasMessage("volume pvc-1 exists, but it has 400Mi, asked was 600Mi or more");
      var label = node.refused(XFS.create(CapacityRange.ANY, Map.of("label", "other")));
      assertThat(label.code()).isEqualTo(Code.ALREADY_EXISTS);
      var type = node.refused(new Life("pvc-1", "ext4").create());
      assertThat(type.code()).isEqualTo(Code.ALREADY_EXISTS);
      assertThat(type).hasMessageContaining("its capabilities are [xfs");
    });
  }

  @Test
  void a_parameter_that_is_not_ours_is_refused_by_name() {
    play(node -> {
      var refused = node.refused(XFS.create(CapacityRange.ANY, Map.of("fast", "1")));
      assertThat(refused.code()).isEqualTo(Code.INVALID_ARGUMENT);
      assertThat(refused)
          .hasMessage(
              "unknown parameter 'fast'; allowed: label, provisioning, xfs.reflink,"
                  + " ext4.inodeRatio, btrfs.metadata");
      assertThat(node.refusal(XFS.create(CapacityRange.ANY, Map.of("label", "thirteen-long"))))
          .isEqualTo(Code.INVALID_ARGUMENT);
    });
  }

  @Test
  void a_full_pool_refuses_before_anything_is_made_and_says_what_is_free() {
    play(node -> {
      var free = capacity(node);
      assertThat(free).isGreaterThan(Bytes.mebi(1500)).isLessThan(Bytes.gibi(2));
      node.insist(XFS.create(CapacityRange.atLeast(Bytes.gibi(1)), Map.of()));
      assertThat(capacity(node)).isEqualTo(free.minusAtMost(Bytes.gibi(1)));
      var second = new Life("pvc-3", "xfs");
      var refused = node.refused(second.create(CapacityRange.atLeast(Bytes.gibi(1)), Map.of()));
      assertThat(refused.code()).isEqualTo(Code.RESOURCE_EXHAUSTED);
      assertThat(refused).hasMessage("volume pvc-3 needs 1Gi; free for volumes: " + capacity(node));
      assertThat(node.refusal(XFS.expand(Bytes.gibi(2)))).isEqualTo(Code.OUT_OF_RANGE);
      assertThat(node.host().files().names(SimNode.STATE + "/pool/volumes"))
          .containsExactly("pvc-1.img");
      node.insist(second.create(CapacityRange.atLeast(capacity(node)), Map.of()));
      node.insist(XFS.delete());
      assertThat(capacity(node)).isEqualTo(Bytes.gibi(1));
    });
  }

  private static Bytes capacity(SimNode node) {
    return node.insist(new GetCapacity(List.of(), Map.of(), Topology.NONE)).available();
  }

  @Test
  void capacity_heeds_its_filters() {
    play(node -> {
      var all = node.insist(new GetCapacity(List.of(), Map.of(), here()));
      assertThat(all.maximum()).isEqualTo(all.available());
      assertThat(all.minimum()).isEqualTo(Bytes.mebi(300));
      var there = new Topology(Map.of("topology.loop.moorage.dev/node", "node-b"));
      var none = new GetCapacity.Answer(Bytes.ZERO, Bytes.ZERO, Bytes.ZERO);
      assertThat(node.insist(new GetCapacity(List.of(), Map.of(), there))).isEqualTo(none);
      var unknown = XFS.capability(AccessMode.UNKNOWN);
      assertThat(node.insist(new GetCapacity(List.of(unknown), Map.of(), Topology.NONE)))
          .isEqualTo(none);
    });
  }

  @Test
  void wrong_parameters_leave_the_capacity_and_are_refused_where_the_claim_hears_it() {
    play(node -> {
      var all = node.insist(new GetCapacity(List.of(), Map.of(), here()));
      assertThat(node.insist(new GetCapacity(List.of(), Map.of("x", "y"), here()))).isEqualTo(all);
    });
  }

  @Test
  void a_volume_for_another_place_is_not_made_here() {
    play(node -> {
      var there = new Topology(Map.of("topology.loop.moorage.dev/node", "node-b"));
      assertThat(node.refusal(placed(there))).isEqualTo(Code.RESOURCE_EXHAUSTED);
      assertThat(node.insist(placed(here())).accessible()).containsExactly(here());
      assertThat(node.refusal(placed(there))).isEqualTo(Code.ALREADY_EXISTS);
    });
  }

  private static CreateVolume placed(Topology place) {
    var call = XFS.create();
    return new CreateVolume(
        call.name(),
        call.capacity(),
        call.capabilities(),
        call.parameters(),
        call.secrets(),
        call.source(),
        new TopologyRequirement(List.of(place), List.of(place)),
        Map.of());
  }

  @Test
  void a_volume_is_attached_to_one_known_node_at_a_time() {
    play(node -> {
      assertThat(node.refusal(XFS.attach())).isEqualTo(Code.NOT_FOUND);
      node.insist(XFS.create());
      assertThat(node.refusal(XFS.attach("node-b", false))).isEqualTo(Code.NOT_FOUND);
      node.insist(XFS.attach());
      assertThat(node.refusal(XFS.attach(Life.NODE, true))).isEqualTo(Code.ALREADY_EXISTS);
      assertThat(node.refusal(XFS.delete())).isEqualTo(Code.FAILED_PRECONDITION);
      var elsewhere = new ControllerUnpublishVolume(XFS.id(), new NodeId("node-b"), Secrets.NONE);
      node.insist(elsewhere);
      assertThat(node.driver().publishedTo(XFS.id())).isPresent();
      var everywhere = new ControllerUnpublishVolume(XFS.id(), new NodeId(""), Secrets.NONE);
      node.insist(everywhere);
      assertThat(node.driver().publishedTo(XFS.id())).isEmpty();
      node.insist(XFS.delete());
    });
  }

  @Test
  void a_node_takes_as_many_volumes_as_it_said() {
    play(
        node -> {
          assertThat(node.insist(new NodeGetInfo()).maxVolumes()).isEqualTo(4);
          for (int i = 1; i <= 5; i++) node.insist(small(i).create(CapacityRange.ANY, Map.of()));
          for (int i = 1; i <= 4; i++) node.insist(small(i).attach());
          assertThat(node.refusal(small(5).attach())).isEqualTo(Code.RESOURCE_EXHAUSTED);
          node.insist(small(1).detach());
          node.insist(small(5).attach());
        },
        Bytes.gibi(8));
  }

  private static Life small(int number) {
    return new Life("small-" + number, "ext4");
  }

  @Test
  void a_volume_is_staged_only_where_it_is_published() {
    play(node -> {
      node.insist(XFS.create());
      assertThat(node.refusal(XFS.stage())).isEqualTo(Code.FAILED_PRECONDITION);
      node.insist(XFS.attach());
      var call = XFS.stage();
      var elsewhere =
          new NodeStageVolume(
              call.volume(),
              Map.of("node", "node-b"),
              call.stagingPath(),
              call.capability(),
              call.secrets(),
              call.volumeContext());
      assertThat(node.refusal(elsewhere)).isEqualTo(Code.FAILED_PRECONDITION);
      node.insist(XFS.stage());
      var early = node.refused(XFS.detach());
      assertThat(early.code()).isEqualTo(Code.FAILED_PRECONDITION);
      assertThat(early).hasMessageContaining("still staged");
    });
  }

  @Test
  void stage_differs_publish_differs() {
    play(node -> {
      for (CsiCall<?> call : XFS.up().subList(0, 4)) node.insist(call);
      var reader = XFS.capability(AccessMode.SINGLE_NODE_READER_ONLY);
      assertThat(node.refusal(XFS.stage(reader, XFS.staging()))).isEqualTo(Code.ALREADY_EXISTS);
      assertThat(node.refusal(XFS.stage(XFS.capability(), EXT4.staging())))
          .isEqualTo(Code.FAILED_PRECONDITION);
      var target = XFS.target("pod-1");
      assertThat(node.refusal(XFS.publish(target, XFS.capability(), true)))
          .isEqualTo(Code.ALREADY_EXISTS);
      node.insist(XFS.publish(XFS.target("pod-2"), XFS.capability(), true));
      assertThat(node.host().mounts().at(XFS.target("pod-2")).orElseThrow().readOnly()).isTrue();
      assertThat(node.host().mounts().at(target).orElseThrow().readOnly()).isFalse();
      var alone = XFS.capability(AccessMode.SINGLE_NODE_SINGLE_WRITER);
      assertThat(node.refusal(XFS.publish(XFS.target("pod-3"), alone, false)))
          .isEqualTo(Code.FAILED_PRECONDITION);
      assertThat(node.refusal(XFS.unstage())).isEqualTo(Code.FAILED_PRECONDITION);
      node.insist(XFS.unpublish("pod-2"));
      for (CsiCall<?> call : XFS.down()) node.insist(call);
      node.checkNothingLeft(XFS);
    });
  }

  @Test
  void one_writer_alone_has_one_path() {
    play(node -> {
      node.insist(XFS.create());
      node.insist(XFS.attach());
      node.insist(XFS.stage());
      var alone = XFS.capability(AccessMode.SINGLE_NODE_SINGLE_WRITER);
      node.insist(XFS.publish(XFS.target("pod-1"), alone, false));
      node.insist(XFS.publish(XFS.target("pod-1"), alone, false));
      assertThat(node.refusal(XFS.publish(XFS.target("pod-2"), alone, false)))
          .isEqualTo(Code.FAILED_PRECONDITION);
      assertThat(node.refusal(XFS.publish("pod-2"))).isEqualTo(Code.FAILED_PRECONDITION);
    });
  }

  @Test
  void somebodys_data_is_never_formatted() {
    play(node -> {
      node.insist(XFS.create());
      node.insist(XFS.attach());
      var image = SimNode.STATE + "/pool/volumes/pvc-1.img";
      var device = node.host().loops().attach(image, Options.FENCED).device();
      node.host().filesystems().format(device, "ext4", List.of());
      node.host().loops().detach(device);
      var refused = node.refused(XFS.stage());
      assertThat(refused.code()).isEqualTo(Code.FAILED_PRECONDITION);
      assertThat(refused).hasMessage("volume pvc-1 holds ext4, not xfs; it is never overwritten");
      assertThat(node.host().loops().over(image)).isEmpty();
      assertThat(node.host().filesystems().probe(image)).contains("ext4");
      node.insist(XFS.detach());
      node.insist(XFS.delete());
      node.checkNothingLeft(XFS);
    });
  }

  @Test
  void a_device_that_an_operator_attached_keeps_its_volume() {
    play(node -> {
      node.insist(XFS.create());
      var image = SimNode.STATE + "/pool/volumes/pvc-1.img";
      var device = node.host().loops().attach(image, Options.FENCED).device();
      var refused = node.refused(XFS.delete());
      assertThat(refused.code()).isEqualTo(Code.FAILED_PRECONDITION);
      assertThat(refused).hasMessageEndingWith("attached as " + device);
      node.host().loops().detach(device);
      node.insist(XFS.delete());
    });
  }

  @Test
  void what_is_missing_is_an_invalid_argument_before_anything_is_looked_up() {
    var none = new VolumeId("");
    var missing = VolumeCapability.MISSING;
    play(node -> {
      invalid(node, new DeleteVolume(none, Secrets.NONE));
      invalid(node, new NodeUnstageVolume(none, "/a"));
      invalid(node, new NodeUnstageVolume(XFS.id(), ""));
      invalid(node, new NodeUnpublishVolume(none, "/a"));
      invalid(node, new NodeUnpublishVolume(XFS.id(), ""));
      invalid(node, new NodeGetVolumeStats(none, "/a", ""));
      invalid(node, new NodeGetVolumeStats(XFS.id(), "", ""));
      invalid(node, XFS.publish("", XFS.capability(), false));
      invalid(node, XFS.publish("/a", missing, false));
      invalid(node, XFS.stage(missing, "/a"));
      invalid(node, XFS.stage(XFS.capability(), ""));
      invalid(node, new ControllerExpandVolume(XFS.id(), CapacityRange.ANY, Secrets.NONE, missing));
      invalid(
          node,
          new ValidateVolumeCapabilities(
              XFS.id(), Map.of(), List.of(), Map.of(), Secrets.NONE, Map.of()));
    });
  }

  private static void invalid(SimNode node, CsiCall<?> call) {
    assertThat(node.refusal(call)).as(call.toString()).isEqualTo(Code.INVALID_ARGUMENT);
  }

  @Test
  void an_unknown_volume_is_not_found_or_already_gone() {
    play(node -> {
      for (CsiCall<?> call : XFS.down()) node.insist(call);
      assertThat(node.refusal(XFS.stage())).isEqualTo(Code.NOT_FOUND);
      assertThat(node.refusal(XFS.publish("pod-1"))).isEqualTo(Code.NOT_FOUND);
      assertThat(node.refusal(XFS.expand(Life.SIZE))).isEqualTo(Code.NOT_FOUND);
      assertThat(node.refusal(XFS.expandOnNode(Life.SIZE))).isEqualTo(Code.NOT_FOUND);
      assertThat(node.refusal(new NodeGetVolumeStats(XFS.id(), "some/path", "")))
          .isEqualTo(Code.NOT_FOUND);
      assertThat(node.refusal(validate())).isEqualTo(Code.NOT_FOUND);
      node.insist(XFS.create());
      assertThat(node.refusal(new NodeGetVolumeStats(XFS.id(), "some/path", "")))
          .isEqualTo(Code.NOT_FOUND);
      assertThat(node.insist(validate()).confirmed()).isTrue();
      assertThat(node.refusal(XFS.publish("pod-1"))).isEqualTo(Code.FAILED_PRECONDITION);
    });
  }

  private static ValidateVolumeCapabilities validate() {
    return new ValidateVolumeCapabilities(
        XFS.id(),
        Map.of(),
        List.of(XFS.capability()),
        Map.of("label", "a-label"),
        Secrets.NONE,
        Map.of());
  }

  @ParameterizedTest
  @ValueSource(strings = {"..", "../../../../etc/passwd", "/", "a/b", "-rf", "A B", "~", "x\ny"})
  void a_hostile_name_makes_a_volume_with_a_harmless_file(String name) {
    play(node -> {
      var volume = node.insist(new Life(name, "ext4").create(CapacityRange.ANY, Map.of()));
      assertThat(node.host().files().names(SimNode.STATE + "/pool/volumes"))
          .containsExactly(volume.id() + ".img");
      assertThat(volume.id().text()).matches("[0-9a-f]{64}");
      node.insist(new DeleteVolume(volume.id(), Secrets.NONE));
      assertThat(node.host().files().names(SimNode.STATE + "/pool/volumes")).isEmpty();
    });
  }

  @ParameterizedTest
  @ValueSource(strings = {"..", "../pool", "/etc", "pvc-1.img/..", "pvc-1 /x", "%2e%2e", "PVC-1"})
  void a_hostile_id_touches_nothing(String id) {
    play(node -> {
      node.insist(XFS.create());
      int effects = node.effects();
      node.insist(new DeleteVolume(new VolumeId(id), Secrets.NONE));
      node.insist(new NodeUnstageVolume(new VolumeId(id), "/kubelet"));
      node.insist(new NodeUnpublishVolume(new VolumeId(id), SimNode.STATE + "/pool"));
      assertThat(node.refusal(new Life(id, "xfs").stage())).isEqualTo(Code.NOT_FOUND);
      assertThat(node.effects()).isEqualTo(effects);
    });
  }

  @ParameterizedTest
  @ValueSource(strings = {"relative", "/a/../../etc", "/kubelet/./x", "/", "/a\0b", "//.."})
  void a_hostile_path_is_refused_and_touches_nothing(String path) {
    play(node -> {
      for (CsiCall<?> call : XFS.up().subList(0, 3)) node.insist(call);
      int effects = node.effects();
      invalid(node, XFS.stage(XFS.capability(), path));
      invalid(node, new NodeUnstageVolume(XFS.id(), path));
      invalid(node, XFS.publish(path, XFS.capability(), false));
      invalid(node, new NodeUnpublishVolume(XFS.id(), path));
      assertThat(node.effects()).isEqualTo(effects);
    });
  }

  @Test
  void mounts_of_others_are_left_alone() {
    play(node -> {
      for (CsiCall<?> call : XFS.up().subList(0, 3)) node.insist(call);
      var pool = SimNode.STATE + "/pool";
      assertThat(node.refusal(XFS.publish(pool, XFS.capability(), false)))
          .isEqualTo(Code.INVALID_ARGUMENT);
      var taken = XFS.target("pod-1");
      node.host().files().makeFolder(taken, 0750);
      node.host().mounts().bind("/tmp", taken, false);
      assertThat(node.refusal(XFS.publish("pod-1"))).isEqualTo(Code.ALREADY_EXISTS);
      node.insist(XFS.unpublish("pod-1"));
      assertThat(node.host().mounts().at(taken)).isPresent();
      node.insist(new NodeUnpublishVolume(XFS.id(), pool));
      node.insist(new NodeUnstageVolume(XFS.id(), pool));
      assertThat(node.host().mounts().at(pool)).isPresent();
      assertThat(node.host().mounts().at(XFS.staging())).isPresent();
    });
  }

  @Test
  void capabilities_are_what_the_backend_can_do() {
    play(node -> {
      assertThat(node.insist(new GetPluginCapabilities()).capabilities())
          .containsExactlyInAnyOrder(
              GetPluginCapabilities.Capability.CONTROLLER_SERVICE,
              GetPluginCapabilities.Capability.VOLUME_ACCESSIBILITY_CONSTRAINTS,
              GetPluginCapabilities.Capability.GROUP_CONTROLLER_SERVICE,
              GetPluginCapabilities.Capability.SNAPSHOT_METADATA_SERVICE,
              GetPluginCapabilities.Capability.EXPANSION_ONLINE);
      assertThat(node.insist(new ControllerGetCapabilities()).capabilities())
          .containsExactlyInAnyOrder(
              ControllerGetCapabilities.Capability.CREATE_DELETE_VOLUME,
              ControllerGetCapabilities.Capability.LIST_VOLUMES,
              ControllerGetCapabilities.Capability.LIST_VOLUMES_PUBLISHED_NODES,
              ControllerGetCapabilities.Capability.GET_VOLUME,
              ControllerGetCapabilities.Capability.PUBLISH_UNPUBLISH_VOLUME,
              ControllerGetCapabilities.Capability.PUBLISH_READONLY,
              ControllerGetCapabilities.Capability.VOLUME_CONDITION,
              ControllerGetCapabilities.Capability.CREATE_DELETE_SNAPSHOT,
              ControllerGetCapabilities.Capability.LIST_SNAPSHOTS,
              ControllerGetCapabilities.Capability.GET_SNAPSHOT,
              ControllerGetCapabilities.Capability.CLONE_VOLUME,
              ControllerGetCapabilities.Capability.MODIFY_VOLUME,
              ControllerGetCapabilities.Capability.GET_CAPACITY,
              ControllerGetCapabilities.Capability.EXPAND_VOLUME,
              ControllerGetCapabilities.Capability.SINGLE_NODE_MULTI_WRITER);
    });
  }

  private static Topology here() {
    return new Topology(Map.of("topology.loop.moorage.dev/node", Life.NODE));
  }

  private static void play(Consumer<SimNode> story) {
    play(story, Bytes.gibi(2));
  }

  private static void play(Consumer<SimNode> story, Bytes pool) {
    SimNode.play(pool, story, XFS, EXT4);
  }
}
