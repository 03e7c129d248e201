package dev.moorage.cli.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.TypeConversionException;

class DurationsTest {
  @ParameterizedTest
  @CsvSource({"0,0", "0s,0", "90s,90000", "2m,120000", "1h30m,5400000", "1.5s,1500"})
  void spans_are_read_as_go_writes_them(String text, long millis) {
    assertThat(new Durations().convert(text)).isEqualTo(Duration.ofMillis(millis));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "5", "-1s", "1d", "s", "1s1m"})
  void others_are_refused(String text) {
    assertThatExceptionOfType(TypeConversionException.class)
        .isThrownBy(() -> new Durations().convert(text))
        .withMessage(text + " is no span of time; those are like 90s or 2m");
  }
}
