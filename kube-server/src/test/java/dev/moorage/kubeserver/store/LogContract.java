package dev.moorage.kubeserver.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.moorage.base.ObjectKey;
import dev.moorage.kube.Tree;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/// What every body of [Log] does. Logs under test keep four changes unfolded.
abstract class LogContract {
  static final int KEEP = 4;

  /// The log under test; the same one each time.
  abstract Log log();

  /// Ends the use of the log as a dying process does, and opens it again.
  abstract Log reopened();

  @Test
  void a_new_log_is_empty() {
    var kept = log().replay();
    assertThat(kept.last()).isZero();
    assertThat(kept.base()).isEmpty();
    assertThat(kept.changes()).isEmpty();
  }

  @Test
  void what_was_appended_is_there_after_reopening() {
    log().append(List.of(put(1, "a"), put(2, "b")));
    log().append(List.of(delete(3, "a")));
    assertThat(reopened().replay().changes())
        .containsExactly(put(1, "a"), put(2, "b"), delete(3, "a"));
  }

  @Test
  void revisions_go_on_after_reopening() {
    log().append(List.of(put(1, "a")));
    var log = reopened();
    log.append(List.of(put(2, "a")));
    assertThat(log.replay().last()).isEqualTo(2);
  }

  @Test
  void a_gap_between_revisions_is_refused_and_nothing_is_stored() {
    log().append(List.of(put(1, "a")));
    assertThatIllegalStateException().isThrownBy(() -> log().append(List.of(put(3, "b"))));
    assertThatIllegalStateException()
        .isThrownBy(() -> log().append(List.of(put(2, "b"), put(2, "c"))));
    assertThat(reopened().replay().changes()).containsExactly(put(1, "a"));
  }

  @Test
  void an_append_of_nothing_changes_nothing() {
    log().append(List.of());
    assertThat(log().replay().last()).isZero();
  }

  @Test
  void old_changes_are_folded_into_the_state_they_made() {
    log().append(List.of(put(1, "a"), put(2, "b"), put(3, "a"), delete(4, "b"), put(5, "c")));
    LongStream.rangeClosed(6, 9).forEach(revision -> log().append(List.of(put(revision, "d"))));
    var kept = reopened().replay();
    assertThat(kept.folded()).isEqualTo(5);
    assertThat(kept.base()).containsExactly(put(3, "a"), put(5, "c"));
    assertThat(kept.changes()).containsExactly(put(6, "d"), put(7, "d"), put(8, "d"), put(9, "d"));
    assertThat(kept.last()).isEqualTo(9);
  }

  @Test
  void folding_twice_forgets_what_was_deleted_in_between() {
    log().append(List.of(put(1, "a"), put(2, "b")));
    LongStream.rangeClosed(3, 9).forEach(revision -> log().append(List.of(put(revision, "c"))));
    log().append(List.of(delete(10, "a")));
    LongStream.rangeClosed(11, 30).forEach(revision -> log().append(List.of(put(revision, "c"))));
    assertThat(reopened().replay().base())
        .extracting(LogEntry::key)
        .containsExactly(key("b"), key("c"));
  }

  @Test
  void objects_come_back_as_they_were() {
    var object =
        Tree.object(
            "text",
            "ä\u2028\"\\\n",
            "number",
            Long.MAX_VALUE,
            "list",
            Tree.list(List.of(Tree.of(true), Tree.nothing(), Tree.empty())));
    log().append(List.of(new LogEntry(1, false, "secrets", key("x"), object)));
    assertThat(reopened().replay().changes().getFirst().object()).isEqualTo(object);
  }

  static ObjectKey key(String name) {
    return new ObjectKey("default", name);
  }

  static LogEntry put(long revision, String name) {
    return new LogEntry(
        revision, false, "pods", key(name), Tree.object("revision", revision, "name", name));
  }

  static LogEntry delete(long revision, String name) {
    return new LogEntry(revision, true, "pods", key(name), Tree.object("name", name));
  }
}
