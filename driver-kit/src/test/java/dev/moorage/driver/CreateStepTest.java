package dev.moorage.driver;

import static org.assertj.core.api.Assertions.assertThat;

import dev.moorage.base.Bytes;
import dev.moorage.csi.AccessMode;
import dev.moorage.csi.CapacityRange;
import dev.moorage.csi.Topology;
import dev.moorage.csi.VolumeId;
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

  @Test
  void a_new_name_is_made() {
    assertThat(CreateStep.next(wish(GIB, XFS, ""), SizeRules.ANY, HERE))
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
  }

  @Test
  void half_made_is_made_anew_and_half_gone_waits() {
    check(new State.Creating(), wish(GIB, XFS, ""), new CreateStep.Make(Bytes.gibi(1)));
    check(new State.Deleting(), wish(GIB, XFS, ""), new CreateStep.StillGoing());
  }

  @Test
  void a_volume_is_made_in_reach_of_one_of_the_requisite_places() {
    assertThat(CreateStep.next(wish(GIB, XFS, "", THERE), SizeRules.ANY, HERE))
        .isEqualTo(new CreateStep.OutOfReach());
    assertThat(CreateStep.next(wish(GIB, XFS, "", THERE, HERE), SizeRules.ANY, HERE))
        .isEqualTo(new CreateStep.Make(Bytes.gibi(1)));
    assertThat(CreateStep.next(wish(GIB, XFS, "", THERE), SizeRules.ANY, Topology.NONE))
        .isEqualTo(new CreateStep.Make(Bytes.gibi(1)));
  }

  private static void conflict(Wish wish, String difference) {
    check(READY, wish, new CreateStep.Conflict(difference));
  }

  private static void check(State state, Wish wish, CreateStep expected) {
    assertThat(CreateStep.next(volume(state), wish, SizeRules.ANY, HERE)).isEqualTo(expected);
  }

  private static VolumeRecord volume(State state) {
    return new VolumeRecord(new VolumeId("v"), "v", Bytes.gibi(1), List.of(XFS), Map.of(), state);
  }

  private static Wish wish(CapacityRange range, Use use, String label, Topology... requisite) {
    var parameters = new TreeMap<String, String>();
    if (!label.isEmpty()) parameters.put("label", label);
    return new Wish("v", range, List.of(use), parameters, List.of(requisite));
  }
}
