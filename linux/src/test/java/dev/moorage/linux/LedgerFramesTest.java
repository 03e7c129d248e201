package dev.moorage.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.moorage.host.HostException;
import dev.moorage.host.HostException.Errno;
import dev.moorage.host.Ledger.Entry;
import dev.moorage.linux.LedgerFrames.Change;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LedgerFramesTest {
  private static final Entry ONE = Entry.of(Map.of("size", "1"));
  private static final byte[] FILE =
      file(List.of(put("a"), put("b")), List.of(put("c")), List.of(gone("a"), put("d")));

  @Test
  void frames_are_applied_in_order() {
    var read = LedgerFrames.read("x", FILE);
    assertThat(read.entries()).containsOnlyKeys("b", "c", "d").containsEntry("b", ONE);
    assertThat(read.good()).isEqualTo(FILE.length);
  }

  /// A crash leaves any part of the last frame, with or without zeros behind it.
  @Test
  void a_last_frame_torn_anywhere_is_cut_off_as_a_whole() {
    int whole = file(List.of(put("a"), put("b")), List.of(put("c"))).length;
    for (int length = whole; length < FILE.length; length++) {
      check(Arrays.copyOf(FILE, length), whole);
      check(Arrays.copyOf(Arrays.copyOf(FILE, length), FILE.length + 100), whole);
    }
  }

  private static void check(byte[] torn, int whole) {
    var read = LedgerFrames.read("x", torn);
    assertThat(read.entries()).containsOnlyKeys("a", "b", "c");
    assertThat(read.good()).isEqualTo(whole);
  }

  @Test
  void a_damaged_byte_anywhere_before_the_last_frame_is_told() {
    int lastFrame = file(List.of(put("a"), put("b")), List.of(put("c"))).length;
    for (int at = LedgerFrames.HEAD_BYTES; at < lastFrame; at++) {
      var damaged = FILE.clone();
      damaged[at] ^= 0x20;
      refuses(Errno.EIO, damaged);
    }
  }

  @Test
  void a_newer_version_and_another_sort_of_file_are_refused() {
    var newer = FILE.clone();
    System.arraycopy(LedgerFrames.head(2), 0, newer, 0, LedgerFrames.HEAD_BYTES);
    refuses(Errno.EINVAL, newer);
    refuses(
        Errno.EINVAL,
        "this is somebody's letter".getBytes(java.nio.charset.StandardCharsets.UTF_8));
  }

  private static void refuses(Errno errno, byte[] file) {
    assertThatExceptionOfType(HostException.class)
        .isThrownBy(() -> LedgerFrames.read("x", file))
        .matches(refused -> refused.is(errno));
  }

  private static Change put(String key) {
    return new Change(key, Optional.of(ONE));
  }

  private static Change gone(String key) {
    return new Change(key, Optional.empty());
  }

  @SafeVarargs
  private static byte[] file(List<Change>... frames) {
    var file = new ByteArrayOutputStream();
    file.writeBytes(LedgerFrames.head());
    for (var frame : frames) file.writeBytes(LedgerFrames.frame(frame));
    return file.toByteArray();
  }
}
