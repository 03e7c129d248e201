package dev.moorage.kubeserver.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.moorage.base.Group;
import dev.moorage.base.live.LiveTasks;
import dev.moorage.kube.Tree;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqliteLogTest extends LogContract {
  @TempDir private Path folder;
  private Path path;
  private Group group;
  private SqliteLog log;

  @BeforeEach
  void open() {
    path = folder.resolve("moorage.db");
    group = new LiveTasks().group("server");
    log = SqliteLog.open(group, path, KEEP);
  }

  @AfterEach
  void close() {
    log.close();
    group.close();
  }

  @Override
  Log log() {
    return log;
  }

  /// The files as a killed process leaves them: the write-ahead log is not folded in.
  @Override
  Log reopened() {
    try {
      var left = Files.createDirectory(folder.resolve("left"));
      for (String name : List.of("moorage.db", "moorage.db-wal"))
        Files.copy(folder.resolve(name), left.resolve(name));
      log.close();
      log = SqliteLog.open(group, left.resolve("moorage.db"), KEEP);
      return log;
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  @Test
  void only_its_owner_may_read_the_file() throws IOException {
    log.append(List.of(put(1, "a")));
    for (String name : List.of("moorage.db", "moorage.db-wal"))
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve(name))))
          .isEqualTo("rw-------");
  }

  @Test
  void a_file_in_use_is_refused() {
    assertThatExceptionOfType(StoreException.class)
        .isThrownBy(() -> SqliteLog.open(group, path))
        .withMessageContaining("is in use");
  }

  /// A failure that leaves open whether anything was stored.
  @Test
  void after_a_doubtful_failure_the_next_append_finds_out() throws SQLException {
    log.append(List.of(put(1, "a")));
    log.close();
    sql(
        "CREATE TRIGGER breaks BEFORE INSERT ON change WHEN NEW.name = 'bad'"
            + " BEGIN SELECT RAISE(FAIL, 'broken'); END");
    log = SqliteLog.open(group, path, KEEP);
    assertThatExceptionOfType(StoreException.class)
        .isThrownBy(() -> log.append(List.of(put(2, "b"), put(3, "bad"))))
        .withMessageContaining("cannot write store " + path);
    log.append(List.of(put(2, "c")));
    assertThat(log.replay().changes()).containsExactly(put(1, "a"), put(2, "c"));
  }

  // What cannot be opened

  private static final String AND_NOW =
      "Nothing was changed. To save what is in it, copy it with its -wal and -shm beside it, then"
          + " try \"sqlite3 moorage.db .recover\" on the copy; to begin anew, start with another"
          + " state folder (--state)";

  /// Opening is refused, naming the file, and no byte of it or what stands beside it has changed.
  private void refused(String seen, String andNow) throws IOException {
    var before = bytes();
    assertThatExceptionOfType(StoreException.class)
        .isThrownBy(() -> SqliteLog.open(group, path))
        .withMessageContaining(path.toString())
        .withMessageContaining(seen)
        .withMessageContaining(andNow);
    assertThat(bytes()).isEqualTo(before);
  }

  private Map<String, String> bytes() throws IOException {
    var bytes = new TreeMap<String, String>();
    try (var files = Files.list(folder)) {
      for (Path file : files.filter(Files::isRegularFile).toList())
        if (!file.toString().endsWith(".lock"))
          bytes.put(file.toString(), HexFormat.of().formatHex(Files.readAllBytes(file)));
    }
    return bytes;
  }

  private void closeWithSomething() {
    log.append(LongStream.rangeClosed(1, 200).mapToObj(i -> put(i, "object-" + i)).toList());
    log.close();
  }

  @Test
  void a_newer_format_is_refused() throws SQLException, IOException {
    log.close();
    sql("UPDATE format SET version = 99");
    refused(
        "has format 99, and this Moorage reads up to 1: a newer one wrote it.",
        "Nothing was changed. Use that one, or start with another state folder (--state)");
  }

  @Test
  void a_newer_format_in_the_journal_of_a_killed_process_is_refused()
      throws SQLException, IOException {
    log.close();
    var left = Files.createDirectory(folder.resolve("left"));
    try (var store = DriverManager.getConnection("jdbc:sqlite:" + path)) {
      store.createStatement().executeUpdate("UPDATE format SET version = 99");
      for (String name : List.of("moorage.db", "moorage.db-wal"))
        Files.copy(folder.resolve(name), left.resolve(name));
    }
    folder = left;
    path = left.resolve("moorage.db");
    refused("has format 99", "Nothing was changed");
  }

  @Test
  void a_file_of_another_program_is_refused() throws SQLException, IOException {
    log.close();
    Files.delete(path);
    sql("CREATE TABLE music(title TEXT)");
    refused(
        "is an SQLite file of another program.",
        "Nothing was changed. Start with another state folder (--state)");
  }

  @Test
  void a_file_that_is_no_database_is_refused() throws IOException {
    log.close();
    Files.writeString(path, "no database, but long enough to have a header of one");
    refused("is damaged: it does not begin as an SQLite file does.", AND_NOW);
  }

  @Test
  void a_damaged_header_is_refused() throws IOException {
    closeWithSomething();
    overwrite(0, 16);
    refused("is damaged: it does not begin as an SQLite file does.", AND_NOW);
  }

  @Test
  void a_damaged_page_is_refused() throws IOException {
    closeWithSomething();
    overwrite(4 * 4096, 4096);
    refused("is damaged: ", AND_NOW);
  }

  @Test
  void a_file_cut_short_is_refused() throws IOException {
    closeWithSomething();
    for (int parts : List.of(5, 3)) {
      try (var file = FileChannel.open(path, StandardOpenOption.WRITE)) {
        file.truncate(parts * 4096L);
      }
      refused("is damaged: ", AND_NOW);
    }
    try (var file = FileChannel.open(path, StandardOpenOption.WRITE)) {
      file.truncate(50);
    }
    refused("is damaged: it does not begin as an SQLite file does.", AND_NOW);
  }

  private void overwrite(long from, int count) throws IOException {
    try (var file = FileChannel.open(path, StandardOpenOption.WRITE)) {
      file.write(ByteBuffer.wrap("garbage!".repeat(count / 8).getBytes(UTF_8)), from);
    }
  }

  @Test
  void a_missing_revision_is_reported_as_damage() throws SQLException {
    log.append(List.of(put(1, "a"), put(2, "b"), put(3, "c")));
    log.close();
    sql("DELETE FROM change WHERE revision = 2");
    damaged("revision 2 is missing");
  }

  @Test
  void an_object_that_cannot_be_read_is_reported_as_damage() throws SQLException {
    log.append(List.of(put(1, "a")));
    log.close();
    sql("UPDATE change SET object = '{\"data\": c2VjcmV0'");
    damaged("the object of revision 1 is no JSON");
  }

  private void damaged(String seen) {
    assertThatExceptionOfType(StoreException.class)
        .isThrownBy(() -> SqliteLog.open(group, path))
        .withMessageContaining("is damaged: " + seen)
        .withMessageNotContaining("c2VjcmV0");
  }

  @Test
  void a_file_may_have_any_name() {
    var odd = folder.resolve("a?b#c%20 d.db");
    try (var other = SqliteLog.open(group, odd)) {
      other.append(List.of(put(1, "a")));
    }
    assertThat(odd).isNotEmptyFile();
    try (var again = SqliteLog.open(group, odd)) {
      assertThat(again.replay().last()).isEqualTo(1);
    }
  }

  // How large it grows

  /// 20,000 writes of objects that come and go: the file holds what is kept, and no more.
  @Test
  void the_file_stays_bounded() throws IOException {
    log.close();
    Files.delete(path);
    log = SqliteLog.open(group, path, 500);
    var text = "x".repeat(1000);
    long settled = 0;
    for (long revision = 1; revision < 20_000; revision += 100) {
      var batch = new ArrayList<LogEntry>();
      for (long i = revision; i < revision + 100; i++) {
        var object = Tree.object("text", text);
        batch.add(new LogEntry(i, i % 2 == 0, "pods", key("pod-" + (i + 1) / 2), object));
      }
      log.append(batch);
      if (revision == 5001) settled = size();
    }
    assertThat(size()).isLessThan(settled * 3 / 2);
    assertThat(log.replay().base()).isEmpty();
  }

  private long size() throws IOException {
    return Files.size(path) + Files.size(folder.resolve("moorage.db-wal"));
  }

  @Test
  void a_stock_tool_sees_the_present_objects() throws SQLException {
    log.append(List.of(put(1, "a"), put(2, "b"), put(3, "a"), delete(4, "b")));
    log.close();
    try (var store = DriverManager.getConnection("jdbc:sqlite:" + path);
        var rows = store.createStatement().executeQuery("SELECT name, revision FROM object")) {
      assertThat(rows.next()).isTrue();
      assertThat(rows.getString(1) + rows.getLong(2)).isEqualTo("a3");
      assertThat(rows.next()).isFalse();
    }
  }

  private void sql(String text) throws SQLException {
    try (var store = DriverManager.getConnection("jdbc:sqlite:" + path)) {
      store.createStatement().executeUpdate(text);
    }
  }
}
