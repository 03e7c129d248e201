package dev.moorage.driver;

import static dev.moorage.driver.KitBench.LONG;
import static dev.moorage.driver.KitBench.SIZE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.moorage.base.Bytes;
import dev.moorage.csi.AccessMode;
import dev.moorage.csi.CapacityRange;
import dev.moorage.csi.ContentSource;
import dev.moorage.csi.ControllerExpandVolume;
import dev.moorage.csi.CreateSnapshot;
import dev.moorage.csi.CsiException;
import dev.moorage.csi.CsiException.Code;
import dev.moorage.csi.GetSnapshot;
import dev.moorage.csi.GroupSnapshotId;
import dev.moorage.csi.ListSnapshots;
import dev.moorage.csi.Secrets;
import dev.moorage.csi.Snapshot;
import dev.moorage.csi.SnapshotId;
import dev.moorage.csi.Topology;
import dev.moorage.csi.TopologyRequirement;
import dev.moorage.csi.VolumeCapability;
import dev.moorage.csi.VolumeId;
import dev.moorage.host.HostException.Errno;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// Snapshots, and volumes made from them and from other volumes.
class SnapshotsTest {
  private static final VolumeId VOLUME = new VolumeId("vol");
  private static final SnapshotId SNAPSHOT = new SnapshotId("snap_one");
  private static final ContentSource FROM_SNAPSHOT = new ContentSource.Snapshot(SNAPSHOT);
  private static final ContentSource FROM_VOLUME = new ContentSource.Volume(VOLUME);

  @Test
  void a_snapshot_is_the_same_in_every_answer() {
    KitBench.play(bench -> {
      bench.call(KitBench.volume("vol"));
      var cut = bench.tasks.now();
      var made = bench.call(KitBench.snapshot("one", "vol"));
      assertThat(made)
          .isEqualTo(
              new Snapshot(SNAPSHOT, VOLUME, SIZE, cut, true, GroupSnapshotId.NONE, List.of()));
      bench.tasks.home().sleep(LONG);
      bench.restart();
      assertThat(bench.call(KitBench.snapshot("one", "vol"))).isEqualTo(made);
      assertThat(bench.call(new GetSnapshot(SNAPSHOT, Secrets.NONE))).isEqualTo(made);
      assertThat(bench.call(KitBench.list()).snapshots()).containsExactly(made);
    });
  }

  @Test
  void a_name_belongs_to_one_volume() {
    KitBench.play(bench -> {
      bench.call(KitBench.volume("vol"));
      bench.call(KitBench.volume("other"));
      bench.call(KitBench.snapshot("one", "vol"));
      assertThat(bench.refused(Code.ALREADY_EXISTS, KitBench.snapshot("one", "other")))
          .hasMessage("snapshot one exists, but it is of volume vol, asked was other");
      bench.refused(Code.ALREADY_EXISTS, KitBench.snapshot("one", "vol", Map.of("how", "frozen")));
    });
  }

  @Test
  void what_is_missing_or_wrong_is_named() {
    KitBench.play(bench -> {
      bench.call(KitBench.volume("vol"));
      assertThat(bench.refused(Code.INVALID_ARGUMENT, KitBench.snapshot("", "vol")))
          .hasMessage("name is missing");
      assertThat(bench.refused(Code.INVALID_ARGUMENT, KitBench.snapshot("one", "")))
          .hasMessage("source_volume_id is missing");
      bench.refused(Code.INVALID_ARGUMENT, KitBench.snapshot("x".repeat(129), "vol"));
      bench.refused(Code.INVALID_ARGUMENT, KitBench.snapshot("one", "vol", Map.of("x", "y")));
      assertThat(bench.refused(Code.NOT_FOUND, KitBench.snapshot("one", "gone")))
          .hasMessage("snapshot one: there is no volume gone");
      bench.refused(Code.INVALID_ARGUMENT, KitBench.deleteSnapshot(""));
      bench.refused(Code.INVALID_ARGUMENT, new GetSnapshot(new SnapshotId(""), Secrets.NONE));
      bench.refused(Code.NOT_FOUND, new GetSnapshot(SNAPSHOT, Secrets.NONE));
      assertThat(bench.snapshots()).isEmpty();
    });
  }

