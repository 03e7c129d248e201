package dev.moorage.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.moorage.host.HostException;
import dev.moorage.host.HostException.Errno;
import java.util.List;
import org.junit.jupiter.api.Test;

class MountOptionsTest {
  @Test
  void the_kernels_flags_and_the_filesystems_options_are_told_apart() {
    check(List.of(), 0, "");
    check(List.of("ro", "nouuid"), 0x1, "nouuid");
    check(List.of("noatime,nodev", "nosuid", "logbufs=8,noexec"), 0x40e, "logbufs=8");
  }

  @Test
  void a_later_word_takes_back_an_earlier_one() {
    check(List.of("ro", "rw"), 0, "");
    check(List.of("noexec,exec,noexec"), 0x8, "");
  }

  @Test
  void words_for_boot_scripts_are_left_out() {
    check(
        List.of("defaults", "_netdev", "nofail", "x-systemd.automount", " ", "discard"),
        0,
        "discard");
  }

  @Test
  void what_would_be_another_call_is_refused() {
    for (var word : List.of("bind", "remount", "rshared", "loop", "ro,move")) {
      refuses(List.of(word));
    }
  }

  @Test
  void more_than_the_kernel_takes_is_refused() {
    check(List.of("x".repeat(4095)), 0, "x".repeat(4095));
    refuses(List.of("x".repeat(4096)));
  }

  private static void check(List<String> options, long flags, String data) {
    assertThat(MountOptions.of(options)).isEqualTo(new MountOptions(flags, data));
  }

  private static void refuses(List<String> options) {
    assertThatExceptionOfType(HostException.class)
        .isThrownBy(() -> MountOptions.of(options))
        .matches(refused -> refused.is(Errno.EINVAL));
  }
}
