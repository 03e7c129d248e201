package dev.moorage.controlplane.placement;

import static org.assertj.core.api.Assertions.assertThat;

import dev.moorage.base.Backoff;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class TriesTest {
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
  private static final Backoff BACKOFF = new Backoff(Duration.ofSeconds(1), Duration.ofMinutes(1));

  @Test
  void tries_survive_their_text_form() {
    var tries = Tries.NONE.and("node-a", NOW).and("node-b", NOW.plusSeconds(5));
    assertThat(Tries.of(tries.text())).isEqualTo(tries);
    assertThat(Tries.of("")).isEqualTo(Tries.NONE);
    assertThat(Tries.of("node-a@soon,@3,x")).isEqualTo(Tries.NONE);
  }

  @Test
  void waits_grow_with_the_tries() {
    var tries = Tries.NONE;
    assertThat(tries.left(NOW, BACKOFF)).isZero();
    tries = tries.and("node-a", NOW).and("node-b", NOW);
    assertThat(tries.left(NOW, BACKOFF)).isEqualTo(Duration.ofSeconds(2));
    for (int i = 0; i < 40; i++) tries = tries.and("node-a", NOW);
    assertThat(tries.tries()).hasSize(16);
    assertThat(tries.left(NOW, BACKOFF)).isEqualTo(Duration.ofMinutes(1));
    assertThat(tries.left(NOW.plusSeconds(90), BACKOFF)).isNegative();
  }
}