  @Test
  void snapshots_and_copies_live_on_without_what_they_were_made_from() {
    KitBench.play(bench -> {
      bench.call(KitBench.volume("vol"));
      bench.call(KitBench.snapshot("one", "vol"));
      bench.call(KitBench.deleteVolume("vol"));
      assertThat(bench.snapshots()).containsExactly("snap_one");
      bench.call(KitBench.snapshot("one", "vol"));
      bench.call(KitBench.volume("copy", FROM_SNAPSHOT, CapacityRange.ANY));
      bench.call(KitBench.deleteSnapshot("snap_one"));
      bench.call(KitBench.deleteSnapshot("snap_one"));
      bench.call(KitBench.deleteSnapshot("anything"));
      assertThat(bench.files()).containsExactly("copy.img");
      assertThat(bench.backend.holders()).containsExactly("copy");
      var again = bench.call(KitBench.volume("copy", FROM_SNAPSHOT, CapacityRange.ANY));
      assertThat(again.source()).isEqualTo(FROM_SNAPSHOT);
    });
  }

  @Test
  void a_copy_tells_its_source_and_has_at_least_its_size() {
    KitBench.play(bench -> {
      bench.call(KitBench.volume("vol"));
      bench.call(KitBench.snapshot("one", "vol"));
      for (var source : List.of(FROM_SNAPSHOT, FROM_VOLUME)) {
        var name = source instanceof ContentSource.Volume ? "clone" : "restored";
        var copy = bench.call(KitBench.volume(name, source, CapacityRange.ANY));
        assertThat(copy.source()).isEqualTo(source);
        assertThat(copy.capacity()).isEqualTo(SIZE);
        var larger = CapacityRange.atLeast(Bytes.mebi(100));
        assertThat(bench.call(KitBench.volume(name + "-larger", source, larger)).capacity())
            .isEqualTo(Bytes.mebi(100));
        var smaller = CapacityRange.atLeast(Bytes.mebi(63));
        bench.refused(Code.OUT_OF_RANGE, KitBench.volume(name + "-small", source, smaller));
        assertThat(
                bench.host.files().look(FullBackend.image(name + "-larger")).orElseThrow().size())
            .isEqualTo(Bytes.mebi(100));
      }
      assertThat(bench.volumes())
          .containsExactly("clone", "clone-larger", "restored", "restored-larger", "vol");
    });
  }

  @Test
  void a_source_must_be_there_and_fit() {
    KitBench.play(bench -> {
      bench.call(KitBench.volume("vol"));
      assertThat(
              bench.refused(
                  Code.NOT_FOUND, KitBench.volume("copy", FROM_SNAPSHOT, CapacityRange.ANY)))
          .hasMessage("volume copy: there is no snapshot snap_one");
      bench.refused(
          Code.NOT_FOUND,
          KitBench.volume(
              "copy", new ContentSource.Volume(new VolumeId("../x")), CapacityRange.ANY));
      // A volume that is made from itself is there only when it is there.
      bench.refused(
          Code.NOT_FOUND,
          KitBench.volume(
              "self", new ContentSource.Volume(new VolumeId("self")), CapacityRange.ANY));
      bench.refused(Code.ALREADY_EXISTS, KitBench.volume("vol", FROM_VOLUME, CapacityRange.ANY));
      var xfs = VolumeCapability.mount("xfs", AccessMode.SINGLE_NODE_WRITER);
      assertThat(
              bench.refused(
                  Code.INVALID_ARGUMENT,
                  KitBench.volume("copy", FROM_VOLUME, CapacityRange.ANY, xfs, Map.of())))
          .hasMessage("volume copy: the source is for ext4, asked was xfs");
    });
  }

