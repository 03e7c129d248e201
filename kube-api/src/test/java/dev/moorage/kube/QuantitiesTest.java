package dev.moorage.kube;

import static org.assertj.core.api.Assertions.assertThat;

import dev.moorage.base.Bytes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class QuantitiesTest {

  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "-0, 0",
    "1, 1",
    "+1, 1",
    "4097, 4097",
    "1Ki, 1024",
    "1Mi, 1048576",
    "1Gi, 1073741824",
    "1Ti, 1099511627776",
    "1Pi, 1125899906842624",
    "1Ei, 1152921504606846976",
    "1k, 1000",
    "1M, 1000000",
    "1G, 1000000000",
    "1T, 1000000000000",
    "1P, 1000000000000000",
    "1E, 1000000000000000000",
    "1.5Gi, 1610612736",
    ".5Ki, 512",
    "5.Ki, 5120",
    "1e3, 1000",
    "1E3, 1000",
    "1e+3, 1000",
    "1.5e3, 1500",
    "2500e-1, 250",
    "9223372036854775807, 9223372036854775807",
    "8191Pi, 9222246136947933184",
  })
  void a_quantity_is_read_as_whole_bytes(String text, long bytes) {
    assertThat(Quantities.parse(text)).contains(new Bytes(bytes));
  }

  @ParameterizedTest
  @CsvSource({"1.1, 2", "1n, 1", "1u, 1", "1m, 1", "999m, 1", "1001m, 2", "1e-3, 1", "0.1Ki, 103"})
  void a_part_of_a_byte_is_rounded_up(String text, long bytes) {
    assertThat(Quantities.parse(text)).contains(new Bytes(bytes));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "Gi",
        ".",
        "+",
        "-",
        "1 Gi",
        " 1Gi",
        "1Gi ",
        "1gi",
        "1KI",
        "1K",
        "1B",
        "1GB",
        "1GiB",
        "1e",
        "1e3Gi",
        "1e1000",
        "e3",
        "0x10",
        "1,5Gi",
        "1_000",
        "NaN",
        "Infinity",
        "١",
        "--1",
        "1..2"
      })
  void what_is_no_quantity_is_not_read(String text) {
    assertThat(Quantities.parse(text)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"-1", "-1Gi", "-1m5", "8Ei", "9223372036854775808", "1e999", "10E"})
  void what_is_negative_or_too_large_is_not_read(String text) {
    assertThat(Quantities.parse(text)).isEmpty();
  }

  @Test
  void a_tree_may_hold_a_text_or_a_number() {
    assertThat(Quantities.of(Tree.of("1Gi"))).isEqualTo(Bytes.gibi(1));
    assertThat(Quantities.of(Tree.of(1024))).isEqualTo(new Bytes(1024));
    assertThat(Quantities.of(Tree.nothing())).isEqualTo(Bytes.ZERO);
    assertThat(Quantities.of(Tree.of("much"))).isEqualTo(Bytes.ZERO);
    assertThat(Quantities.of(Tree.of(true))).isEqualTo(Bytes.ZERO);
    assertThat(Quantities.of(Tree.of(-1))).isEqualTo(Bytes.ZERO);
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 1, 1023, 1024, 1025, 1L << 30, 3L << 29, 4097, Long.MAX_VALUE})
  void a_written_amount_is_read_again(long bytes) {
    assertThat(Quantities.parse(Quantities.text(new Bytes(bytes)))).contains(new Bytes(bytes));
  }

  @ParameterizedTest
  @CsvSource({
    "1073741824, 1Gi",
    "1610612736, 1536Mi",
    "4097, 4097",
    "0, 0",
    "1000000000, 1000000000"
  })
  void an_amount_is_written_in_the_largest_binary_unit_that_divides_it(long bytes, String text) {
    assertThat(Quantities.text(new Bytes(bytes))).isEqualTo(text);
  }
}
