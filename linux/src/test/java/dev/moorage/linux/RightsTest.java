package dev.moorage.linux;

import static org.assertj.core.api.Assertions.assertThat;

import dev.moorage.linux.Rights.Missing;
import java.util.List;
import org.junit.jupiter.api.Test;

class RightsTest {
  @Test
  void effective_capabilities_are_read_as_bits() {
    assertThat(Rights.capabilities("CapPrm:\t0000\nCapEff:\t000001fffeffffff\n"))
        .isEqualTo(0x1fffeffffffL);
    assertThat(Rights.capabilities("CapEff:\tffffffffffffffff\n")).isEqualTo(-1L);
    assertThat(Rights.capabilities("nothing")).isZero();
  }

  @Test
  void one_missing_right_is_enough_to_stop() {
    var missing = new Missing("the tool bwrap", "apt install bubblewrap");
    assertThat(new Rights(List.of(missing), List.of()).suffice()).isFalse();
    assertThat(new Rights(List.of(), List.of(missing)).suffice()).isTrue();
    assertThat(missing).hasToString("the tool bwrap (apt install bubblewrap)");
  }
}