  @Test
  void space_of_snapshots_is_set_aside_and_given_back() {
    KitBench.play(bench -> {
      bench.call(
          KitBench.volume(
              "vol", new ContentSource.Empty(), CapacityRange.atLeast(Bytes.mebi(400))));
      bench.call(KitBench.snapshot("one", "vol"));
      assertThat(bench.backend.holders()).containsExactly("snap_one", "vol");
      assertThat(bench.refused(Code.RESOURCE_EXHAUSTED, KitBench.snapshot("two", "vol")))
          .hasMessageContaining("needs 400Mi");
      bench.restart();
      bench.refused(Code.RESOURCE_EXHAUSTED, KitBench.snapshot("two", "vol"));
      bench.call(KitBench.deleteSnapshot("snap_one"));
      bench.call(KitBench.snapshot("two", "vol"));
      assertThat(bench.snapshots()).containsExactly("snap_two");
    });
  }

  @Test
  void a_snapshot_of_a_grown_volume_needs_the_grown_size() {
    KitBench.play(bench -> {
      bench.call(KitBench.volume("vol"));
      bench.call(KitBench.snapshot("one", "vol"));
      bench.call(
          new ControllerExpandVolume(
              VOLUME, CapacityRange.atLeast(Bytes.mebi(80)), Secrets.NONE, KitBench.EXT4));
      assertThat(bench.call(KitBench.snapshot("two", "vol")).size()).isEqualTo(Bytes.mebi(80));
      assertThat(bench.call(KitBench.snapshot("one", "vol")).size()).isEqualTo(SIZE);
    });
  }

  @Test
  void a_failed_cut_leaves_nothing_and_can_be_made_again() {
    KitBench.play(bench -> {
      bench.call(KitBench.volume("vol"));
      bench.host.faults().failNext("allocate", Errno.ENOSPC);
      bench.refused(Code.RESOURCE_EXHAUSTED, KitBench.snapshot("one", "vol"));
      assertThat(bench.files()).containsExactly("vol.img");
      assertThat(bench.backend.holders()).containsExactly("vol");
      bench.call(KitBench.snapshot("one", "vol"));
    });
  }

  @Test
  void what_a_failed_undo_leaves_is_seen_by_nobody_and_cut_anew() {
    KitBench.play(bench -> {
      bench.call(KitBench.volume("vol"));
      bench.host.faults().failNext("allocate", Errno.EIO);
      bench.host.faults().fail("remove file", FullBackend.image("snap_one"), 2, Errno.EIO);
      bench.refused(Code.DATA_LOSS, KitBench.snapshot("one", "vol"));
      assertThat(bench.snapshots()).isEmpty();
      bench.refused(Code.NOT_FOUND, new GetSnapshot(SNAPSHOT, Secrets.NONE));
      bench.refused(Code.NOT_FOUND, KitBench.volume("copy", FROM_SNAPSHOT, CapacityRange.ANY));
      bench.call(KitBench.snapshot("one", "vol"));
      assertThat(bench.snapshots()).containsExactly("snap_one");
    });
  }

  @Test
  void lists_are_filtered_by_volume_and_by_snapshot() {
    KitBench.play(bench -> {
      for (var volume : List.of("v", "w")) {
        bench.call(KitBench.volume(volume));
        for (var name : List.of("one", "two"))
          bench.call(KitBench.snapshot(name + "-" + volume, volume));
      }
      assertThat(listed(bench, "v", "")).containsExactly("snap_one-v", "snap_two-v");
      assertThat(listed(bench, "", "snap_two-w")).containsExactly("snap_two-w");
      assertThat(listed(bench, "v", "snap_two-w")).isEmpty();
      assertThat(listed(bench, "gone", "")).isEmpty();
      assertThat(listed(bench, "", "none-exist-id")).isEmpty();
      var page =
          bench.call(new ListSnapshots(1, "", new VolumeId("w"), new SnapshotId(""), Secrets.NONE));
      assertThat(page.snapshots()).extracting(Snapshot::id).containsExactly(id("snap_one-w"));
      var rest =
          bench.call(
              new ListSnapshots(
                  0, page.nextToken(), new VolumeId("w"), new SnapshotId(""), Secrets.NONE));
      assertThat(rest.snapshots()).extracting(Snapshot::id).containsExactly(id("snap_two-w"));
    });
  }

