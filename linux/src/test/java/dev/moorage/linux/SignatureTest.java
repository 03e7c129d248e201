package dev.moorage.linux;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class SignatureTest {
  @Test
  void our_filesystems_are_named() {
    check(0, "DEVNAME=/dev/loop0\nUUID=1\nTYPE=xfs\nUSAGE=filesystem\n", "xfs");
    check(0, "DEVNAME=/dev/loop0\nTYPE=ext4\n", "ext4");
  }

  @Test
  void whatever_else_is_unknown() {
    check(0, "TYPE=ext3\n", "unknown");
    check(0, "TYPE=LVM2_member\nUSAGE=raid\n", "unknown");
    check(0, "PTTYPE=gpt\n", "unknown");
    check(0, "TYPE=xfs\nPTTYPE=dos\n", "unknown");
    check(8, "blkid: ambivalent result\n", "unknown");
  }

  @Test
  void nothing_found_and_a_failure_are_nothing() {
    assertThat(Signature.of(2, "")).isEqualTo(Optional.empty());
    assertThat(Signature.of(4, "usage")).isEqualTo(Optional.empty());
  }

  private static void check(int exitCode, String said, String expected) {
    assertThat(Signature.of(exitCode, said)).contains(expected);
  }
}
