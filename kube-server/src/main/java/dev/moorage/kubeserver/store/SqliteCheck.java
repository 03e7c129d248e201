package dev.moorage.kubeserver.store;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/// Looks through a store before anybody may write to it, and changes nothing: what is damaged,
/// newer or not ours stays as it is.
final class SqliteCheck {
  private static final String MAGIC = "SQLite format 3\0";
  private static final int HEADER = 100; // bytes

  private final Path path;

  SqliteCheck(Path path) {
    this.path = path;
  }

  /// @throws StoreException naming the file, what was seen and what to do
  void check() throws IOException, SQLException {
    if (!Files.exists(path) || (Files.size(path) == 0 && !hasJournal())) return;
    if (Files.size(path) > 0) checkHeader();
    try (var store = connected()) {
      checkFormat(store);
      checkPages(store);
    } catch (SQLException e) {
      if (isDamage(e)) throw damaged(path, String.valueOf(e.getMessage()));
      throw e;
    }
  }

  private void checkHeader() throws IOException {
    byte[] begin;
    try (var file = Files.newInputStream(path)) {
      begin = file.readNBytes(HEADER);
    }
    boolean ours = new String(begin, StandardCharsets.US_ASCII).startsWith(MAGIC);
    if (begin.length < HEADER || !ours)
      throw damaged(path, "it does not begin as an SQLite file does");
  }

  /// Read only. With a journal also without locks (the file is ours already), so that its index can
  /// be in memory: nothing is made beside it.
  private Connection connected() throws SQLException, IOException {
    var how = hasJournal() ? "?mode=ro&vfs=unix-none" : "?immutable=1";
    var config = new SQLiteConfig();
    config.setReadOnly(true);
    var store = config.createConnection(address(path) + how);
    SqliteFile.execute(store, List.of("PRAGMA locking_mode = EXCLUSIVE"));
    return store;
  }

  /// The address of a file whose name may hold any characters.
  static String address(Path path) {
    return "jdbc:sqlite:file:" + path.toAbsolutePath().toUri().getRawPath();
  }

  private boolean hasJournal() throws IOException {
    var journal = path.resolveSibling(path.getFileName() + "-wal");
    return Files.exists(journal) && Files.size(journal) > 0;
  }

  private void checkFormat(Connection store) throws SQLException {
    if (!hasTables(store)) return;
    long version = version(store);
    if (version > SqliteFile.FORMAT)
      throw new StoreException(
          ("store %s has format %d, and this Moorage reads up to %d: a newer one wrote it."
                  + " Nothing was changed. Use that one, or start with another state folder"
                  + " (--state)")
              .formatted(path, version, SqliteFile.FORMAT));
    if (version < 1) throw damaged(path, "its table format says " + version);
  }

  static boolean hasTables(Connection store) throws SQLException {
    try (var statement = store.createStatement();
        var row = statement.executeQuery("SELECT count(*) FROM sqlite_schema")) {
      return row.getLong(1) > 0;
    }
  }

  private long version(Connection store) throws SQLException {
    try (var statement = store.createStatement();
        var row = statement.executeQuery("SELECT version FROM format")) {
      return row.next() ? row.getLong(1) : 0;
    } catch (SQLException e) {
      if (isDamage(e)) throw e;
      throw new StoreException(
          path
              + " is an SQLite file of another program. Nothing was changed. Start with another"
              + " state folder (--state)",
          e);
    }
  }

  private void checkPages(Connection store) throws SQLException {
    try (var statement = store.createStatement();
        var row = statement.executeQuery("PRAGMA quick_check(1)")) {
      var seen = row.getString(1);
      if (!seen.equals("ok")) throw damaged(path, seen.strip().replaceAll("\\s*\\n\\s*", " "));
    }
  }

  static boolean isDamage(SQLException failure) {
    return failure instanceof SQLiteException e
        && (primary(e) == SQLiteErrorCode.SQLITE_CORRUPT.code
            || primary(e) == SQLiteErrorCode.SQLITE_NOTADB.code);
  }

  /// The code without what SQLite tells beyond it.
  static int primary(SQLiteException failure) {
    return failure.getResultCode().code & 0xff;
  }

  /// @param seen what shows the damage; never a value of an object
  static StoreException damaged(Path path, String seen) {
    return new StoreException(
        ("store %s is damaged: %s. Nothing was changed. To save what is in it, copy it with its"
                + " -wal and -shm beside it, then try \"sqlite3 %s .recover\" on the copy; to begin"
                + " anew, start with another state folder (--state)")
            .formatted(path, seen, path.getFileName()));
  }
}
