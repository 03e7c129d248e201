package dev.moorage.driver;

import static org.assertj.core.api.Assertions.assertThat;

import dev.moorage.base.Bytes;
import dev.moorage.csi.AccessMode;
import dev.moorage.csi.GroupSnapshotId;
import dev.moorage.csi.SnapshotId;
import dev.moorage.csi.Topology;
import dev.moorage.csi.VolumeId;
import dev.moorage.driver.SnapshotRecord.State;
import dev.moorage.driver.VolumeRecord.Asked;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class CutStepTest {
  private static final Topology HERE = new Topology(Map.of("t/node", "n1"));
  private static final Topology THERE = new Topology(Map.of("t/node", "n2"));
  private static final State READY = new State.Ready(GroupSnapshotId.NONE);
  private static final VolumeRecord VOLUME =
      new VolumeRecord(
          new VolumeId("v"),
          "v",
          Bytes.gibi(1),
          Asked.empty(List.of(new Use("xfs", AccessMode.SINGLE_NODE_WRITER)), Map.of()),
          new VolumeRecord.State.Ready(List.of()));
  private static final Optional<VolumeRecord> GONE = Optional.empty();

  @Test
  void a_new_name_is_cut_from_a_volume_that_is_there() {
    assertThat(CutStep.next(Optional.empty(), wish("v"), Optional.of(VOLUME), HERE))
        .isEqualTo(new CutStep.Cut(VOLUME));
    assertThat(CutStep.next(Optional.empty(), wish("v"), GONE, HERE))
        .isEqualTo(new CutStep.NoSource());
  }

  @Test
  void the_same_request_is_answered_again_also_when_its_volume_is_gone() {
    check(READY, wish("v"), GONE, new CutStep.SameAgain(snapshot(READY)));
  }

  @Test
  void the_difference_to_another_request_of_the_name_is_named() {
    check(
        READY,
        wish("w"),
        Optional.of(VOLUME),
        new CutStep.Conflict("it is of volume v, asked was w"));
    var parameters = new TreeMap<>(Map.of("how", "frozen"));
    check(
        READY,
        new CutWish("s", new VolumeId("v"), parameters, List.of()),
        Optional.of(VOLUME),
        new CutStep.Conflict("its parameters are {}, asked was {how=frozen}"));
  }

  @Test
  void half_cut_is_cut_anew_and_half_gone_waits() {
    var group = GroupSnapshotId.NONE;
    check(new State.Cutting(group), wish("v"), Optional.of(VOLUME), new CutStep.Cut(VOLUME));
    check(new State.Cutting(group), wish("v"), GONE, new CutStep.NoSource());
    check(new State.Deleting(group), wish("v"), Optional.of(VOLUME), new CutStep.StillGoing());
  }

  @Test
  void a_snapshot_is_cut_in_reach_of_one_of_the_requisite_places() {
    assertThat(cutAt(THERE)).isEqualTo(new CutStep.OutOfReach());
    assertThat(cutAt(THERE, HERE)).isEqualTo(new CutStep.Cut(VOLUME));
  }

  private static CutStep cutAt(Topology... places) {
    var wish = new CutWish("s", new VolumeId("v"), new TreeMap<>(), List.of(places));
    return CutStep.next(Optional.empty(), wish, Optional.of(VOLUME), HERE);
  }

  private static void check(
      State state, CutWish wish, Optional<VolumeRecord> source, CutStep expected) {
    assertThat(CutStep.next(Optional.of(snapshot(state)), wish, source, HERE)).isEqualTo(expected);
  }

  private static SnapshotRecord snapshot(State state) {
    return new SnapshotRecord(
        new SnapshotId("snap_s"), "s", VOLUME, Instant.EPOCH, Map.of(), state);
  }

  private static CutWish wish(String volume) {
    return new CutWish("s", new VolumeId(volume), new TreeMap<>(), List.of());
  }
}