  private static SnapshotId id(String text) {
    return new SnapshotId(text);
  }

  private static List<String> listed(KitBench bench, String volume, String snapshot) {
    return bench.call(KitBench.list(volume, snapshot)).snapshots().stream()
        .map(found -> found.id().text())
        .toList();
  }

  @Test
  void what_a_backend_refuses_to_remove_stays_usable() {
    var bench = new KitBench();
    bench.backend = new Refusing(bench);
    bench.run(run -> {
      run.call(KitBench.volume("vol"));
      run.call(KitBench.snapshot("one", "vol"));
      run.refused(Code.FAILED_PRECONDITION, KitBench.deleteVolume("vol"));
      run.refused(Code.FAILED_PRECONDITION, KitBench.deleteSnapshot("snap_one"));
      run.call(KitBench.snapshot("two", "vol"));
      run.call(KitBench.volume("copy", FROM_SNAPSHOT, CapacityRange.ANY));
      assertThat(run.snapshots()).containsExactly("snap_one", "snap_two");
    });
  }

  private static final class Refusing extends FullBackend {
    Refusing(KitBench bench) {
      super(bench.host);
    }

    @Override
    public void delete(VolumeRecord volume) {
      throw new CsiException(Code.FAILED_PRECONDITION, "snapshots need it");
    }

    @Override
    public void delete(SnapshotRecord snapshot) {
      throw new CsiException(Code.FAILED_PRECONDITION, "volumes need it");
    }
  }

  @Test
  void a_snapshot_is_where_its_volume_is_in_1_13() {
    for (var version : CsiVersion.values()) {
      var bench = new KitBench();
      bench.version = version;
      bench.backend = new Placed(bench);
      bench.run(run -> {
        run.call(KitBench.volume("vol"));
        var places = run.call(KitBench.snapshot("one", "vol")).accessible();
        assertThat(places)
            .isEqualTo(version == CsiVersion.V1_12 ? List.of() : List.of(Placed.HERE));
        var elsewhere = new Topology(Map.of("t/node", "node-b"));
        run.refused(
            Code.RESOURCE_EXHAUSTED,
            new CreateSnapshot(
                VOLUME,
                "two",
                Secrets.NONE,
                Map.of(),
                new TopologyRequirement(List.of(elsewhere), List.of())));
      });
    }
  }

  private static final class Placed extends FullBackend implements ReportsTopology {
    private static final Topology HERE = new Topology(Map.of("t/node", "node-a"));

    Placed(KitBench bench) {
      super(bench.host);
    }

    @Override
    public Topology here() {
      return HERE;
    }
  }

  @Test
  void what_the_backend_cannot_is_refused() {
    var bench = new KitBench();
    bench.small = true;
    bench.run(run -> {
      run.call(KitBench.volume("vol"));
      run.refused(Code.UNIMPLEMENTED, KitBench.snapshot("one", "vol"));
      run.refused(Code.UNIMPLEMENTED, KitBench.deleteSnapshot("snap_one"));
      run.refused(Code.UNIMPLEMENTED, KitBench.list());
      run.refused(Code.UNIMPLEMENTED, new GetSnapshot(SNAPSHOT, Secrets.NONE));
      run.refused(Code.INVALID_ARGUMENT, KitBench.volume("copy", FROM_SNAPSHOT, CapacityRange.ANY));
      run.refused(Code.INVALID_ARGUMENT, KitBench.volume("copy", FROM_VOLUME, CapacityRange.ANY));
    });
  }
}
