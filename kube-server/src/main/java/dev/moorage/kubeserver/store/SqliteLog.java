package dev.moorage.kubeserver.store;

import dev.moorage.base.Check;
import dev.moorage.base.GivenUp;
import dev.moorage.base.Group;
import dev.moorage.base.Lane;
import dev.moorage.base.ObjectKey;
import dev.moorage.base.Stopped;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// A log in one SQLite file: write-ahead log, synchronous FULL, one transaction per append.
///
/// The table `change` holds the latest writes, `base` the older state, and the view `object` shows
/// the present state to whoever opens the file with a stock tool, once the server has stopped:
/// while it runs the file is its own.
public final class SqliteLog implements Log {
  /// Changes that stay unfolded at least; a thousand more at most.
  public static final int KEEP = 10_000;

  private static final int FOLDED_AT_ONCE = 1000;

  private static final Duration AT_MOST = Duration.ofMinutes(1);
  private static final String PUT =
      "INSERT INTO change(revision, deleted, resource, namespace, name, object)"
          + " VALUES(?, ?, ?, ?, ?, ?)";

  private final Group group;
  private final Lane lane;
  private final SqliteFile file;
  private final int keep;
  private long last; // the revision of the last write; guarded by this, as are the next two
  private long folded;
  private boolean doubtful; // whether the last append is there, nobody knows

  private SqliteLog(Group group, Lane lane, SqliteFile file, int keep) {
    this.group = group;
    this.lane = lane;
    this.file = file;
    this.keep = keep;
  }

  /// Opens a log, or makes it: mode 0600, in a folder that is there.
  ///
  /// @param group where the calls to the disk run
  /// @throws StoreException when the file is damaged, of another program or of a newer Moorage (it
  ///   stays as it is then), is in use, or cannot be opened
  public static SqliteLog open(Group group, Path path) {
    return open(group, path, KEEP);
  }

  static SqliteLog open(Group group, Path path, int keep) {
    var lane = new Lane("store " + path.getFileName(), 1);
    var file = group.inLane(lane, AT_MOST, () -> SqliteFile.open(path));
    try {
      var log = new SqliteLog(group, lane, file, keep);
      var kept = log.replay();
      log.settle(kept.folded(), kept.last());
      return log;
    } catch (StoreException unreadable) {
      file.close();
      throw unreadable;
    }
  }

  @Override
  public Kept replay() {
    return inLane("read", this::read);
  }

  private Kept read(Connection store) throws SQLException {
    try (var statement = store.createStatement()) {
      long folded = folded(store);
      var base =
          entries(
              statement.executeQuery(
                  "SELECT revision, 0, resource, namespace, name, object FROM base"
                      + " ORDER BY resource, namespace, name"));
      var changes =
          entries(
              statement.executeQuery(
                  "SELECT revision, deleted, resource, namespace, name, object FROM change"
                      + " ORDER BY revision"));
      refuseGaps(folded, changes);
      return new Kept(folded, base, changes);
    }
  }

  private List<LogEntry> entries(ResultSet rows) throws SQLException {
    var entries = new ArrayList<LogEntry>();
    try (rows) {
      while (rows.next()) entries.add(entry(rows));
    }
    return entries;
  }

  private LogEntry entry(ResultSet row) throws SQLException {
    long revision = row.getLong(1);
    try {
      return new LogEntry(
          revision,
          row.getBoolean(2),
          row.getString(3),
          new ObjectKey(row.getString(4), row.getString(5)),
          TreeJson.read(row.getString(6)));
    } catch (TreeJson.Malformed | IllegalArgumentException unreadable) {
      throw SqliteCheck.damaged(file.path(), "the object of revision " + revision + " is no JSON");
    }
  }

  private void refuseGaps(long folded, List<LogEntry> changes) {
    long next = folded + 1;
    for (LogEntry entry : changes)
      if (entry.revision() != next++)
        throw SqliteCheck.damaged(file.path(), "revision " + (next - 1) + " is missing");
  }

  @Override
  public void append(List<LogEntry> entries) {
    if (entries.isEmpty()) return;
    if (isDoubtful()) settleDoubt();
    var plan = plan(entries);
    inLane("write", store -> write(store, plan));
    settle(Math.max(plan.foldTo, plan.foldedBefore), entries.getLast().revision());
  }

