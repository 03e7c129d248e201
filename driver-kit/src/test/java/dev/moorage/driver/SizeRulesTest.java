package dev.moorage.driver;

import static org.assertj.core.api.Assertions.assertThat;

import dev.moorage.base.Bytes;
import dev.moorage.csi.CapacityRange;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SizeRulesTest {
  private static final SizeRules XFS =
      new SizeRules(Bytes.mebi(300), Bytes.mebi(1), new Bytes(4096), Bytes.gibi(1));
  private static final long MI = 1 << 20;

  @Test
  void a_size_is_rounded_up_as_far_as_the_limit_lets_it() {
    check(1000 * MI, 0, 1000 * MI);
    check(1000 * MI + 1, 0, 1001 * MI);
    check(1000 * MI + 1, 1001 * MI, 1001 * MI);
    check(1000 * MI + 1, 1000 * MI + 4096, 1000 * MI + 4096);
    check(1000 * MI + 4096, 1000 * MI + 4096, 1000 * MI + 4096);
  }

  @Test
  void too_small_a_wish_becomes_the_minimum_unless_the_limit_forbids_it() {
    check(1, 0, 300 * MI);
    check(0, 300 * MI, 300 * MI);
    none(1, 299 * MI);
    none(0, 299 * MI);
  }

  @Test
  void without_a_wish_it_is_the_usual_size_or_the_limit() {
    check(0, 0, 1024 * MI);
    check(0, 500 * MI + 1, 500 * MI);
    check(0, 5000 * MI, 1024 * MI);
  }

  @Test
  void a_range_between_two_blocks_has_no_size() {
    none(1000 * MI + 1, 1000 * MI + 4095);
  }

  @Test
  void more_than_any_number_holds_is_no_size() {
    none(Long.MAX_VALUE, 0);
    none(Long.MAX_VALUE - 100, Long.MAX_VALUE);
  }

  private static void check(long required, long limit, long expected) {
    assertThat(choose(required, limit)).contains(new Bytes(expected));
  }

  private static void none(long required, long limit) {
    assertThat(choose(required, limit)).isEmpty();
  }

  private static Optional<Bytes> choose(long required, long limit) {
    return XFS.choose(new CapacityRange(new Bytes(required), new Bytes(limit)));
  }
}
