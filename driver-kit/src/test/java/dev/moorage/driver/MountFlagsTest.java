package dev.moorage.driver;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MountFlagsTest {
  @Test
  void options_of_filesystems_pass() {
    assertThat(MountFlags.refusal(List.of("noatime", "nodev", "ro", "allocsize=1m"))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "bind",
        "remount",
        "noatime,bind",
        "logdev=/dev/sda",
        "loop=/dev/loop1",
        "a\0b"
      })
  void options_that_change_what_is_mounted_do_not_and_are_not_shown(String flag) {
    assertThat(MountFlags.refusal(List.of("noatime", flag)))
        .isEqualTo("mount flag 2 of 2 is not allowed");
  }

  @Test
  void too_long_a_list_is_refused() {
    assertThat(MountFlags.refusal(List.of("a".repeat(4000), "b".repeat(97))))
        .isEqualTo("the mount flags exceed 4096 bytes");
  }
}
