package dev.moorage.driver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.moorage.base.Task;
import dev.moorage.csi.AccessMode;
import dev.moorage.csi.CapacityRange;
import dev.moorage.csi.ContentSource;
import dev.moorage.csi.CreateSnapshot;
import dev.moorage.csi.CreateVolume;
import dev.moorage.csi.CreateVolumeGroupSnapshot;
import dev.moorage.csi.CsiException;
import dev.moorage.csi.CsiException.Code;
import dev.moorage.csi.NodeStageVolume;
import dev.moorage.csi.Secrets;
import dev.moorage.csi.TopologyRequirement;
import dev.moorage.csi.VolumeCapability;
import dev.moorage.csi.VolumeId;
import dev.moorage.host.HostException;
import dev.moorage.host.HostException.Errno;
import dev.moorage.host.sim.SimHost;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/// Filesystems in use stand still while they are copied, and only then.
class FreezerTest {
  private static final AccessMode MODE = AccessMode.SINGLE_NODE_WRITER;
  private static final VolumeCapability XFS = VolumeCapability.mount("xfs", MODE);
  private static final VolumeCapability BLOCK = Stand.block(MODE);
  private static final CreateSnapshot CUT = cut("snap");

  /// The last backend is the living one's: a driver may have been started again.
  private static void play(
      Function<SimHost, CopyingBackend> backend, BiConsumer<Stand, CopyingBackend> story) {
    var made = new CopyingBackend[1];
    Stand.play(
        host -> made[0] = backend.apply(host),
        stand -> {
          stand.awaitReady();
          story.accept(stand, made[0]);
        });
  }

  private static void up(Stand stand) {
    stand.call(Stand.create(XFS));
    stand.call(Stand.stage(XFS));
  }

  private static void write(Stand stand) {
    stand.host.files().write(Stand.STAGING + "/file", "text");
  }

  private static void assertFrozen(Stand stand) {
    assertThatExceptionOfType(HostException.class)
        .isThrownBy(() -> write(stand))
        .withMessageContaining("is frozen");
  }

  private static long freezes(Stand stand) {
    return stand.tasks.trace().stream().filter(effect -> effect.what().equals("freeze")).count();
  }

  private static CreateSnapshot cut(String name) {
    return new CreateSnapshot(Stand.ID, name, Secrets.NONE, Map.of(), TopologyRequirement.NONE);
  }

  private static CreateVolume volume(
      String name, VolumeCapability capability, ContentSource source) {
    return new CreateVolume(
        name,
        CapacityRange.ANY,
        List.of(capability),
        Map.of(),
        Secrets.NONE,
        source,
        TopologyRequirement.NONE,
        Map.of());
  }

  @Test
  void a_mounted_filesystem_stands_still_while_it_is_cut_and_is_written_again_afterwards() {
    play(
        CopyingBackend::new,
        (stand, backend) -> {
          up(stand);
          backend.meanwhile = () -> assertFrozen(stand);
          assertThat(stand.call(CUT).ready()).isTrue();
          assertThat(freezes(stand)).isOne();
          write(stand);
        });
  }

  @Test
  void a_copys_last_touches_do_not_keep_the_sources_writers_waiting() {
    play(
        CopyingBackend::new,
        (stand, backend) -> {
          up(stand);
          backend.meanwhile = () -> assertFrozen(stand);
          backend.after = () -> write(stand);
          stand.call(volume("clone", XFS, new ContentSource.Volume(Stand.ID)));
          assertThat(freezes(stand)).isOne();
        });
  }

  @Test
  void what_is_not_mounted_here_is_not_frozen() {
    play(
        CopyingBackend::new,
        (stand, _) -> {
          up(stand);
          stand.call(Stand.unstage());
          stand.call(CUT);
          assertThat(freezes(stand)).isZero();
        });
  }

  @Test
  void a_raw_device_is_not_frozen_nor_is_what_its_node_is_bound_from() {
    play(
        CopyingBackend::new,
        (stand, _) -> {
          stand.call(Stand.create(BLOCK));
          stand.call(Stand.stage(BLOCK));
          stand.call(Stand.publish(BLOCK, "pod-1"));
          stand.call(CUT);
          assertThat(freezes(stand)).isZero();
        });
  }

  @Test
  void a_backend_whose_copies_are_of_one_moment_is_not_held() {
    play(
        host ->
            new CopyingBackend(host) {
              @Override
              public boolean copiesAtOneMoment() {
                return true;
              }
            },
        (stand, backend) -> {
          up(stand);
          backend.meanwhile = () -> write(stand);
          stand.call(CUT);
          assertThat(freezes(stand)).isZero();
        });
  }

  @Test
  void a_failed_cut_lets_writers_go() {
    play(
        CopyingBackend::new,
        (stand, backend) -> {
          up(stand);
          backend.meanwhile =
              () -> {
                throw new CsiException(Code.INTERNAL, "no");
              };
          assertThat(stand.code(CUT)).isEqualTo(Code.INTERNAL);
          write(stand);
        });
  }

  @Test
  void what_another_froze_is_not_thawed() {
    play(
        CopyingBackend::new,
        (stand, _) -> {
          up(stand);
          stand.host.filesystems().freeze(Stand.STAGING);
          assertThat(stand.code(CUT)).isEqualTo(Code.FAILED_PRECONDITION);
          assertFrozen(stand);
          stand.host.filesystems().thaw(Stand.STAGING);
          assertThat(stand.call(CUT).ready()).isTrue();
        });
  }

