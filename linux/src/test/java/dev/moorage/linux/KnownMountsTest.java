package dev.moorage.linux;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class KnownMountsTest {
  private static final String FIRST = "36 35 7:3 / /first rw - xfs /dev/loop3 rw\n";
  private static final String SECOND = "37 35 7:4 / /second rw - xfs /dev/loop4 rw\n";

  private final KnownMounts known = new KnownMounts();

  @Test
  void what_is_read_is_the_table_of_now() {
    for (var text : new String[] {FIRST, FIRST + SECOND, SECOND, "", SECOND + FIRST})
      assertThat(known.read(text)).isEqualTo(MountTable.of(text));
  }

  @Test
  void a_mount_that_was_made_anew_is_read_anew() {
    var _ = known.read(FIRST);
    var readOnly = FIRST.replace("rw -", "ro -");
    assertThat(known.read(readOnly)).isEqualTo(MountTable.of(readOnly));
  }

  @Test
  void lines_that_are_as_before_are_held_once() {
    var before = known.read(FIRST + SECOND).lines();
    var after = known.read(SECOND).lines();
    assertThat(after.getFirst()).isSameAs(before.getLast());
  }
}
