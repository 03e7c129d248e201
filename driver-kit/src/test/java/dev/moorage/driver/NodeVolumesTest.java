package dev.moorage.driver;

import static org.assertj.core.api.Assertions.assertThat;

import dev.moorage.base.Bytes;
import dev.moorage.csi.AccessMode;
import dev.moorage.csi.CapacityRange;
import dev.moorage.csi.ControllerExpandVolume;
import dev.moorage.csi.CsiException.Code;
import dev.moorage.csi.NodeExpandVolume;
import dev.moorage.csi.NodeGetCapabilities;
import dev.moorage.csi.NodeGetCapabilities.Capability;
import dev.moorage.csi.NodeGetStorageHealth;
import dev.moorage.csi.NodeGetVolumeHealth;
import dev.moorage.csi.NodeGetVolumeStats;
import dev.moorage.csi.NodeGetVolumeStats.Unit;
import dev.moorage.csi.NodeGetVolumeStats.Usage;
import dev.moorage.csi.NodePublishVolume;
import dev.moorage.csi.NodeStageVolume;
import dev.moorage.csi.NodeUnpublishVolume;
import dev.moorage.csi.Secrets;
import dev.moorage.csi.VolumeCapability;
import dev.moorage.csi.VolumeCapability.Access;
import dev.moorage.csi.VolumeHealth;
import dev.moorage.csi.VolumeHealth.Status;
import dev.moorage.csi.VolumeId;
import dev.moorage.host.Files.Sort;
import dev.moorage.host.HostException.Errno;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The node side for raw devices, folders, every access mode, and ephemeral volumes.
class NodeVolumesTest {
  private static final AccessMode SHARED = AccessMode.SINGLE_NODE_MULTI_WRITER;
  private static final VolumeCapability BLOCK = Stand.block(SHARED);
  private static final VolumeCapability EXT4 = VolumeCapability.mount("ext4", SHARED);
  private static final VolumeCapability FOLDER = VolumeCapability.mount("", SHARED);
  private static final String POD_1 = Stand.target("pod-1");
  private static final String POD_2 = Stand.target("pod-2");

  @Test
  void a_raw_device_is_shown_at_a_file_that_goes_with_it() {
    images(stand -> {
      up(stand, BLOCK);
      assertThat(stand.host.mounts().at(Stand.STAGING)).isEmpty();
      assertThat(stand.host.files().look(POD_1).orElseThrow().sort()).isEqualTo(Sort.BLOCK_DEVICE);
      stand.call(Stand.stage(BLOCK));
      stand.call(Stand.publish(BLOCK, "pod-1"));
      assertThat(stand.host.mounts().table()).hasSize(2);
      assertThat(stand.code(Stand.unstage())).isEqualTo(Code.FAILED_PRECONDITION);
      down(stand);
    });
  }

  @Test
  void a_raw_device_tells_its_size_and_grows_without_a_filesystem() {
    images(stand -> {
      up(stand, BLOCK);
      var total = new Usage(Unit.BYTES, Bytes.mebi(400).count(), 0, 0);
      assertThat(stats(stand, POD_1).usage()).containsExactly(total);
      assertThat(stats(stand, Stand.STAGING).usage()).containsExactly(total);
      assertThat(stand.call(expand(Bytes.mebi(600), BLOCK)).nodeExpansionRequired()).isTrue();
      assertThat(stand.code(expandOnNode(EXT4, POD_1))).isEqualTo(Code.INVALID_ARGUMENT);
      assertThat(stand.call(expandOnNode(BLOCK, POD_1)).capacity()).isEqualTo(Bytes.mebi(600));
      assertThat(stats(stand, POD_1).usage().getFirst().total()).isEqualTo(Bytes.mebi(600).count());
      assertThat(stand.tasks.trace()).noneMatch(effect -> effect.what().equals("format"));
      down(stand);
    });
  }

