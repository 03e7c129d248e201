package dev.moorage.kubeserver.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.moorage.base.Group;
import dev.moorage.base.live.LiveTasks;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
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
    for (String name : List.of("moorage.db", "moorage.db-wal", "moorage.db-shm"))
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve(name))))
          .isEqualTo("rw-------");
  }

  @Test
  void a_file_in_use_is_refused() {
    assertThatExceptionOfType(StoreException.class)
        .isThrownBy(() -> SqliteLog.open(group, path))
        .withMessageContaining("is in use");
  }

  @Test
  void a_newer_format_is_refused() throws SQLException {
    log.close();
    sql("UPDATE format SET version = 99");
    assertThatExceptionOfType(StoreException.class)
        .isThrownBy(() -> SqliteLog.open(group, path))
        .withMessageContaining("has format 99; this Moorage reads up to 1");
  }

  @Test
  void a_file_of_another_program_is_refused() throws SQLException, IOException {
    log.close();
    Files.delete(path);
    sql("CREATE TABLE music(title TEXT)");
    assertThatExceptionOfType(StoreException.class)
        .isThrownBy(() -> SqliteLog.open(group, path))
        .withMessageContaining("another program");
  }

  @Test
  void a_file_that_is_no_database_is_refused() throws IOException {
    log.close();
    Files.writeString(path, "no database, but long enough to have a header of one");
    assertThatExceptionOfType(StoreException.class)
        .isThrownBy(() -> SqliteLog.open(group, path))
        .withMessageContaining("cannot open store");
  }

  @Test
  void a_missing_revision_is_reported_as_damage() throws SQLException {
    log.append(List.of(put(1, "a"), put(2, "b"), put(3, "c")));
    log.close();
    sql("DELETE FROM change WHERE revision = 2");
    assertThatExceptionOfType(StoreException.class)
        .isThrownBy(() -> SqliteLog.open(group, path))
        .withMessageContaining("revision 2 is missing");
  }

  @Test
  void a_stock_tool_sees_the_present_objects() throws SQLException {
    log.append(List.of(put(1, "a"), put(2, "b"), put(3, "a"), delete(4, "b")));
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
