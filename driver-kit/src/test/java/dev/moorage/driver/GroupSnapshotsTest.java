package dev.moorage.driver;

import static dev.moorage.driver.KitBench.LONG;
import static org.assertj.core.api.Assertions.assertThat;

import dev.moorage.base.Bytes;
import dev.moorage.csi.CapacityRange;
import dev.moorage.csi.ContentSource;
import dev.moorage.csi.CsiException.Code;
import dev.moorage.csi.DeleteVolumeGroupSnapshot;
import dev.moorage.csi.GetVolumeGroupSnapshot;
import dev.moorage.csi.GroupSnapshot;
import dev.moorage.csi.GroupSnapshotId;
import dev.moorage.csi.Secrets;
import dev.moorage.csi.Snapshot;
import dev.moorage.csi.SnapshotId;
import dev.moorage.host.HostException.Errno;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class GroupSnapshotsTest {
  private static final GroupSnapshotId GROUP = new GroupSnapshotId("group_g");

  @Test
  void a_group_is_the_same_in_every_answer() {
    withVolumes(bench -> {
      var made = bench.call(KitBench.group("g", "w", "v"));
      assertThat(made.id()).isEqualTo(GROUP);
      assertThat(made.snapshots()).extracting(one -> one.source().text()).containsExactly("v", "w");
      assertThat(made.snapshots()).extracting(Snapshot::group).containsOnly(GROUP);
      assertThat(made.snapshots()).extracting(Snapshot::created).containsOnly(made.created());
      bench.tasks.home().sleep(LONG);
      bench.restart();
      assertThat(bench.call(KitBench.group("g", "v", "w"))).isEqualTo(made);
      assertThat(bench.call(get(GROUP, members(made)))).isEqualTo(made);
      assertThat(bench.call(KitBench.list()).snapshots())
          .containsExactlyInAnyOrderElementsOf(made.snapshots());
    });
  }

  @Test
  void members_make_volumes_and_go_with_their_group_only() {
    withVolumes(bench -> {
      var made = bench.call(KitBench.group("g", "v", "w"));
      var member = members(made).getFirst();
      bench.call(KitBench.deleteVolume("v"));
      bench.call(KitBench.volume("copy", new ContentSource.Snapshot(member), CapacityRange.ANY));
      assertThat(bench.refused(Code.INVALID_ARGUMENT, KitBench.deleteSnapshot(member.text())))
          .hasMessageContaining("belongs to group snapshot group_g");
      bench.call(delete(GROUP, members(made)));
      assertThat(bench.snapshots()).isEmpty();
      assertThat(bench.files()).containsExactly("copy.img", "w.img");
      assertThat(bench.backend.holders()).containsExactly("copy", "w");
      bench.call(delete(GROUP, members(made)));
    });
  }

  @Test
  void what_does_not_match_is_refused() {
    withVolumes(bench -> {
      var made = bench.call(KitBench.group("g", "v", "w"));
      bench.refused(Code.ALREADY_EXISTS, KitBench.group("g", "v"));
      var one = List.of(members(made).getFirst());
      bench.refused(Code.INVALID_ARGUMENT, get(GROUP, one));
      bench.refused(Code.INVALID_ARGUMENT, delete(GROUP, one));
      bench.refused(Code.INVALID_ARGUMENT, delete(GROUP, List.of()));
      var other = List.of(one.getFirst(), new SnapshotId("snap_x"));
      bench.refused(Code.INVALID_ARGUMENT, delete(GROUP, other));
      assertThat(bench.snapshots()).hasSize(2);
    });
  }

  @Test
  void what_is_missing_or_unknown_is_told_apart() {
    withVolumes(bench -> {
      bench.refused(Code.INVALID_ARGUMENT, KitBench.group("", "v"));
      bench.refused(Code.INVALID_ARGUMENT, KitBench.group("g"));
      bench.refused(Code.INVALID_ARGUMENT, KitBench.group("g", "v", "v"));
      bench.refused(Code.INVALID_ARGUMENT, KitBench.group("g", "v", ""));
      assertThat(bench.refused(Code.NOT_FOUND, KitBench.group("g", "v", "gone")))
          .hasMessage("group snapshot g: there is no volume gone");
      var none = new GroupSnapshotId("");
      bench.refused(Code.INVALID_ARGUMENT, get(none, List.of()));
      bench.refused(Code.INVALID_ARGUMENT, delete(none, List.of()));
      bench.refused(Code.NOT_FOUND, get(GROUP, List.of()));
      bench.refused(Code.NOT_FOUND, get(new GroupSnapshotId("x/y"), List.of()));
      bench.call(delete(GROUP, List.of()));
    });
  }

  @Test
  void all_or_none_are_cut() {
    withVolumes(bench -> {
      var second = SnapshotIds.member(GROUP, VolumeIds.of("w"));
      bench.host.faults().fail("allocate", FullBackend.image(second.text()), 1, Errno.EIO);
      bench.refused(Code.DATA_LOSS, KitBench.group("g", "v", "w"));
      assertThat(bench.snapshots()).isEmpty();
      assertThat(bench.files()).containsExactly("v.img", "w.img");
      assertThat(bench.backend.holders()).containsExactly("v", "w");
      bench.call(KitBench.group("g", "v", "w"));
    });
  }

  @Test
  void what_a_failed_undo_leaves_is_seen_by_nobody_and_undone_before_the_next_cut() {
    withVolumes(bench -> {
      var second = FullBackend.image(SnapshotIds.member(GROUP, VolumeIds.of("w")).text());
      bench.host.faults().fail("allocate", second, 1, Errno.EIO);
      bench.host.faults().fail("remove file", second, 2, Errno.EIO);
      bench.refused(Code.DATA_LOSS, KitBench.group("g", "v", "w"));
      assertThat(bench.snapshots()).isEmpty();
      bench.refused(Code.NOT_FOUND, get(GROUP, List.of()));
      var made = bench.call(KitBench.group("g", "v"));
      assertThat(members(made)).hasSize(1);
      assertThat(bench.files()).hasSize(3);
      assertThat(bench.backend.holders()).hasSize(3);
    });
  }

  @Test
  void a_group_without_room_takes_none() {
    withVolumes(bench -> {
      bench.call(
          KitBench.volume(
              "large", new ContentSource.Empty(), CapacityRange.atLeast(Bytes.mebi(500))));
      assertThat(bench.refused(Code.RESOURCE_EXHAUSTED, KitBench.group("g", "large", "v")))
          .hasMessageContaining("of volume large needs 500Mi");
      bench.refused(Code.RESOURCE_EXHAUSTED, KitBench.group("g", "v", "w", "large"));
      assertThat(bench.backend.holders()).containsExactly("large", "v", "w");
      bench.call(KitBench.group("g", "v", "w"));
    });
  }

  private static void withVolumes(Consumer<KitBench> story) {
    KitBench.play(bench -> {
      bench.call(KitBench.volume("v"));
      bench.call(KitBench.volume("w"));
      story.accept(bench);
    });
  }

  private static List<SnapshotId> members(GroupSnapshot group) {
    return group.snapshots().stream().map(Snapshot::id).toList();
  }

  private static GetVolumeGroupSnapshot get(GroupSnapshotId group, List<SnapshotId> members) {
    return new GetVolumeGroupSnapshot(group, members, Secrets.NONE);
  }

  private static DeleteVolumeGroupSnapshot delete(GroupSnapshotId group, List<SnapshotId> members) {
    return new DeleteVolumeGroupSnapshot(group, members, Secrets.NONE);
  }
}
