package dev.moorage.drivermain;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class RestTest {
  private final AtomicLong calls = new AtomicLong();
  private final AtomicInteger collected = new AtomicInteger();
  private final Rest rest = new Rest(calls::get, collected::incrementAndGet);

  @Test
  void memory_is_given_back_once_after_work() {
    calls.set(1000);
    rest.look();
    assertThat(collected).as("still at work").hasValue(0);
    rest.look();
    rest.look();
    assertThat(collected).hasValue(1);
  }

  @Test
  void a_question_now_and_then_is_a_rest() {
    calls.set(1000);
    rest.look();
    calls.addAndGet(3);
    rest.look();
    assertThat(collected).hasValue(1);
  }

  @Test
  void who_has_done_little_keeps_what_it_has() {
    calls.set(5);
    rest.look();
    rest.look();
    assertThat(collected).hasValue(0);
  }
}