  @Test
  void a_raw_device_for_readers_takes_no_writes() {
    images(stand -> {
      stand.call(Stand.create(BLOCK));
      stand.call(Stand.stage(BLOCK));
      stand.call(Stand.publish(BLOCK, POD_1, true));
      assertThat(protectedDevice(stand)).isTrue();
      assertThat(stand.refused(Stand.publish(BLOCK, "pod-2")))
          .hasMessageContaining("read-only at all its paths or at none");
      stand.call(Stand.publish(BLOCK, POD_2, true));
      stand.call(Stand.unpublish("pod-1"));
      assertThat(protectedDevice(stand)).isTrue();
      stand.call(Stand.unpublish("pod-2"));
      assertThat(protectedDevice(stand)).isFalse();
      stand.call(Stand.publish(BLOCK, "pod-1"));
      assertThat(stand.code(Stand.publish(BLOCK, POD_2, true))).isEqualTo(Code.FAILED_PRECONDITION);
      down(stand);
    });
  }

  @Test
  void a_raw_device_that_only_reads_is_staged_so() {
    var reader = Stand.block(AccessMode.SINGLE_NODE_READER_ONLY);
    images(stand -> {
      stand.call(Stand.create(reader));
      stand.call(Stand.stage(reader));
      assertThat(protectedDevice(stand)).isTrue();
      stand.call(Stand.publish(reader, "pod-1"));
      stand.call(Stand.unpublish("pod-1"));
      assertThat(protectedDevice(stand)).isTrue();
      stand.call(Stand.unstage());
      stand.call(Stand.delete());
      stand.checkNothingLeft();
    });
  }

  private static boolean protectedDevice(Stand stand) {
    var loop = stand.host.loops().all().getFirst();
    return stand.host.blockDevices().look(loop.device()).orElseThrow().readOnly();
  }

  @Test
  void a_volume_for_one_sort_of_use_is_not_used_as_the_other() {
    images(stand -> {
      stand.call(Stand.create(BLOCK));
      assertThat(stand.refused(Stand.stage(EXT4)))
          .hasMessage("volume vol: it is for block, not for ext4");
      stand.call(Stand.stage(BLOCK));
      assertThat(stand.code(Stand.publish(EXT4, "pod-1"))).isEqualTo(Code.FAILED_PRECONDITION);
      stand.call(Stand.unstage());
      stand.call(Stand.delete());
      stand.call(Stand.create(EXT4));
      assertThat(stand.code(Stand.stage(BLOCK))).isEqualTo(Code.FAILED_PRECONDITION);
      assertThat(stand.host.loops().all()).isEmpty();
    });
  }

  @Test
  void a_folder_is_bound_and_tells_its_own_usage() {
    folders(stand -> {
      up(stand, FOLDER);
      var bound = stand.host.mounts().at(POD_1).orElseThrow();
      assertThat(bound.root()).isEqualTo(FolderBackend.FOLDER + "/vol");
      stand.call(Stand.publish(FOLDER, POD_2, true));
      assertThat(stand.host.mounts().at(POD_2).orElseThrow().readOnly()).isTrue();
      assertThat(stats(stand, POD_1).usage().getFirst())
          .isEqualTo(new Usage(Unit.BYTES, 64 << 20, 1 << 20, 63 << 20));
      assertThat(stand.code(expandOnNode(FOLDER, POD_1))).isEqualTo(Code.UNIMPLEMENTED);
      assertThat(stand.code(Stand.unstage())).isEqualTo(Code.FAILED_PRECONDITION);
      stand.call(Stand.unpublish("pod-2"));
      down(stand);
    });
  }

  @Test
  void a_folder_takes_no_filesystem_options() {
    folders(stand -> {
      stand.call(Stand.create(FOLDER));
      var flags = new VolumeCapability(new Access.Mount("", List.of("noatime"), ""), SHARED);
      assertThat(stand.code(Stand.stage(flags))).isEqualTo(Code.FAILED_PRECONDITION);
      assertThat(stand.code(Stand.stage(BLOCK))).isEqualTo(Code.FAILED_PRECONDITION);
      var readOnly = new VolumeCapability(new Access.Mount("", List.of("ro"), ""), SHARED);
      stand.call(Stand.stage(readOnly));
      assertThat(stand.host.mounts().at(Stand.STAGING).orElseThrow().readOnly()).isTrue();
    });
  }

