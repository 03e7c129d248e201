package dev.moorage.linux;

import dev.moorage.base.Lane;
import dev.moorage.host.HostException;
import dev.moorage.host.HostException.Errno;
import dev.moorage.host.Ledger;
import dev.moorage.host.Ledgers;
import dev.moorage.linux.LedgerFrames.Change;
import dev.moorage.linux.Settings.Fate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/// Ledgers as append-only files. Each has a lane of its own with one place, so calls follow each
/// other there, and one sync serves all that came while the last one ran.
final class LinuxLedgers implements Ledgers {
  private final Kernel kernel;

  LinuxLedgers(Kernel kernel) {
    this.kernel = kernel;
  }

  @Override
  public Ledger open(String path) {
    var fate = new Fate(new Lane("ledger " + path, 1), kernel.settings().ledgers());
    var file = kernel.change(fate, "ledger open", path, calls -> LedgerFile.open(calls, path));
    return new OpenLedger(kernel, fate, path, file);
  }

  private static final class OpenLedger implements Ledger {
    private final Kernel kernel;
    private final Fate fate;
    private final String path;
    private final LedgerFile file;
    private List<Pending> waiting = new ArrayList<>(); // guarded by this, as is the next
    private boolean closed;
    private volatile SortedMap<String, Entry> durable;

    OpenLedger(Kernel kernel, Fate fate, String path, LedgerFile file) {
      this.kernel = kernel;
      this.fate = fate;
      this.path = path;
      this.file = file;
      this.durable = file.snapshot();
    }

    @Override
    public SortedMap<String, Entry> entries() {
      kernel.group().tasks().refuseTheDead();
      return durable;
    }

    @Override
    public void put(String key, Entry entry) {
      write("ledger put", new Change(key, Optional.of(entry)));
    }

    @Override
    public void remove(String key) {
      write("ledger remove", new Change(key, Optional.empty()));
    }

    private void write(String what, Change change) {
      kernel
          .group()
          .tasks()
          .effect(
              what,
              change.key(),
              () -> {
                var pending = enqueued(change);
                kernel.inLane(fate, what + " in " + path, _ -> writeAllWaiting());
                pending.failure.ifPresent(failed -> {
                  throw failed;
                });
              });
    }

    private synchronized Pending enqueued(Change change) {
      if (closed) {
        throw new HostException(Errno.EIO, "writing ledger " + path + ": it is closed");
      }
      var pending = new Pending(change);
      waiting.add(pending);
      return pending;
    }

    private synchronized List<Pending> takeWaiting() {
      var taken = waiting;
      waiting = new ArrayList<>();
      return taken;
    }

    /// Finds nothing where the call before has taken this one's change along.
    private boolean writeAllWaiting() {
      var taken = takeWaiting();
      if (taken.isEmpty()) return true;
      try {
        durable = file.write(taken.stream().map(pending -> pending.change).toList());
      } catch (HostException failed) {
        taken.forEach(pending -> pending.failure = Optional.of(failed));
      }
      return true;
    }

    @Override
    public void close() {
      synchronized (this) {
        closed = true;
      }
      file.close();
    }
  }

  /// A change on its way; its fate is set in the lane before the caller looks.
  private static final class Pending {
    private final Change change;
    private volatile Optional<HostException> failure = Optional.empty();

    Pending(Change change) {
      this.change = change;
    }
  }
}
