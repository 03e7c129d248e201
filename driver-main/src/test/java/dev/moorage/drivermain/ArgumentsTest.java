package dev.moorage.drivermain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ArgumentsTest {
  private static final List<Flag> FLAGS =
      List.of(
          new Flag("endpoint", "unix:///PATH", "", "The socket."),
          new Flag("v", "N", "2", "How much to log."),
          Flag.truth("help", "Shows this."));

  @Test
  void one_dash_or_two_and_both_forms_of_a_value_are_read() {
    for (var words :
        List.of(
            List.of("--endpoint=/a=b", "-v=5"),
            List.of("-endpoint", "/a=b", "--v", "5"),
            List.of("-endpoint=/a=b", "-v", "5", "--")))
      assertThat(read(words)).isEqualTo(values("/a=b", "5", "false"));
  }

  @Test
  void a_truth_takes_its_value_behind_an_equals_sign_only() {
    assertThat(read(List.of("--help"))).isEqualTo(values("", "2", "true"));
    assertThat(read(List.of("-help=F"))).isEqualTo(values("", "2", "false"));
    wrong("--help is true or false, not maybe", "--help=maybe");
    wrong("this says nothing to a driver: false", "--help", "false");
  }

  @Test
  void the_last_one_counts_and_a_value_may_be_empty_or_look_like_a_flag() {
    assertThat(read(List.of("-v=1", "-v", "-3"))).isEqualTo(values("", "-3", "false"));
    assertThat(read(List.of("--endpoint="))).isEqualTo(values("", "2", "false"));
  }

  @Test
  void what_is_no_flag_is_named() {
    wrong("there is no flag --endpiont", "--endpiont=/a");
    wrong("there is no flag -x", "-x");
    wrong("--endpoint wants a value: unix:///PATH", "-endpoint");
    wrong("this says nothing to a driver: serve", "serve");
    wrong("this says nothing to a driver: serve", "--", "serve");
    wrong("this says nothing to a driver: -", "-");
  }

  private static Map<String, String> values(String endpoint, String v, String help) {
    return Map.of("endpoint", endpoint, "v", v, "help", help);
  }

  private static Map<String, String> read(List<String> words) {
    return Arguments.read(FLAGS, words).values();
  }

  private static void wrong(String message, String... words) {
    assertThatExceptionOfType(WrongUse.class)
        .isThrownBy(() -> read(List.of(words)))
        .withMessageContaining(message);
  }
}
