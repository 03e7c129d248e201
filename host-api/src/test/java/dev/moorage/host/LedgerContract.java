package dev.moorage.host;

import static org.assertj.core.api.Assertions.assertThat;

import dev.moorage.host.HostException.Errno;
import dev.moorage.host.Ledger.Entry;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/// What every body of [Ledger] and [Ledgers] keeps.
public abstract class LedgerContract extends HostContract {
  private static final Entry ONE = Entry.of(Map.of("size", "1", "label", "line\nbreak ü = \\"));
  private static final Entry TWO = new Entry(2, new TreeMap<>(Map.of("size", "2")));

  /// Cuts the last record of a closed ledger short, as a crash in the middle of its write does.
  protected abstract void tearLastRecord(String path);

  /// Damages a record of a closed ledger that is not its last.
  protected abstract void damageFirstRecord(String path);

  /// Lets a closed ledger seem to be written by a newer version of the program.
  protected abstract void makeNewer(String path);

  @Test
  void entries_are_there_at_the_next_opening() {
    play(() -> {
      try (var ledger = open()) {
        assertThat(ledger.entries()).isEmpty();
        ledger.put("b", ONE);
        ledger.put("a", TWO);
        ledger.put("c", ONE);
        ledger.remove("c");
        ledger.remove("never there");
        ledger.put("b", ONE.with("size", "3").without("label"));
        check(ledger);
      }
      try (var ledger = open()) {
        check(ledger);
      }
    });
  }

  private static void check(Ledger ledger) {
    assertThat(ledger.entries().keySet()).containsExactly("a", "b");
    assertThat(ledger.find("a")).contains(TWO);
    assertThat(ledger.find("b")).contains(Entry.of(Map.of("size", "3")));
    assertThat(ledger.find("c")).isEmpty();
  }

  @Test
  void texts_of_any_sort_survive() {
    play(() -> {
      var wide = Entry.of(Map.of("", "", "k=\n\t\"", "x".repeat(100_000)));
      try (var ledger = open()) {
        ledger.put("a key / with \n everything ü", wide);
        ledger.put("one", ONE);
      }
      try (var ledger = open()) {
        assertThat(ledger.find("a key / with \n everything ü")).contains(wide);
        assertThat(ledger.find("one")).contains(ONE);
      }
    });
  }

  @Test
  void many_changes_of_few_keys_keep_it_small_and_right() {
    play(() -> {
      try (var ledger = open()) {
        for (int i = 0; i < 300; i++) ledger.put("key-" + i % 3, Entry.of(Map.of("turn", "" + i)));
      }
      try (var ledger = open()) {
        assertThat(ledger.entries()).hasSize(3);
        assertThat(ledger.find("key-2").orElseThrow().text("turn")).isEqualTo("299");
      }
    });
  }

  @Test
  void what_is_handed_out_does_not_change_afterwards() {
    play(() -> {
      try (var ledger = open()) {
        ledger.put("a", ONE);
        var before = ledger.entries();
        ledger.put("b", TWO);
        assertThat(before.keySet()).containsExactly("a");
      }
    });
  }

  @Test
  void one_opener_at_a_time() {
    play(() -> {
      try (var _ = open()) {
        refuses(Errno.EAGAIN, this::open);
      }
      open().close();
    });
  }

  @Test
  void a_torn_last_record_is_cut_off() {
    play(() -> {
      fill();
      tearLastRecord(path("ledger"));
      try (var ledger = open()) {
        assertThat(ledger.entries().keySet()).containsExactly("a");
        ledger.put("c", TWO);
      }
      try (var ledger = open()) {
        assertThat(ledger.entries().keySet()).containsExactly("a", "c");
      }
    });
  }

  @Test
  void damage_in_the_middle_is_told_not_skipped() {
    play(() -> {
      fill();
      damageFirstRecord(path("ledger"));
      refuses(Errno.EIO, this::open);
    });
  }

  @Test
  void a_newer_ledger_is_not_read() {
    play(() -> {
      fill();
      makeNewer(path("ledger"));
      refuses(Errno.EINVAL, this::open);
    });
  }

  private void fill() {
    try (var ledger = open()) {
      ledger.put("a", ONE);
      ledger.put("b", TWO);
    }
  }

  private Ledger open() {
    return host().ledgers().open(path("ledger"));
  }
}