  @Test
  void a_thaw_that_fails_is_tried_again() {
    play(
        CopyingBackend::new,
        (stand, _) -> {
          up(stand);
          stand.host.faults().failNext("thaw", Errno.EIO);
          assertThat(stand.call(CUT).ready()).isTrue();
          write(stand);
        });
  }

  @Test
  void a_cut_that_takes_too_long_lets_writers_go_and_is_not_believed() {
    play(
        CopyingBackend::new,
        (stand, backend) -> {
          up(stand);
          backend.meanwhile =
              () -> {
                stand.tasks.home().sleep(Freezer.LONGEST.minusSeconds(1));
                assertFrozen(stand);
                stand.tasks.home().sleep(Duration.ofSeconds(2));
                write(stand);
              };
          assertThat(stand.refused(CUT))
              .hasMessageContaining("writers were let go after 10 s")
              .extracting(CsiException::code)
              .isEqualTo(Code.DEADLINE_EXCEEDED);
          backend.meanwhile = () -> {};
          assertThat(stand.call(CUT).ready()).isTrue();
        });
  }

  @Test
  void a_filesystem_that_stays_frozen_does_not_keep_another_ones_writers_waiting() {
    play(
        CopyingBackend::new,
        (stand, backend) -> {
          up(stand);
          var other = stand.call(volume("other", XFS, new ContentSource.Empty())).id();
          stage(stand, other, XFS);
          backend.meanwhile =
              () -> {
                stand.host.faults().failNext("thaw", Errno.EIO);
                stand.tasks.home().sleep(Freezer.LONGEST.plusSeconds(1));
                write(stand);
              };
          assertThat(stand.code(group(other, Stand.ID))).isEqualTo(Code.DEADLINE_EXCEEDED);
        });
  }

  @Test
  void the_volumes_of_a_group_stand_still_together_and_the_raw_one_goes_first() {
    play(
        CopyingBackend::new,
        (stand, backend) -> {
          up(stand);
          var raw = stand.call(volume("zraw", BLOCK, new ContentSource.Empty())).id();
          stage(stand, raw);
          backend.meanwhile = () -> assertFrozen(stand);
          stand.call(group(Stand.ID, raw));
          assertThat(backend.copied).containsExactly(raw.text(), Stand.ID.text());
          write(stand);
        });
  }

  @Test
  void several_raw_devices_in_use_have_no_moment_together() {
    play(
        CopyingBackend::new,
        (stand, backend) -> {
          var one = stand.call(volume("raw-1", BLOCK, new ContentSource.Empty())).id();
          var other = stand.call(volume("raw-2", BLOCK, new ContentSource.Empty())).id();
          stage(stand, one);
          stand.call(group(one, other));
          backend.copied.clear();
          stage(stand, other);
          var again =
              new CreateVolumeGroupSnapshot("g2", List.of(one, other), Secrets.NONE, Map.of());
          assertThat(stand.code(again)).isEqualTo(Code.FAILED_PRECONDITION);
          assertThat(backend.copied).isEmpty();
        });
  }

  private static void stage(Stand stand, VolumeId raw) {
    stage(stand, raw, BLOCK);
  }

  private static void stage(Stand stand, VolumeId volume, VolumeCapability capability) {
    var path = "/kubelet/" + volume;
    stand.host.files().makeFolder(path, 0750);
    stand.call(new NodeStageVolume(volume, Map.of(), path, capability, Secrets.NONE, Map.of()));
  }

  private static CreateVolumeGroupSnapshot group(VolumeId... volumes) {
    return new CreateVolumeGroupSnapshot("g", List.of(volumes), Secrets.NONE, Map.of());
  }

  @Test
  void what_a_killed_driver_left_frozen_the_next_start_thaws() {
    play(
        CopyingBackend::new,
        (stand, backend) -> {
          up(stand);
          backend.meanwhile = stand::kill;
          assertThat(stand.tryOnce(CUT)).isFalse();
          assertFrozen(stand);
          stand.awaitReady();
          write(stand);
        });
  }

  @Test
  void what_was_unmounted_while_it_was_frozen_is_thawed_through_a_mount_of_the_drivers_own() {
    play(
        CopyingBackend::new,
        (stand, backend) -> {
          up(stand);
          backend.meanwhile = stand::kill;
          assertThat(stand.tryOnce(CUT)).isFalse();
          stand.host.mounts().unmount(Stand.STAGING);
          stand.awaitReady();
          assertThat(stand.host.files().names(Stand.STATE)).doesNotContain("thaw");
          stand.call(Stand.stage(XFS));
          write(stand);
        });
  }

  @Test
  void a_call_that_is_interrupted_lets_writers_go() {
    play(
        CopyingBackend::new,
        (stand, backend) -> {
          up(stand);
          var cutting = slowCut(stand, backend);
          assertThat(stand.end()).isEmpty();
          write(stand);
          assertThatCode(cutting::await).hasMessageContaining("is ending");
        });
  }

  @Test
  void what_a_call_could_not_thaw_the_end_of_the_driver_thaws() {
    play(
        CopyingBackend::new,
        (stand, backend) -> {
          up(stand);
          var cutting = slowCut(stand, backend);
          stand.host.faults().failNext("thaw", Errno.EIO);
          assertThat(stand.end()).isEmpty();
          write(stand);
          assertThatCode(cutting::await).isInstanceOf(CsiException.class);
        });
  }

  private static Task<Boolean> slowCut(Stand stand, CopyingBackend backend) {
    backend.meanwhile = () -> stand.tasks.home().sleep(Duration.ofHours(1));
    var cutting = stand.tasks.home().start("cut", () -> stand.tryOnce(CUT));
    stand.tasks.home().sleep(Duration.ofSeconds(1));
    assertFrozen(stand);
    return cutting;
  }
}
