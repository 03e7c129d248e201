package dev.moorage.cli.driver;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class DriversTest {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  private int explain(String... words) {
    return Drivers.explain(printing(out), printing(err), words);
  }

  private static PrintStream printing(ByteArrayOutputStream bytes) {
    return new PrintStream(bytes, true, StandardCharsets.UTF_8);
  }

  @Test
  void help_lists_the_drivers_there_are() {
    assertThat(explain("--help")).isZero();
    assertThat(out.toString(StandardCharsets.UTF_8)).contains("  loop ", "  btrfs ");
    assertThat(Drivers.driver("loop", "1.0")).isPresent();
    assertThat(Drivers.driver("btrfs", "1.0")).isPresent();
  }

  @Test
  void a_driver_that_is_not_there_is_named() {
    assertThat(explain("nfs4")).isEqualTo(2);
    assertThat(explain()).isEqualTo(2);
    assertThat(err.toString(StandardCharsets.UTF_8)).contains("no driver nfs4", "say which driver");
    assertThat(Drivers.driver("nfs4", "1.0")).isEmpty();
  }
}