  /// The second publish table of the specification, with the one mild reading that Kubernetes
  /// needs: a ReadWriteOnce volume may be in several pods of its node.
  @ParameterizedTest
  @CsvSource({
    "SINGLE_NODE_WRITER, true",
    "SINGLE_NODE_READER_ONLY, true",
    "MULTI_NODE_READER_ONLY, true",
    "MULTI_NODE_SINGLE_WRITER, true",
    "MULTI_NODE_MULTI_WRITER, true",
    "SINGLE_NODE_SINGLE_WRITER, false",
    "SINGLE_NODE_MULTI_WRITER, true"
  })
  void a_second_path_is_a_matter_of_the_access_mode(AccessMode mode, boolean allowed) {
    for (var capability : List.of(VolumeCapability.mount("ext4", mode), Stand.block(mode)))
      images(stand -> {
        up(stand, capability);
        stand.call(Stand.publish(capability, "pod-1"));
        if (!mode.readOnly())
          assertThat(stand.code(Stand.publish(capability, POD_1, true)))
              .isEqualTo(Code.ALREADY_EXISTS);
        if (!allowed)
          assertThat(stand.code(Stand.publish(capability, "pod-2")))
              .isEqualTo(Code.FAILED_PRECONDITION);
        else stand.call(Stand.publish(capability, "pod-2"));
        assertThat(stand.host.mounts().at(POD_1).orElseThrow().readOnly())
            .isEqualTo(mode.readOnly());
        stand.call(Stand.unpublish("pod-2"));
        down(stand);
      });
  }

  @Test
  void other_mount_flags_at_the_same_path_are_another_publication() {
    images(stand -> {
      up(stand, EXT4);
      var flags = new VolumeCapability(new Access.Mount("ext4", List.of("noatime"), ""), SHARED);
      assertThat(stand.code(Stand.publish(flags, "pod-1"))).isEqualTo(Code.ALREADY_EXISTS);
      assertThat(stand.code(Stand.stage(flags))).isEqualTo(Code.ALREADY_EXISTS);
    });
  }

  @Test
  void only_an_empty_place_of_the_right_sort_becomes_a_target() {
    images(stand -> {
      stand.call(Stand.create(BLOCK));
      stand.call(Stand.stage(BLOCK));
      stand.host.files().makeFolder(POD_1, 0750);
      assertThat(stand.code(Stand.publish(BLOCK, "pod-1"))).isEqualTo(Code.INVALID_ARGUMENT);
      stand.host.files().write(POD_2, "somebody's");
      assertThat(stand.code(Stand.publish(BLOCK, "pod-2"))).isEqualTo(Code.FAILED_PRECONDITION);
      assertThat(stand.host.files().read(POD_2)).contains("somebody's");
      assertThat(stand.code(Stand.publish(BLOCK, "pod-3"))).isEqualTo(Code.INVALID_ARGUMENT);
      assertThat(stand.host.files().look("/kubelet/pod-3")).isEmpty();
    });
  }

  @Test
  void a_folder_with_content_is_never_hidden() {
    folders(stand -> {
      stand.call(Stand.create(FOLDER));
      stand.call(Stand.stage(FOLDER));
      stand.host.files().makeFolder(POD_1 + "/content", 0750);
      assertThat(stand.code(Stand.publish(FOLDER, "pod-1"))).isEqualTo(Code.FAILED_PRECONDITION);
      stand.host.files().makeFolder(POD_2, 0750);
      stand.call(Stand.publish(FOLDER, "pod-2"));
    });
  }

