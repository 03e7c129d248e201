package dev.moorage.base;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class BytesTest {

  @Test
  void rounds_up_to_whole_blocks() {
    var block = new Bytes(4096);
    assertThat(Bytes.ZERO.roundUpTo(block)).isEqualTo(Bytes.ZERO);
    assertThat(new Bytes(1).roundUpTo(block)).isEqualTo(block);
    assertThat(block.roundUpTo(block)).isEqualTo(block);
    assertThat(new Bytes(4097).roundUpTo(block)).isEqualTo(new Bytes(8192));
    assertThatThrownBy(() -> block.roundUpTo(Bytes.ZERO))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Bytes(Long.MAX_VALUE).roundUpTo(block))
        .isInstanceOf(ArithmeticException.class);
  }

  @Test
  void is_never_negative() {
    assertThatThrownBy(() -> new Bytes(-1)).isInstanceOf(IllegalArgumentException.class);
    assertThat(Bytes.mebi(1).minusAtMost(Bytes.gibi(1))).isEqualTo(Bytes.ZERO);
    assertThat(Bytes.gibi(1).minusAtMost(Bytes.mebi(1))).isEqualTo(Bytes.mebi(1023));
  }

  @Test
  void prints_the_largest_unit_that_divides_it() {
    assertThat(Bytes.gibi(2)).hasToString("2Gi");
    assertThat(Bytes.mebi(300)).hasToString("300Mi");
    assertThat(new Bytes(4097)).hasToString("4097");
    assertThat(Bytes.ZERO).hasToString("0");
  }

  @Test
  void compares() {
    assertThat(Bytes.mebi(1).isBelow(Bytes.gibi(1))).isTrue();
    assertThat(Bytes.mebi(1).isBelow(Bytes.mebi(1))).isFalse();
    assertThat(Bytes.gibi(1).isAbove(Bytes.mebi(1))).isTrue();
    assertThat(Bytes.gibi(1).max(Bytes.mebi(1))).isEqualTo(Bytes.gibi(1));
    assertThat(Bytes.mebi(1).plus(Bytes.mebi(2))).isEqualTo(Bytes.mebi(3));
  }
}
