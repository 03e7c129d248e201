package dev.moorage.driver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.moorage.csi.CsiException;
import dev.moorage.csi.CsiException.Code;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PathsTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "relative",
        "some/path",
        "./a",
        "/",
        "//",
        "/..",
        "/a/../b",
        "/a/..",
        "/a/./b",
        "/a\0b",
        "/a/b\0",
        " /a"
      })
  void a_hostile_path_is_refused(String path) {
    var refused =
        catchThrowableOfType(CsiException.class, () -> Paths.checked("target_path", path));
    assertThat(refused.code()).isEqualTo(Code.INVALID_ARGUMENT);
    assertThat(refused).hasMessageStartingWith("target_path ");
  }

  @Test
  void a_path_longer_than_the_kernel_takes_is_refused() {
    var refused =
        catchThrowableOfType(
            CsiException.class, () -> Paths.checked("target_path", "/" + "a".repeat(4095)));
    assertThat(refused.code()).isEqualTo(Code.INVALID_ARGUMENT);
  }

  @Test
  void doubled_and_trailing_slashes_are_taken_out() {
    assertThat(Paths.checked("p", "//a///b/")).isEqualTo("/a/b");
  }

  @Test
  void odd_but_harmless_names_pass() {
    assertThat(Paths.checked("p", "/a/...b/ c\nd/é")).isEqualTo("/a/...b/ c\nd/é");
  }
}
