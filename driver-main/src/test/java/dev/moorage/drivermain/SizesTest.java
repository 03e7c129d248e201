package dev.moorage.drivermain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.moorage.base.Bytes;
import java.util.List;
import org.junit.jupiter.api.Test;

class SizesTest {
  @Test
  void amounts_are_read_in_both_systems() {
    assertThat(Sizes.parse("4096")).isEqualTo(new Bytes(4096));
    assertThat(Sizes.parse("2Gi")).isEqualTo(Bytes.gibi(2));
    assertThat(Sizes.parse("300Mi")).isEqualTo(Bytes.mebi(300));
    assertThat(Sizes.parse("1k")).isEqualTo(new Bytes(1000));
    assertThat(Sizes.parse("3G")).isEqualTo(new Bytes(3_000_000_000L));
  }

  @Test
  void what_is_no_amount_is_refused() {
    for (var text : List.of("", "Gi", "-1", "1.5Gi", "2 Gi", "2gi", "9223372036854775807", "16Ei"))
      assertThatIllegalArgumentException()
          .isThrownBy(() -> Sizes.parse(text))
          .withMessageContaining("sizes are like 2Gi");
  }
}
