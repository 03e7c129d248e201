package dev.moorage.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TimesTest {
  @Test
  void a_percentile_is_one_of_the_times_and_no_guess() {
    var hundred = new Times(IntStream.rangeClosed(1, 100).mapToObj(Duration::ofMillis).toList());
    assertThat(hundred.median()).hasMillis(50);
    assertThat(hundred.percentile(95)).hasMillis(95);
    assertThat(hundred.percentile(0)).hasMillis(1);
    assertThat(hundred.percentile(100)).hasMillis(100);
    assertThat(new Times(List.of(Duration.ofMillis(3))).percentile(95)).hasMillis(3);
  }

  @Test
  void an_aim_is_a_bound_from_one_side() {
    assertThat(new Row.Aim("< 5", 5, true).isMetBy(6)).isFalse();
    assertThat(new Row.Aim("> 5", 5, false).isMetBy(6)).isTrue();
  }
}