  @Test
  void contexts_beyond_the_specifications_limit_are_invalid() {
    var large = Map.of("key", "v".repeat(4094));
    var none = Map.<String, String>of();
    images(stand -> {
      up(stand, EXT4);
      for (var contexts : List.of(List.of(large, none), List.of(none, large))) {
        var publish = contexts.getFirst();
        var volume = contexts.getLast();
        var stage =
            new NodeStageVolume(Stand.ID, publish, Stand.STAGING, EXT4, Secrets.NONE, volume);
        assertThat(stand.code(stage)).isEqualTo(Code.INVALID_ARGUMENT);
        var target =
            new NodePublishVolume(
                Stand.ID, publish, Stand.STAGING, POD_1, EXT4, false, Secrets.NONE, volume);
        assertThat(stand.code(target)).isEqualTo(Code.INVALID_ARGUMENT);
      }
    });
  }

  @ParameterizedTest
  @ValueSource(strings = {Stand.STATE, Stand.STATE + "/inline/x", "/var/lib", "/var//lib/"})
  void the_drivers_own_state_is_no_target(String path) {
    folders(stand -> {
      stand.call(Stand.create(FOLDER));
      assertThat(stand.code(Stand.stage(FOLDER, path))).isEqualTo(Code.INVALID_ARGUMENT);
      stand.call(Stand.stage(FOLDER));
      assertThat(stand.code(Stand.publish(FOLDER, path, false))).isEqualTo(Code.INVALID_ARGUMENT);
      stand.call(new NodeUnpublishVolume(Stand.ID, path));
      assertThat(stand.code(inline("csi-1", path))).isEqualTo(Code.INVALID_ARGUMENT);
    });
  }

  private static NodePublishVolume inline(String id, String path) {
    return new NodePublishVolume(
        new VolumeId(id),
        Map.of(),
        "",
        path,
        FOLDER,
        false,
        Secrets.NONE,
        Map.of("csi.storage.k8s.io/ephemeral", "true"));
  }

  @Test
  void an_inline_volume_lives_and_dies_with_its_pod() {
    var id = new VolumeId("csi-" + "0123456789abcdef".repeat(4));
    images(stand -> {
      var call = Stand.inline(id, EXT4, "pod-1", Map.of("size", "0.5Gi"));
      stand.call(call);
      stand.call(call);
      assertThat(stand.host.loops().all().getFirst().size()).isEqualTo(Bytes.mebi(512));
      var stats = stand.call(new NodeGetVolumeStats(id, POD_1, ""));
      assertThat(stats.usage()).hasSize(2);
      assertThat(stand.code(Stand.inline(id, EXT4, "pod-2", Map.of("size", "0.5Gi"))))
          .isEqualTo(Code.FAILED_PRECONDITION);
      assertThat(stand.code(Stand.inline(id, EXT4, "pod-1", Map.of("size", "1Gi"))))
          .isEqualTo(Code.ALREADY_EXISTS);
      assertThat(stand.host.mounts().at(POD_1)).isPresent();
      stand.call(new NodeUnpublishVolume(id, POD_2));
      assertThat(stand.host.mounts().at(POD_1)).isPresent();
      stand.call(new NodeUnpublishVolume(id, POD_1));
      stand.call(new NodeUnpublishVolume(id, POD_1));
      stand.checkNothingLeft();
    });
  }

  @Test
  void a_refused_inline_volume_leaves_nothing() {
    var id = new VolumeId("../../etc");
    images(stand -> {
      for (var size : List.of("", "-1", "1X", "many", "99999Ei"))
        assertThat(stand.code(Stand.inline(id, EXT4, "pod-1", Map.of("size", size))))
            .as(size)
            .isEqualTo(Code.INVALID_ARGUMENT);
      assertThat(stand.code(Stand.inline(id, EXT4, "pod-1", Map.of("colour", "red"))))
          .isEqualTo(Code.INVALID_ARGUMENT);
      stand.host.faults().failNext("mount", Errno.EIO);
      assertThat(stand.code(Stand.inline(id, EXT4, "pod-1", Map.of()))).isEqualTo(Code.DATA_LOSS);
      stand.checkNothingLeft();
    });
  }

