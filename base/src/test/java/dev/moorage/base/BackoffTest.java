package dev.moorage.base;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class BackoffTest {
  private final Backoff backoff = new Backoff(Duration.ofMillis(500), Duration.ofMinutes(5));

  @Test
  void doubles_up_to_the_longest_wait() {
    assertThat(backoff.after(0)).isEqualTo(Duration.ofMillis(500));
    assertThat(backoff.after(1)).isEqualTo(Duration.ofMillis(500));
    assertThat(backoff.after(2)).isEqualTo(Duration.ofSeconds(1));
    assertThat(backoff.after(5)).isEqualTo(Duration.ofSeconds(8));
    assertThat(backoff.after(11)).isEqualTo(Duration.ofMinutes(5));
    assertThat(backoff.after(Integer.MAX_VALUE)).isEqualTo(Duration.ofMinutes(5));
  }

  @Test
  void refuses_waits_that_make_no_sense() {
    assertThatThrownBy(() -> new Backoff(Duration.ZERO, Duration.ofSeconds(1)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Backoff(Duration.ofSeconds(2), Duration.ofSeconds(1)))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