  /// One transaction.
  ///
  /// @param foldTo changes up to here, of earlier transactions, are folded into the base; 0 for
  ///   none
  private record Plan(List<LogEntry> entries, long foldedBefore, long foldTo) {}

  private synchronized Plan plan(List<LogEntry> entries) {
    long next = last + 1;
    for (LogEntry entry : entries)
      Check.that(entry.revision() == next++, "revisions go on without a gap");
    long newLast = next - 1;
    long most = (long) keep + Math.min(keep, FOLDED_AT_ONCE);
    return new Plan(entries, folded, newLast - folded > most ? Math.min(newLast - keep, last) : 0);
  }

  private synchronized void settle(long newFolded, long newLast) {
    folded = newFolded;
    last = newLast;
  }

  private synchronized boolean isDoubtful() {
    return doubtful;
  }

  private synchronized void doubt(boolean now) {
    doubtful = now;
  }

  /// Takes back what the append in doubt may have left: its writers were told that it failed.
  private void settleDoubt() {
    long kept = lastTold();
    long nowFolded =
        group.inLane(
            lane,
            AT_MOST,
            () -> {
              file.connectAgain();
              return file.use("write", store -> takeBackAfter(kept, store));
            });
    settle(nowFolded, kept);
    doubt(false);
  }

  private synchronized long lastTold() {
    return last;
  }

  private static long takeBackAfter(long kept, Connection store) throws SQLException {
    try (var statement = store.createStatement()) {
      statement.executeUpdate("DELETE FROM change WHERE revision > " + kept);
      store.commit();
      return folded(store);
    }
  }

  private static long folded(Connection store) throws SQLException {
    try (var statement = store.createStatement();
        var row = statement.executeQuery("SELECT folded FROM format")) {
      return row.getLong(1);
    }
  }

  private boolean write(Connection store, Plan plan) throws SQLException {
    try {
      try (var put = store.prepareStatement(PUT)) {
        for (LogEntry entry : plan.entries) put(put, entry);
      }
      if (plan.foldTo > 0) fold(store, plan.foldTo);
      store.commit();
    } catch (SQLException refused) {
      takeBack(store, refused);
      throw refused;
    }
    return true;
  }

  private static void put(PreparedStatement put, LogEntry entry) throws SQLException {
    put.setLong(1, entry.revision());
    put.setBoolean(2, entry.deleted());
    put.setString(3, entry.resource());
    put.setString(4, entry.key().namespace());
    put.setString(5, entry.key().name());
    put.setString(6, TreeJson.write(entry.object()));
    put.executeUpdate();
  }

  /// After a failed commit only a clean take-back of a full disk or a broken rule leaves certainty.
  private void takeBack(Connection store, SQLException refused) {
    try {
      store.rollback();
      if (SqliteFile.isCertain(refused)) return;
    } catch (SQLException alsoRefused) {
      refused.addSuppressed(alsoRefused);
    }
    doubt(true);
  }

  private static void fold(Connection store, long upTo) throws SQLException {
    try (var statement = store.createStatement()) {
      statement.executeUpdate(
          "DELETE FROM base WHERE (resource, namespace, name) IN"
              + " (SELECT resource, namespace, name FROM change WHERE revision <= "
              + upTo
              + ")");
      statement.executeUpdate(
          "INSERT INTO base SELECT resource, namespace, name, revision, object FROM"
              + " (SELECT resource, namespace, name, max(revision) AS revision, deleted, object"
              + " FROM change WHERE revision <= "
              + upTo
              + " GROUP BY resource, namespace, name) WHERE NOT deleted");
      statement.executeUpdate("DELETE FROM change WHERE revision <= " + upTo);
      statement.executeUpdate("UPDATE format SET folded = " + upTo);
    }
  }

  private <R> R inLane(String what, SqliteFile.Use<R> use) {
    try {
      return group.inLane(lane, AT_MOST, () -> file.use(what, use));
    } catch (GivenUp | Stopped unknown) {
      doubt(true);
      throw unknown;
    }
  }

  @Override
  public boolean waits() {
    return true;
  }

  @Override
  public void close() {
    file.close();
  }
}