  @Test
  void an_inline_volume_survives_a_driver_and_comes_back_after_a_power_cut() {
    var call = Stand.inline(new VolumeId("csi-1"), EXT4, "pod-1", Map.of());
    images(stand -> {
      stand.call(call);
      stand.kill();
      stand.awaitReady();
      assertThat(stand.host.mounts().at(POD_1)).isPresent();
      stand.kill();
      stand.host.powerCut();
      stand.awaitReady();
      assertThat(stand.host.mounts().at(POD_1)).isEmpty();
      stand.call(call);
      assertThat(stand.host.mounts().at(POD_1)).isPresent();
      stand.call(new NodeUnpublishVolume(call.volume(), POD_1));
      stand.checkNothingLeft();
    });
  }

  @Test
  void a_healthy_volume_has_no_entry() {
    images(stand -> {
      up(stand, EXT4);
      assertThat(stats(stand, POD_1).condition().orElseThrow().abnormal()).isFalse();
      stand.show(CsiVersion.V1_13);
      assertThat(health(stand)).isEmpty();
      assertThat(stats(stand, POD_1).condition()).isEmpty();
    });
  }

  @Test
  void a_mount_that_is_gone_is_told() {
    images(stand -> {
      stand.show(CsiVersion.V1_13);
      up(stand, EXT4);
      stand.host.mounts().unmount(POD_1);
      assertThat(health(stand)).containsExactly("INACCESSIBLE NotPublished");
      stand.host.mounts().unmount(Stand.STAGING);
      assertThat(health(stand))
          .containsExactly("INACCESSIBLE NotMounted", "INACCESSIBLE NotPublished");
      stand.host.loops().detach(stand.host.loops().all().getFirst().device());
      assertThat(health(stand))
          .containsExactly("INACCESSIBLE NotConnected", "INACCESSIBLE NotPublished");
    });
  }

  @Test
  void a_filesystem_that_has_turned_read_only_is_told() {
    images(stand -> {
      up(stand, EXT4);
      stand.host.mounts().unmount(POD_1);
      stand.host.mounts().unmount(Stand.STAGING);
      var device = stand.host.loops().all().getFirst().device();
      stand.host.mounts().mount(device, Stand.STAGING, "ext4", List.of("ro"));
      stand.host.mounts().bind(Stand.STAGING, POD_1, false);
      var condition = stats(stand, POD_1).condition().orElseThrow();
      assertThat(condition.abnormal()).isTrue();
      assertThat(condition.message()).startsWith("ReadOnly: ");
      stand.show(CsiVersion.V1_13);
      assertThat(health(stand)).containsExactly("DEGRADED ReadOnly");
    });
  }

  @Test
  void a_mount_that_answers_with_an_error_is_told_in_place_of_numbers() {
    images(stand -> {
      up(stand, EXT4);
      stand.host.faults().fail("usage", "", 1, Errno.EIO);
      stand.host.faults().fail("usage", "", 1, Errno.EIO);
      var stats = stats(stand, POD_1);
      assertThat(stats.usage()).isEmpty();
      assertThat(stats.condition().orElseThrow().message()).startsWith("NotAnswering: ");
    });
  }

  @Test
  void what_the_backend_knows_is_told_too() {
    Stand.play(
        host -> {
          var backend = new FolderBackend(host);
          backend.wrong.add(new VolumeHealth.Entry(Status.DATA_LOSS, "Scratched", "a scratch"));
          return backend;
        },
        stand -> {
          stand.show(CsiVersion.V1_13);
          up(stand, FOLDER);
          assertThat(health(stand)).containsExactly("DATA_LOSS Scratched");
        });
  }

