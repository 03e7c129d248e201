package dev.moorage.controller;

import static org.assertj.core.api.Assertions.assertThat;

import dev.moorage.base.Backoff;
import dev.moorage.base.ObjectKey;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class PaceTest {
  private static final ObjectKey KEY = ObjectKey.cluster("a");
  private static final Duration FIRST = Duration.ofSeconds(1);
  private static final Duration MOST = Duration.ofMinutes(5);

  private long nanos;
  private final Pace pace = new Pace(() -> nanos, new Backoff(FIRST, MOST));

  @Test
  void an_equal_attempt_waits_longer_each_time() {
    assertThat(pace.rest(KEY, "x")).isZero();
    assertThat(pace.failed(KEY, "x")).isEqualTo(FIRST);
    assertThat(pace.rest(KEY, "x")).isEqualTo(FIRST);
    nanos += FIRST.toNanos();
    assertThat(pace.rest(KEY, "x")).isZero();
    assertThat(pace.failed(KEY, "x")).isEqualTo(FIRST.multipliedBy(2));
    assertThat(pace.hopeless(KEY, "x")).isEqualTo(MOST);
  }

  @Test
  void another_attempt_or_key_does_not_wait() {
    pace.failed(KEY, "x");
    assertThat(pace.rest(KEY, "y")).isZero();
    assertThat(pace.rest(ObjectKey.cluster("b"), "x")).isZero();
  }

  @Test
  void attempts_that_take_turns_all_wait() {
    pace.failed(KEY, "x");
    pace.failed(KEY, "y");
    assertThat(pace.rest(KEY, "x")).isEqualTo(FIRST);
    assertThat(pace.failed(KEY, "x")).isEqualTo(FIRST.multipliedBy(2));
  }

  @Test
  void what_is_forgotten_begins_anew_and_old_attempts_are_forgotten() {
    pace.failed(KEY, "x");
    pace.forget(KEY);
    assertThat(pace.rest(KEY, "x")).isZero();
    for (int i = 0; i <= 16; i++) pace.failed(KEY, i);
    assertThat(pace.rest(KEY, 0)).isZero();
    assertThat(pace.rest(KEY, 16)).isEqualTo(FIRST);
  }
}
