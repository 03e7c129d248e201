package dev.moorage.linux;

import static org.assertj.core.api.Assertions.assertThat;

import dev.moorage.base.Tasks;
import dev.moorage.host.Host;
import dev.moorage.host.Ledger.Entry;
import dev.moorage.host.LedgerContract;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LinuxLedgersIT extends LedgerContract {
  private final RealHost real = new RealHost();

  @Override
  protected Host host() {
    return real.host();
  }

  @Override
  protected Tasks tasks() {
    return real.tasks();
  }

  @Override
  protected String folder() {
    return real.folder();
  }

  @Override
  @AfterEach
  protected void leaveNothing() {
    super.leaveNothing();
    real.close();
  }

  @Override
  protected void tearLastRecord(String path) {
    change(path, file -> file.truncate(file.size() - 3));
  }

  @Override
  protected void damageFirstRecord(String path) {
    int inFirst = LedgerFrames.HEAD_BYTES + 20;
    change(path, file -> file.write(ByteBuffer.wrap(new byte[] {1, 2, 3}), inFirst));
  }

  @Override
  protected void makeNewer(String path) {
    var head = ByteBuffer.wrap(LedgerFrames.head(2));
    change(path, file -> file.write(head, 0));
  }

  private interface Change {
    Object make(FileChannel file) throws IOException;
  }

  private static void change(String path, Change change) {
    try (var file =
        FileChannel.open(Path.of(path), StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      change.make(file);
    } catch (IOException failed) {
      throw new IllegalStateException(failed);
    }
  }

  @Test
  void an_end_full_of_zeros_is_cut_off_too() throws IOException {
    try (var ledger = host().ledgers().open(path("ledger"))) {
      ledger.put("a", Entry.of(Map.of("size", "1")));
    }
    long before = Files.size(Path.of(path("ledger")));
    change(path("ledger"), file -> file.write(ByteBuffer.allocate(4096), before));
    try (var ledger = host().ledgers().open(path("ledger"))) {
      assertThat(ledger.entries()).containsOnlyKeys("a");
    }
    assertThat(Files.size(Path.of(path("ledger")))).isEqualTo(before);
  }

  @Test
  void a_length_that_was_damaged_does_not_hide_what_follows() {
    try (var ledger = host().ledgers().open(path("ledger"))) {
      ledger.put("a", Entry.of(Map.of("size", "1")));
      ledger.put("b", Entry.of(Map.of("size", "2")));
    }
    change(
        path("ledger"),
        file -> file.write(ByteBuffer.wrap(new byte[] {0x7f}), LedgerFrames.HEAD_BYTES));
    refuses(dev.moorage.host.HostException.Errno.EIO, () -> host().ledgers().open(path("ledger")));
  }

  @Test
  void a_ledger_of_garbage_is_written_anew_and_stays_locked() throws IOException {
    var wide = Entry.of(Map.of("text", "x".repeat(5000)));
    try (var ledger = host().ledgers().open(path("ledger"))) {
      for (int i = 0; i < 100; i++) ledger.put("key", wide.with("turn", "" + i));
      assertThat(Files.size(Path.of(path("ledger")))).isLessThan(100_000);
      refuses(
          dev.moorage.host.HostException.Errno.EAGAIN, () -> host().ledgers().open(path("ledger")));
    }
    try (var ledger = host().ledgers().open(path("ledger"))) {
      assertThat(ledger.find("key").orElseThrow().text("turn")).isEqualTo("99");
    }
  }

  @Test
  void many_writers_share_syncs_and_lose_nothing() {
    try (var ledger = host().ledgers().open(path("ledger"))) {
      var tasks =
          IntStream.range(0, 200)
              .mapToObj(i ->
                  real.group()
                      .start(
                          "writer",
                          () -> {
                            ledger.put("key-" + i, Entry.of(Map.of("turn", "" + i)));
                            return ledger.find("key-" + i).isPresent();
                          }))
              .toList();
      assertThat(tasks).allMatch(task -> task.await());
    }
    try (var ledger = host().ledgers().open(path("ledger"))) {
      assertThat(ledger.entries()).hasSize(200);
    }
  }
}