  @Test
  void a_filesystem_that_this_kernel_does_not_grow_mounted_grows_when_it_is_staged_next() {
    images(stand -> {
      stand.show(CsiVersion.V1_13);
      up(stand, EXT4);
      stand.call(expand(Bytes.mebi(600), EXT4));
      assertThat(health(stand)).isEmpty();
      var refused = stand.refused(expandOnNode(EXT4, POD_1));
      assertThat(refused.code()).isEqualTo(Code.FAILED_PRECONDITION);
      assertThat(refused).hasMessageContaining("it grows when the volume is staged next");
      assertThat(health(stand)).containsExactly("DEGRADED GrowsWhenStagedNext");
      long before = stats(stand, POD_1).usage().getFirst().total();
      stand.call(Stand.unpublish("pod-1"));
      stand.call(Stand.unstage());
      stand.call(Stand.stage(EXT4));
      stand.call(Stand.publish(EXT4, "pod-1"));
      assertThat(health(stand)).isEmpty();
      assertThat(stats(stand, POD_1).usage().getFirst().total()).isGreaterThan(before);
      assertThat(stand.call(expandOnNode(EXT4, POD_1)).capacity()).isEqualTo(Bytes.mebi(600));
      down(stand);
    });
  }

  /// The version decides how health is told: as a condition, or by calls of its own.
  @Test
  void each_version_has_its_own_way_to_tell_health() {
    folders(stand -> {
      up(stand, FOLDER);
      assertThat(stand.call(new NodeGetCapabilities()).capabilities())
          .contains(Capability.VOLUME_CONDITION)
          .doesNotContain(Capability.GET_VOLUME_HEALTH, Capability.GET_STORAGE_HEALTH);
      var volume = new NodeGetVolumeHealth(Stand.ID, "", "");
      var storage = new NodeGetStorageHealth(Secrets.NONE);
      assertThat(stand.code(volume)).isEqualTo(Code.UNIMPLEMENTED);
      assertThat(stand.code(storage)).isEqualTo(Code.UNIMPLEMENTED);
      stand.show(CsiVersion.V1_13);
      assertThat(stand.call(new NodeGetCapabilities()).capabilities())
          .contains(Capability.GET_VOLUME_HEALTH, Capability.GET_STORAGE_HEALTH)
          .doesNotContain(Capability.VOLUME_CONDITION);
      assertThat(stand.call(volume).entries()).isEmpty();
      assertThat(stand.call(storage).entries()).isEmpty();
      assertThat(stats(stand, POD_1).condition()).isEmpty();
    });
  }

  private static List<String> health(Stand stand) {
    return stand.call(new NodeGetVolumeHealth(Stand.ID, "", "")).entries().stream()
        .map(entry -> entry.status() + " " + entry.reason())
        .toList();
  }

  private static NodeGetVolumeStats.Answer stats(Stand stand, String path) {
    return stand.call(new NodeGetVolumeStats(Stand.ID, path, ""));
  }

  private static ControllerExpandVolume expand(Bytes size, VolumeCapability capability) {
    return new ControllerExpandVolume(
        Stand.ID, CapacityRange.atLeast(size), Secrets.NONE, capability);
  }

  private static NodeExpandVolume expandOnNode(VolumeCapability capability, String path) {
    return new NodeExpandVolume(Stand.ID, path, CapacityRange.ANY, "", capability, Secrets.NONE);
  }

  private static void up(Stand stand, VolumeCapability capability) {
    stand.call(Stand.create(capability));
    stand.call(Stand.stage(capability));
    stand.call(Stand.publish(capability, "pod-1"));
  }

  private static void down(Stand stand) {
    stand.call(Stand.unpublish("pod-1"));
    stand.call(Stand.unstage());
    stand.call(Stand.delete());
    stand.checkNothingLeft();
  }

  private static void images(Consumer<Stand> story) {
    Stand.play(ImageBackend::new, story);
  }

  private static void folders(Consumer<Stand> story) {
    Stand.play(FolderBackend::new, story);
  }
}
