package dev.moorage.base.live;

import static org.assertj.core.api.Assertions.assertThat;

import dev.moorage.base.Entropy;
import org.junit.jupiter.api.Test;

class LiveEntropyTest {
  private final Entropy entropy = new LiveEntropy();

  @Test
  void draws_have_their_form_and_differ() {
    assertThat(entropy.uid()).matches("[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab].{16}");
    assertThat(entropy.uid()).isNotEqualTo(entropy.uid());
    assertThat(entropy.suffix(5)).matches("[bcdfghjklmnpqrstvwxz2456789]{5}");
    assertThat(entropy.fraction()).isBetween(0.0, 1.0);
    assertThat(entropy.token(16).reveal()).matches("[0-9a-f]{32}");
    assertThat(entropy.token(16).toString()).isEqualTo("***");
  }
}
