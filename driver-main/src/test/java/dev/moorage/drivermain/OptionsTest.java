package dev.moorage.drivermain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.moorage.driver.CsiVersion;
import dev.moorage.driver.Driver;
import dev.moorage.driver.Driver.Mode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class OptionsTest {

  @Test
  void the_defaults() {
    assertThat(options(Map.of("CSI_ENDPOINT", "unix:///run/csi.sock")))
        .isEqualTo(
            new Options(
                "unix:///run/csi.sock",
                new Driver.Settings(
                    "small.example.dev",
                    "1.0",
                    "host-1",
                    Mode.ALL,
                    "/var/lib/small.example.dev",
                    0,
                    CsiVersion.V1_12),
                Optional.empty(),
                2,
                Map.of()));
  }

  @Test
  void every_flag_arrives() {
    assertThat(
            options(
                Map.of("CSI_ENDPOINT", "unix:///other.sock"),
                "--endpoint=unix:/run/csi.sock",
                "--node-id=node-1",
                "--mode=node",
                "--state=/srv/../srv/small",
                "--csi-version=1.13",
                "--driver-name=other.example.dev",
                "--max-volumes=7",
                "--http-endpoint=[::1]:9808",
                "-v=5"))
        .isEqualTo(
            new Options(
                "unix:///run/csi.sock",
                new Driver.Settings(
                    "other.example.dev",
                    "1.0",
                    "node-1",
                    Mode.NODE,
                    "/srv/small",
                    7,
                    CsiVersion.V1_13),
                Optional.of(new HttpAddress("::1", 9808)),
                5,
                Map.of()));
  }

  @Test
  void what_is_wrong_is_named() {
    wrong("CSI_ENDPOINT");
    wrong("tcp://127.0.0.1:1", "--endpoint=tcp://127.0.0.1:1");
    wrong("csi.sock", "--endpoint=unix://csi.sock");
    wrong("--mode is one of all, controller, node, not both", "--endpoint=/s", "--mode=both");
    wrong("--csi-version is one of 1.12, 1.13", "--endpoint=/s", "--csi-version=2");
    wrong("--max-volumes is a number, not many", "--endpoint=/s", "--max-volumes=many");
    wrong("max-volumes", "--endpoint=/s", "--max-volumes=-1");
    wrong("driver-name", "--endpoint=/s", "--driver-name=-");
    wrong("--http-endpoint", "--endpoint=/s", "--http-endpoint=9808");
    wrong("--http-endpoint", "--endpoint=/s", "--http-endpoint=:99999");
  }

  private static Options options(Map<String, String> environment, String... words) {
    var flags = Options.flags("small.example.dev");
    return Options.of(
        Arguments.read(flags, List.of(words)), "1.0", environment, Optional.of("host-1"), Map.of());
  }

  private static void wrong(String message, String... words) {
    assertThatExceptionOfType(WrongUse.class)
        .isThrownBy(() -> options(Map.of(), words))
        .withMessageContaining(message);
  }
}
