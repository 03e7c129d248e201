package dev.moorage.driver;

import static org.assertj.core.api.Assertions.assertThat;

import dev.moorage.base.Bytes;
import dev.moorage.csi.AccessMode;
import dev.moorage.csi.CapacityRange;
import dev.moorage.csi.ContentSource;
import dev.moorage.csi.SnapshotId;
import dev.moorage.csi.Topology;
import dev.moorage.csi.VolumeId;
import dev.moorage.driver.CreateStep.Given;
import dev.moorage.driver.CreateStep.Origin;
import dev.moorage.driver.VolumeRecord.Asked;
import dev.moorage.driver.VolumeRecord.State;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class CreateStepTest {
  private static final Use XFS = new Use("xfs", AccessMode.SINGLE_NODE_MULTI_WRITER);
  private static final Use EXT4 = new Use("ext4", AccessMode.SINGLE_NODE_MULTI_WRITER);
  private static final State READY = new State.Ready(List.of());
  private static final CapacityRange GIB = CapacityRange.atLeast(Bytes.gibi(1));
  private static final Topology HERE = new Topology(Map.of("t/node", "n1"));
  private static final Topology THERE = new Topology(Map.of("t/node", "n2"));

  private static final Given EMPTY = given(HERE, new Origin.Nothing());
  private static final ContentSource SOURCE =
      new ContentSource.Snapshot(new SnapshotId("snap_one"));

  @Test
  void a_new_name_is_made() {
    assertThat(CreateStep.next(wish(GIB, XFS, ""), EMPTY))
        .isEqualTo(new CreateStep.Make(Bytes.gibi(1)));
  }

  @Test
  void the_same_request_is_answered_again_also_after_growth() {
    check(READY, wish(GIB, XFS, ""), new CreateStep.SameAgain(volume(READY)));
    check(
        READY,
        wish(CapacityRange.atLeast(Bytes.mebi(1)), XFS, ""),
        new CreateStep.SameAgain(volume(READY)));
  }

  @Test
  void the_difference_to_another_request_of_the_name_is_named() {
    conflict(
        wish(CapacityRange.atLeast(Bytes.gibi(2)), XFS, ""), "it has 1Gi, asked was 2Gi or more");
    conflict(
        wish(new CapacityRange(Bytes.ZERO, Bytes.mebi(1)), XFS, ""),
        "it has 1Gi, asked was 0 to 1Mi");
    conflict(
        wish(GIB, EXT4, ""),
        "its capabilities are [xfs SINGLE_NODE_MULTI_WRITER], asked was [ext4"
            + " SINGLE_NODE_MULTI_WRITER]");
    conflict(wish(GIB, XFS, "x"), "its parameters are {}, asked was {label=x}");
    conflict(wish(GIB, XFS, "", THERE), "it is in another place");
    conflict(
        from(new ContentSource.Empty(), Map.of("discard", "on")),
        "its mutable parameters are {}, asked was {discard=on}");
    conflict(from(SOURCE, Map.of()), "it was made from nothing, asked was snapshot snap_one");
  }

  @Test
  void half_made_is_made_anew_and_half_gone_waits() {
    check(new State.Creating(), wish(GIB, XFS, ""), new CreateStep.Make(Bytes.gibi(1)));
    check(new State.Deleting(), wish(GIB, XFS, ""), new CreateStep.StillGoing());
  }

  @Test
  void a_volume_is_made_in_reach_of_one_of_the_requisite_places() {
    assertThat(CreateStep.next(wish(GIB, XFS, "", THERE), EMPTY))
        .isEqualTo(new CreateStep.OutOfReach());
    assertThat(CreateStep.next(wish(GIB, XFS, "", THERE, HERE), EMPTY))
        .isEqualTo(new CreateStep.Make(Bytes.gibi(1)));
    assertThat(
            CreateStep.next(wish(GIB, XFS, "", THERE), given(Topology.NONE, new Origin.Nothing())))
        .isEqualTo(new CreateStep.Make(Bytes.gibi(1)));
  }

  @Test
  void a_copy_is_at_least_as_large_as_its_source() {
    copy(CapacityRange.ANY, new CreateStep.Make(Bytes.mebi(700)));
    copy(GIB, new CreateStep.Make(Bytes.gibi(1)));
    copy(CapacityRange.atLeast(Bytes.mebi(700)), new CreateStep.Make(Bytes.mebi(700)));
    copy(CapacityRange.atLeast(Bytes.mebi(699)), new CreateStep.TooSmall(Bytes.mebi(700)));
    copy(new CapacityRange(Bytes.ZERO, Bytes.gibi(1)), new CreateStep.Make(Bytes.mebi(700)));
    copy(new CapacityRange(Bytes.ZERO, Bytes.mebi(699)), new CreateStep.TooSmall(Bytes.mebi(700)));
  }

  private static void copy(CapacityRange range, CreateStep expected) {
    var source = new Origin.There(Bytes.mebi(700), "xfs");
    assertThat(CreateStep.next(wish(range, XFS, ""), given(HERE, source))).isEqualTo(expected);
  }

  @Test
  void a_source_must_be_there_and_for_the_same_use() {
    assertThat(
            CreateStep.next(
                wish(GIB, XFS, ""), given(HERE, new Origin.Missing("snapshot snap_one"))))
        .isEqualTo(new CreateStep.NoSource("snapshot snap_one"));
    var block = new Origin.There(Bytes.gibi(1), Use.BLOCK);
    assertThat(CreateStep.next(wish(GIB, XFS, ""), given(HERE, block)))
        .isEqualTo(new CreateStep.WrongSource("the source is for block, asked was xfs"));
  }

  @Test
  void a_copy_is_answered_again_also_when_its_source_is_gone() {
    var wish = from(SOURCE, Map.of());
    var copy = new VolumeRecord(new VolumeId("v"), "v", Bytes.gibi(1), wish.asked(), READY);
    assertThat(CreateStep.next(copy, wish, given(HERE, new Origin.Missing("snapshot snap_one"))))
        .isEqualTo(new CreateStep.SameAgain(copy));
  }

  private static Given given(Topology here, Origin origin) {
    return new Given(SizeRules.ANY, here, origin);
  }

  private static Wish from(ContentSource source, Map<String, String> mutable) {
    return new Wish("v", GIB, new Asked(List.of(XFS), Map.of(), mutable, source), List.of());
  }

  private static void conflict(Wish wish, String difference) {
    check(READY, wish, new CreateStep.Conflict(difference));
  }

  private static void check(State state, Wish wish, CreateStep expected) {
    assertThat(CreateStep.next(volume(state), wish, EMPTY)).isEqualTo(expected);
  }

  private static VolumeRecord volume(State state) {
    return new VolumeRecord(
        new VolumeId("v"), "v", Bytes.gibi(1), Asked.empty(List.of(XFS), Map.of()), state);
  }

  private static Wish wish(CapacityRange range, Use use, String label, Topology... requisite) {
    var parameters = new TreeMap<String, String>();
    if (!label.isEmpty()) parameters.put("label", label);
    return new Wish("v", range, Asked.empty(List.of(use), parameters), List.of(requisite));
  }
}
