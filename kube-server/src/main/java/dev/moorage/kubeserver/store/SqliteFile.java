package dev.moorage.kubeserver.store;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/// An opened SQLite file with our tables, ours alone while it is open.
final class SqliteFile implements AutoCloseable {
  /// The format that this program writes. Older ones would be brought up here, step by step.
  static final int FORMAT = 1;

  private static final Set<SQLiteErrorCode> CERTAIN =
      Set.of(
          SQLiteErrorCode.SQLITE_FULL,
          SQLiteErrorCode.SQLITE_TOOBIG,
          SQLiteErrorCode.SQLITE_NOMEM,
          SQLiteErrorCode.SQLITE_READONLY);
  private static final List<String> TABLES =
      List.of(
          "CREATE TABLE format(version INTEGER NOT NULL, folded INTEGER NOT NULL)",
          "INSERT INTO format VALUES(" + FORMAT + ", 0)",
          """
          CREATE TABLE base(
            resource TEXT NOT NULL, namespace TEXT NOT NULL, name TEXT NOT NULL,
            revision INTEGER NOT NULL, object TEXT NOT NULL,
            PRIMARY KEY(resource, namespace, name)) WITHOUT ROWID\
          """,
          """
          CREATE TABLE change(
            revision INTEGER PRIMARY KEY, deleted INTEGER NOT NULL,
            resource TEXT NOT NULL, namespace TEXT NOT NULL, name TEXT NOT NULL,
            object TEXT NOT NULL)\
          """,
          """
          CREATE VIEW object AS
            SELECT resource, namespace, name, revision, object FROM (
              SELECT resource, namespace, name, max(revision) AS revision, deleted, object FROM (
                SELECT resource, namespace, name, revision, 0 AS deleted, object FROM base
                UNION ALL
                SELECT resource, namespace, name, revision, deleted, object FROM change)
              GROUP BY resource, namespace, name)
            WHERE NOT deleted\
          """);

  private final Path path;
  private final FileChannel lock;
  private final Connection store; // guarded by this

  private SqliteFile(Path path, FileChannel lock, Connection store) {
    this.path = path;
    this.lock = lock;
    this.store = store;
  }

  /// What is done with the open store.
  interface Use<R> {
    R with(Connection store) throws SQLException;
  }

  static SqliteFile open(Path path) {
    try {
      var lock = locked(path);
      try {
        makeOurs(path);
        return connected(path, lock);
      } catch (SQLException | StoreException refused) {
        lock.close();
        throw refused;
      }
    } catch (IOException | SQLException e) {
      throw new StoreException("cannot open store " + path + ": " + e.getMessage(), e);
    }
  }

  /// A second server on the same file would give the same revision twice.
  private static FileChannel locked(Path path) throws IOException {
    var beside = path.resolveSibling(path.getFileName() + ".lock");
    makeOurs(beside);
    var channel = FileChannel.open(beside, StandardOpenOption.WRITE);
    try {
      if (channel.tryLock() != null) return channel;
    } catch (OverlappingFileLockException here) {
      // This very process has it open: the same answer as for another one.
    }
    channel.close();
    throw new StoreException("store " + path + " is in use by a running server; stop it first");
  }

  private static void makeOurs(Path path) throws IOException {
    var mode = PosixFilePermissions.fromString("rw-------");
    try {
      Files.createFile(path, PosixFilePermissions.asFileAttribute(mode));
    } catch (FileAlreadyExistsException there) {
      Files.setPosixFilePermissions(path, mode);
    }
  }

  private static SqliteFile connected(Path path, FileChannel lock) throws SQLException {
    var config = new SQLiteConfig();
    config.setJournalMode(SQLiteConfig.JournalMode.WAL);
    config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
    config.setBusyTimeout(5_000);
    var store = config.createConnection("jdbc:sqlite:" + path);
    try {
      store.setAutoCommit(false);
      prepare(path, store);
      return new SqliteFile(path, lock, store);
    } catch (SQLException | StoreException refused) {
      store.close();
      throw refused;
    }
  }

  private static void prepare(Path path, Connection store) throws SQLException {
    if (!hasTables(store)) makeTables(store);
    else refuseForeign(path, store);
    store.commit();
  }

  private static boolean hasTables(Connection store) throws SQLException {
    try (var statement = store.createStatement();
        var row = statement.executeQuery("SELECT count(*) FROM sqlite_schema")) {
      return row.getLong(1) > 0;
    }
  }

  private static void makeTables(Connection store) throws SQLException {
    try (var statement = store.createStatement()) {
      for (String table : TABLES) statement.executeUpdate(table);
    }
  }

  private static void refuseForeign(Path path, Connection store) throws SQLException {
    long version;
    try (var statement = store.createStatement();
        var row = statement.executeQuery("SELECT version FROM format")) {
      version = row.next() ? row.getLong(1) : 0;
    } catch (SQLException noSuchTable) {
      throw new StoreException(path + " is an SQLite file of another program", noSuchTable);
    }
    if (version > FORMAT)
      throw new StoreException(
          "store %s has format %d; this Moorage reads up to %d: use the newer one that wrote it"
              .formatted(path, version, FORMAT));
    if (version < 1) throw new StoreException("store " + path + " is damaged: no format in it");
  }

  /// Whether such a failure leaves no doubt that a rolled back transaction is not there.
  static boolean isCertain(SQLException failure) {
    return failure instanceof SQLiteException e && CERTAIN.contains(e.getResultCode());
  }

  Path path() {
    return path;
  }

  synchronized <R> R use(String what, Use<R> use) {
    try {
      return use.with(store);
    } catch (SQLException e) {
      throw new StoreException("cannot " + what + " store " + path + ": " + e.getMessage(), e);
    }
  }

  @Override
  public synchronized void close() {
    try (lock) {
      store.close();
    } catch (SQLException | IOException e) {
      throw new StoreException("cannot close store " + path + ": " + e.getMessage(), e);
    }
  }
}
