package dev.moorage.kubeserver.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class AgesTest {

  private static void check(String span, String expected) {
    assertThat(Ages.text(Duration.parse(span))).as(span).isEqualTo(expected);
  }

  @Test
  void spans_have_two_digits_of_meaning() {
    check("PT-5S", "<invalid>");
    check("PT-1S", "0s");
    check("PT119S", "119s");
    check("PT2M", "2m");
    check("PT9M59S", "9m59s");
    check("PT179M", "179m");
    check("PT3H", "3h");
    check("PT7H59M", "7h59m");
    check("PT47H", "47h");
    check("P2D", "2d");
    check("P7DT23H", "7d23h");
    check("P8D", "8d");
    check("P729D", "729d");
    check("P730D", "2y");
    check("P3000D", "8y");
  }

  @Test
  void an_unknown_time_is_said_to_be_one() {
    assertThat(Ages.since("", Instant.EPOCH)).isEqualTo("<unknown>");
    assertThat(Ages.since("yesterday", Instant.EPOCH)).isEqualTo("<unknown>");
  }
}
