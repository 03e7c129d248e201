package dev.moorage.driver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.moorage.csi.CsiException;
import dev.moorage.csi.CsiException.Code;
import dev.moorage.driver.KeyLocks.Hold;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class KeyLocksTest {
  private final KeyLocks locks = new KeyLocks();

  @Test
  void a_second_operation_on_a_volume_is_refused_at_once_and_told_of_the_first() {
    var refused =
        locks.alone(
            "v",
            "NodeStageVolume",
            () -> refusal(() -> locks.alone("v", "DeleteVolume", this::nothing)));
    assertThat(refused.code()).isEqualTo(Code.ABORTED);
    assertThat(refused).hasMessageContaining("NodeStageVolume of it is still running");
  }

  @Test
  void other_volumes_are_not_touched() {
    assertThat(locks.alone("v", "a", () -> locks.alone("w", "b", () -> "done"))).isEqualTo("done");
  }

  @Test
  void parts_of_a_volume_run_side_by_side_but_not_beside_the_whole() {
    var both = locks.onPart("v", "/a", "a", () -> locks.onPart("v", "/b", "b", () -> "done"));
    assertThat(both).isEqualTo("done");
    Supplier<CsiException> samePart =
        () -> refusal(() -> locks.onPart("v", "/a", "b", this::nothing));
    assertThat(locks.onPart("v", "/a", "a", samePart).code()).isEqualTo(Code.ABORTED);
    Supplier<CsiException> whole = () -> refusal(() -> locks.alone("v", "b", this::nothing));
    assertThat(locks.onPart("v", "/a", "a", whole).code()).isEqualTo(Code.ABORTED);
    Supplier<CsiException> part = () -> refusal(() -> locks.onPart("v", "/a", "b", this::nothing));
    assertThat(locks.alone("v", "a", part).code()).isEqualTo(Code.ABORTED);
  }

  @Test
  void a_failed_operation_lets_its_volume_go() {
    Supplier<String> failing =
        () -> {
          throw Refusals.notFound("no");
        };
    refusal(() -> locks.alone("v", "a", failing));
    assertThat(locks.alone("v", "b", () -> "done")).isEqualTo("done");
  }

  @Test
  void several_holds_are_taken_all_or_none() {
    var holds = List.of(Hold.whole("v"), Hold.content("w"));
    Supplier<CsiException> inner =
        () ->
            refusal(() -> locks.all(List.of(Hold.whole("x"), Hold.whole("w")), "b", this::nothing));
    assertThat(locks.all(holds, "a", inner).code()).isEqualTo(Code.ABORTED);
    assertThat(locks.alone("x", "c", () -> locks.all(holds, "d", () -> "done"))).isEqualTo("done");
  }

  @Test
  void an_operation_is_not_in_its_own_way() {
    var holds = List.of(Hold.whole("v"), Hold.content("v"));
    assertThat(locks.all(holds, "a", () -> "done")).isEqualTo("done");
    assertThat(locks.alone("v", "b", () -> "done")).isEqualTo("done");
  }

  @Test
  void readers_share_what_nobody_may_remove_meanwhile() {
    var reading = List.of(Hold.reading("s"));
    assertThat(locks.all(reading, "a", () -> locks.all(reading, "b", () -> "done")))
        .isEqualTo("done");
    Supplier<CsiException> whole = () -> refusal(() -> locks.alone("s", "b", this::nothing));
    assertThat(locks.all(reading, "a", whole).code()).isEqualTo(Code.ABORTED);
    var content = List.of(Hold.content("v"));
    Supplier<CsiException> second = () -> refusal(() -> locks.all(content, "b", this::nothing));
    assertThat(locks.all(content, "a", second).code()).isEqualTo(Code.ABORTED);
  }

  private String nothing() {
    return "";
  }

  private static CsiException refusal(Runnable call) {
    return catchThrowableOfType(CsiException.class, call::run);
  }
}
