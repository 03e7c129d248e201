package dev.moorage.linux;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ProcessTableTest {
  private static final String REST =
      " 41 41 0 -1 4194560 100 0 0 0 1 2 0 0 20 0 1 0 987654 1000 200 184467";

  @Test
  void a_process_is_read_whatever_it_calls_itself() {
    var expected = new ProcessTable.Seen('S', 40, 987654);
    assertThat(ProcessTable.seen("42 (sh) S 40" + REST)).contains(expected);
    assertThat(ProcessTable.seen("42 (a b) Z 1 (x)) S 40" + REST)).contains(expected);
  }

  @Test
  void one_that_ended_in_the_middle_of_reading_is_nothing() {
    assertThat(ProcessTable.seen("")).isEmpty();
    assertThat(ProcessTable.seen("42 (sh) S")).isEmpty();
  }

  @Test
  void one_that_waits_to_be_asked_for_its_end_is_not_alive() {
    assertThat(ProcessTable.seen("42 (sh) Z 40" + REST).orElseThrow().isAlive()).isFalse();
    assertThat(ProcessTable.seen("42 (sh) D 40" + REST).orElseThrow().isAlive()).isTrue();
  }

  @Test
  void the_ids_go_from_the_outer_namespace_inwards() {
    assertThat(ProcessTable.idsIn("Name:\tsh\nNSpid:\t4711\t1\nNSsid:\t1\t0\n"))
        .containsExactly(4711L, 1L);
    assertThat(ProcessTable.idsIn("Name:\tsh\n")).isEmpty();
  }
}
