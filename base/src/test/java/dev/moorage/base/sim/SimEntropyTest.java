package dev.moorage.base.sim;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SimEntropyTest {

  @Test
  void equal_seeds_draw_the_same() {
    var one = new SimEntropy(7);
    var other = new SimEntropy(7);
    for (int i = 0; i < 100; i++) {
      assertThat(one.uid()).isEqualTo(other.uid());
      assertThat(one.fraction()).isEqualTo(other.fraction());
      assertThat(one.suffix(5)).isEqualTo(other.suffix(5));
      assertThat(one.token(8)).isEqualTo(other.token(8));
    }
  }

  @Test
  void draws_have_their_form() {
    var entropy = new SimEntropy(1);
    for (int i = 0; i < 100; i++) {
      assertThat(entropy.uid()).matches("[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab].{16}");
      assertThat(entropy.fraction()).isGreaterThanOrEqualTo(0).isLessThan(1);
      assertThat(entropy.suffix(5)).matches("[bcdfghjklmnpqrstvwxz2456789]{5}");
      assertThat(entropy.token(4).reveal()).matches("[0-9a-f]{8}");
    }
    assertThat(new SimEntropy(2).uid()).isNotEqualTo(new SimEntropy(3).uid());
  }
}
