package dev.moorage.driver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.moorage.csi.CsiException;
import dev.moorage.csi.CsiException.Code;
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

  private String nothing() {
    return "";
  }

  private static CsiException refusal(Runnable call) {
    return catchThrowableOfType(CsiException.class, call::run);
  }
}
