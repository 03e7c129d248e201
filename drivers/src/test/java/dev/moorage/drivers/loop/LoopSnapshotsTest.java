package dev.moorage.drivers.loop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.moorage.base.Bytes;
import dev.moorage.csi.AccessMode;
import dev.moorage.csi.CapacityRange;
import dev.moorage.csi.ContentSource;
import dev.moorage.csi.ControllerGetVolume;
import dev.moorage.csi.ControllerModifyVolume;
import dev.moorage.csi.CreateVolume;
import dev.moorage.csi.CreateVolumeGroupSnapshot;
import dev.moorage.csi.CsiCall;
import dev.moorage.csi.CsiException.Code;
import dev.moorage.csi.DeleteSnapshot;
import dev.moorage.csi.GetCapacity;
import dev.moorage.csi.GetMetadataAllocated;
import dev.moorage.csi.GetMetadataDelta;
import dev.moorage.csi.Secrets;
import dev.moorage.csi.Topology;
import dev.moorage.csi.TopologyRequirement;
import dev.moorage.csi.VolumeCapability;
import dev.moorage.csi.VolumeId;
import dev.moorage.host.HostException.Errno;
import dev.moorage.host.LoopDevices.Options;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class LoopSnapshotsTest {
  private static final Life XFS = new Life("pvc-1", "xfs");
  private static final Life OTHER = new Life("pvc-2", "xfs");
  private static final String SNAPSHOTS = SimNode.STATE + "/pool/snapshots";
  private static final Bytes POOL = Bytes.gibi(2);

  /// So long the kit holds writers.
  private static final Duration HELD = Duration.ofSeconds(10);

  @Test
  void a_snapshot_is_cut_while_nobody_writes_and_everybody_goes_on_afterwards() {
    play(node -> {
      up(node, XFS);
      int before = node.effects();
      var snapshot = node.insist(XFS.snapshot("snap-1"));
      assertThat(snapshot.size()).isEqualTo(Life.SIZE);
      assertThat(node.since(before, "freeze", "loop flush", "clone", "thaw"))
          .containsExactly("freeze", "loop flush", "clone", "thaw");
      node.host().files().write(XFS.target("pod-1") + "/file", "goes on");
    });
  }

  @Test
  void writers_are_let_go_when_a_clone_hangs() {
    play(node -> {
      up(node, XFS);
      node.faults().hangNext("clone");
      var cutting = node.begin(XFS.snapshot("snap-1"));
      node.sleep(HELD.dividedBy(2));
      assertThat(node.frozen(XFS)).isTrue();
      node.sleep(HELD);
      assertThat(node.frozen(XFS)).isFalse();
      node.host().files().write(XFS.target("pod-1") + "/file", "goes on");
      assertThat(cutting.ended()).isFalse();
    });
  }

  @Test
  void what_another_froze_is_not_thawed() {
    play(node -> {
      up(node, XFS);
      node.host().filesystems().freeze(XFS.staging());
      assertThat(node.refusal(XFS.snapshot("snap-1"))).isEqualTo(Code.FAILED_PRECONDITION);
      assertThat(node.frozen(XFS)).isTrue();
      node.host().filesystems().thaw(XFS.staging());
      assertThat(node.host().files().names(SNAPSHOTS)).isEmpty();
      node.insist(XFS.snapshot("snap-1"));
    });
  }

  @Test
  void a_thaw_that_fails_is_tried_again() {
    play(node -> {
      up(node, XFS);
      node.faults().failNext("thaw", Errno.EIO);
      node.insist(XFS.snapshot("snap-1"));
      assertThat(node.frozen(XFS)).isFalse();
    });
  }

  @Test
  void a_failed_clone_leaves_nothing_and_nothing_frozen() {
    play(node -> {
      up(node, XFS);
      node.faults().failNext("clone", Errno.ENOSPC);
      assertThat(node.refusal(XFS.snapshot("snap-1"))).isEqualTo(Code.RESOURCE_EXHAUSTED);
      assertThat(node.frozen(XFS)).isFalse();
      assertThat(capacity(node)).isGreaterThan(Bytes.gibi(1));
    });
  }

  @Test
  void a_snapshot_of_a_thick_volume_takes_its_full_size_from_the_account() {
    play(node -> {
      node.insist(XFS.create());
      var free = capacity(node);
      var snapshot = node.insist(XFS.snapshot("snap-1"));
      assertThat(capacity(node)).isEqualTo(free.minusAtMost(Life.SIZE));
      node.insist(XFS.snapshot("snap-2"));
      node.insist(XFS.snapshot("snap-3"));
      assertThat(node.refusal(XFS.snapshot("snap-4"))).isEqualTo(Code.RESOURCE_EXHAUSTED);
      node.insist(new DeleteSnapshot(snapshot.id(), Secrets.NONE));
      node.insist(XFS.snapshot("snap-4"));
      node.kill();
      node.awaitReady();
      assertThat(capacity(node)).isEqualTo(free.minusAtMost(Bytes.mebi(1200)));
    });
  }

  @Test
  void thin_volumes_take_what_is_written_and_none_is_made_below_the_low_water_mark() {
    play(node -> {
      var free = capacity(node);
      node.insist(thin("thin-1", 1000));
      assertThat(capacity(node)).isEqualTo(free);
      node.host().files().allocate(image("thin-1"), Bytes.mebi(1000));
      assertThat(capacity(node)).isEqualTo(free.minusAtMost(Bytes.mebi(1000)));
      node.insist(thin("thin-2", 800));
      node.host().files().allocate(image("thin-2"), Bytes.mebi(800));
      assertThat(node.refusal(thin("thin-3", 4000))).isEqualTo(Code.RESOURCE_EXHAUSTED);
      node.kill();
      node.awaitReady();
      assertThat(node.refusal(thin("thin-3", 4000))).isEqualTo(Code.RESOURCE_EXHAUSTED);
    });
  }

  private static CreateVolume thin(String name, int mebibytes) {
    return new Life(name, "xfs")
        .create(CapacityRange.atLeast(Bytes.mebi(mebibytes)), Map.of("provisioning", "thin"));
  }

  @Test
  void a_thin_volume_gets_all_its_blocks_when_it_is_to_be_reserved() {
    play(node -> {
      node.insist(XFS.create(CapacityRange.atLeast(Life.SIZE), Map.of("provisioning", "thin")));
      up(node, XFS);
      assertThat(discards(node)).isTrue();
      var free = capacity(node);
      modify(node, Map.of("discard", "off"));
      assertThat(discards(node)).isFalse();
      modify(node, Map.of("reserve", "full"));
      assertThat(capacity(node)).isEqualTo(free.minusAtMost(Life.SIZE));
      var image = node.host().files().look(image("pvc-1")).orElseThrow();
      assertThat(image.allocated()).isEqualTo(Life.SIZE);
      assertThat(node.refusal(modification(Map.of("discard", "on"))))
          .isEqualTo(Code.INVALID_ARGUMENT);
      node.kill();
      node.awaitReady();
      assertThat(capacity(node)).isEqualTo(free.minusAtMost(Life.SIZE));
    });
  }

  private static boolean discards(SimNode node) {
    return node.host().loops().first(image("pvc-1")).orElseThrow().discard();
  }

  private static void modify(SimNode node, Map<String, String> mutable) {
    node.insist(modification(mutable));
  }

  private static ControllerModifyVolume modification(Map<String, String> mutable) {
    return new ControllerModifyVolume(XFS.id(), Secrets.NONE, mutable);
  }

  @Test
  void what_is_written_between_snapshots_is_told_as_changed_and_nothing_else_is() {
    play(node -> {
      up(node, XFS);
      var one = node.insist(XFS.snapshot("snap-1")).id();
      var same = node.insist(XFS.snapshot("snap-2")).id();
      node.host().files().write(XFS.target("pod-1") + "/file", "text");
      var other = node.insist(XFS.snapshot("snap-3")).id();
      assertThat(node.insist(new GetMetadataDelta(one, same, 0, 0, Secrets.NONE)).ranges())
          .isEmpty();
      var changed = node.insist(new GetMetadataDelta(same, other, 0, 0, Secrets.NONE)).ranges();
      assertThat(changed).hasSize(1);
      assertThat(node.insist(new GetMetadataAllocated(other, 0, 0, Secrets.NONE)).ranges())
          .isEqualTo(changed);
    });
  }

  @Test
  void raw_volumes_in_use_are_not_cut_in_one_group() {
    play(node -> {
      for (var name : List.of("raw-1", "raw-2")) {
        node.insist(raw(name));
        node.host().loops().attach(image(name), Options.FENCED);
      }
      assertThat(node.refusal(group("raw-1", "raw-2"))).isEqualTo(Code.FAILED_PRECONDITION);
      node.insist(XFS.create());
      var cut = node.insist(group("pvc-1", "raw-2"));
      assertThat(cut.snapshots()).hasSize(2);
    });
  }

  private static CreateVolumeGroupSnapshot group(String... names) {
    var volumes = List.of(names).stream().map(VolumeId::new).toList();
    return new CreateVolumeGroupSnapshot(
        "group-of-" + String.join("-", names), volumes, Secrets.NONE, Map.of());
  }

  private static CreateVolume raw(String name) {
    return new CreateVolume(
        name,
        CapacityRange.atLeast(Bytes.mebi(64)),
        List.of(
            new VolumeCapability(
                new VolumeCapability.Access.Block(), AccessMode.SINGLE_NODE_WRITER)),
        Map.of(),
        Secrets.NONE,
        new ContentSource.Empty(),
        TopologyRequirement.NONE,
        Map.of());
  }

  @Test
  void a_volume_whose_image_is_gone_is_told_as_ill() {
    play(node -> {
      node.insist(XFS.create());
      node.insist(OTHER.create());
      node.host().files().removeFile(image("pvc-1"));
      var ill = node.insist(new ControllerGetVolume(XFS.id())).condition().orElseThrow();
      assertThat(ill.abnormal()).isTrue();
      assertThat(ill.message()).contains(image("pvc-1"));
      var well = node.insist(new ControllerGetVolume(OTHER.id())).condition().orElseThrow();
      assertThat(well.abnormal()).isFalse();
    });
  }

  private static void up(SimNode node, Life life) {
    if (node.host().files().look(image(life.name())).isEmpty()) node.insist(life.create());
    for (CsiCall<?> call : life.up().subList(1, 4)) node.insist(call);
  }

  private static String image(String volume) {
    return SimNode.STATE + "/pool/volumes/" + volume + ".img";
  }

  private static Bytes capacity(SimNode node) {
    return node.insist(new GetCapacity(List.of(), Map.of(), Topology.NONE)).available();
  }

  private static void play(Consumer<SimNode> story) {
    SimNode.play(POOL, story, XFS, OTHER);
  }
}
