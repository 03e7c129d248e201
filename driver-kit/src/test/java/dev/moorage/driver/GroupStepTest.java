package dev.moorage.driver;

import static org.assertj.core.api.Assertions.assertThat;

import dev.moorage.csi.GroupSnapshotId;
import dev.moorage.csi.SnapshotId;
import dev.moorage.csi.VolumeId;
import dev.moorage.driver.GroupRecord.State;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class GroupStepTest {
  @Test
  void a_new_name_is_cut_when_all_volumes_are_there() {
    assertThat(GroupStep.next(Optional.empty(), wish("v", "w"), List.of()))
        .isEqualTo(new GroupStep.Cut());
    assertThat(GroupStep.next(Optional.empty(), wish("v", "w"), List.of(new VolumeId("w"))))
        .isEqualTo(new GroupStep.NoSource(new VolumeId("w")));
  }

  @Test
  void the_same_request_is_answered_again_also_when_its_volumes_are_gone() {
    check(State.READY, wish("v", "w"), new GroupStep.SameAgain(group(State.READY)));
  }

  @Test
  void the_difference_to_another_request_of_the_name_is_named() {
    check(State.READY, wish("v"), new GroupStep.Conflict("it is of volumes [v, w], asked was [v]"));
    check(
        State.READY,
        new GroupWish("g", wish("v", "w").sources(), new TreeMap<>(Map.of("how", "frozen"))),
        new GroupStep.Conflict("its parameters are {}, asked was {how=frozen}"));
  }

  @Test
  void half_cut_is_undone_first_and_half_gone_waits() {
    check(State.CUTTING, wish("v"), new GroupStep.UndoFirst(group(State.CUTTING)));
    check(State.DELETING, wish("v", "w"), new GroupStep.StillGoing());
  }

  private static void check(State state, GroupWish wish, GroupStep expected) {
    assertThat(GroupStep.next(Optional.of(group(state)), wish, wish.sources())).isEqualTo(expected);
  }

  private static GroupRecord group(State state) {
    var members = new TreeMap<String, SnapshotId>();
    for (var volume : List.of("v", "w")) members.put(volume, new SnapshotId("member_" + volume));
    var id = new GroupSnapshotId("group_g");
    return new GroupRecord(id, "g", members, Instant.EPOCH, Map.of(), state);
  }

  private static GroupWish wish(String... volumes) {
    return new GroupWish("g", Stream.of(volumes).map(VolumeId::new).toList(), new TreeMap<>());
  }
}
