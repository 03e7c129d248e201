package dev.moorage.kubeserver.store;

import dev.moorage.base.Bytes;
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

  private static final Bytes JOURNAL_AT_MOST = Bytes.mebi(16); // of what is kept between writes

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
  private Connection store; // guarded by this

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
        new SqliteCheck(path).check();
        makeOurs(path);
        return new SqliteFile(path, lock, connected(path));
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

  /// Exclusive before anything else: SQLite needs no memory shared in a file beside ours then,
  /// whose pages a full disk would take away under the feet of the whole process (SIGBUS).
  private static final List<String> SET_UP =
      List.of(
          "PRAGMA locking_mode = EXCLUSIVE",
          "PRAGMA journal_mode = WAL",
          "PRAGMA synchronous = FULL",
          "PRAGMA journal_size_limit = " + JOURNAL_AT_MOST.count());

  private static Connection connected(Path path) throws SQLException {
    var store = new SQLiteConfig().createConnection(SqliteCheck.address(path));
    try {
      execute(store, SET_UP);
      store.setAutoCommit(false);
      prepare(store);
      return store;
    } catch (SQLException refused) {
      store.close();
      throw refused;
    }
  }

  static void execute(Connection store, List<String> texts) throws SQLException {
    try (var statement = store.createStatement()) {
      for (String text : texts) statement.execute(text);
    }
  }

  private static void prepare(Connection store) throws SQLException {
    if (!SqliteCheck.hasTables(store)) execute(store, TABLES);
    store.commit();
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
      throw failed(what, e);
    }
  }

  private StoreException failed(String what, SQLException e) {
    if (SqliteCheck.isDamage(e)) return SqliteCheck.damaged(path, String.valueOf(e.getMessage()));
    if (isFull(e))
      return new StoreException(
          "the disk of " + path + " is full: make room on it, and writes go on by themselves", e);
    return new StoreException("cannot " + what + " store " + path + ": " + e.getMessage(), e);
  }

  private static boolean isFull(SQLException failure) {
    return failure instanceof SQLiteException e
        && SqliteCheck.primary(e) == SQLiteErrorCode.SQLITE_FULL.code;
  }

  /// Gives the file back and takes it again: what became of a transaction that broke off is settled
  /// then.
  synchronized void connectAgain() {
    try {
      store.close();
      store = connected(path);
    } catch (SQLException e) {
      throw failed("open", e);
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
