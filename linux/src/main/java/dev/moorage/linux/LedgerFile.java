package dev.moorage.linux;

import dev.moorage.host.HostException;
import dev.moorage.host.HostException.Errno;
import dev.moorage.host.Ledger.Entry;
import dev.moorage.linux.LedgerFrames.Change;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// A ledger's open file. Used by one call at a time: the ledger's lane has one place. Only closing
/// may come beside it, and waits: the number of a closed descriptor is soon another file's.
final class LedgerFile implements AutoCloseable {
  /// A file below this is never made smaller.
  private static final long SMALL_BYTES = 64 * 1024;

  /// A file is written anew when it is so many times larger than what it holds.
  private static final int GARBAGE = 4;

  private final Syscalls calls;
  private final String path;
  private Descriptor file;
  private long length;
  private long lookAgain = SMALL_BYTES; // to weigh all entries costs as much as to write them
  private boolean open = true;
  private final TreeMap<String, Entry> entries;

  private LedgerFile(Syscalls calls, String path, Descriptor file, LedgerFrames.Contents contents) {
    this.calls = calls;
    this.path = path;
    this.file = file;
    this.length = contents.good();
    this.entries = contents.entries();
  }

  /// Opens a ledger, making it if missing.
  ///
  /// @throws HostException EAGAIN when another holds it open
  static LedgerFile open(Syscalls calls, String path) {
    var held = LinuxFiles.FileLock.take(calls, path, 0600);
    if (held.isEmpty()) {
      throw Errnos.failure(Errno.EAGAIN.number(), "opening ledger " + path);
    }
    var file = held.get();
    try {
      begin(calls, file);
      long size = calls.stat(file).size();
      var contents = LedgerFrames.read(path, calls.read(file, 0, Math.toIntExact(size)));
      if (contents.good() < size) {
        calls.truncate(file, contents.good());
        calls.sync(file);
      }
      return new LedgerFile(calls, path, file, contents);
    } catch (RuntimeException failed) {
      file.close();
      throw failed;
    }
  }

  /// A file without a whole head is one whose making was cut short.
  private static void begin(Syscalls calls, Descriptor file) {
    if (calls.stat(file).size() >= LedgerFrames.HEAD_BYTES) return;
    calls.truncate(file, 0);
    calls.write(file, 0, LedgerFrames.head());
    calls.sync(file);
    LinuxFiles.syncFolder(calls, LinuxFiles.parent(file.path()));
  }

  /// Makes changes durable, all or none.
  ///
  /// @return all entries after them
  synchronized SortedMap<String, Entry> write(List<Change> changes) {
    if (!open) throw Errnos.failure(Errno.EIO.number(), "writing ledger " + path + ", closed");
    var frame = LedgerFrames.frame(changes);
    try {
      calls.write(file, length, frame);
      calls.syncContents(file);
    } catch (HostException failed) {
      forget(failed);
      throw failed;
    }
    length += frame.length;
    LedgerFrames.apply(changes, entries);
    rewriteIfLarge();
    return snapshot();
  }

  /// What was not acknowledged must not come back at the next opening.
  private void forget(HostException failed) {
    try {
      calls.truncate(file, length);
      calls.sync(file);
    } catch (HostException alsoFailed) {
      failed.addSuppressed(alsoFailed);
      close(); // what the file holds now is unknown: every further write is refused
    }
  }

  private void rewriteIfLarge() {
    if (length < lookAgain) return;
    var all = new ArrayList<Change>();
    entries.forEach((key, entry) -> all.add(new Change(key, Optional.of(entry))));
    var frame = LedgerFrames.frame(all);
    long least = (long) LedgerFrames.HEAD_BYTES + frame.length;
    lookAgain = Math.max(SMALL_BYTES, GARBAGE * least);
    if (length / GARBAGE < least) return;
    try {
      rewrite(frame);
    } catch (HostException full) {
      // The old file is whole and stays; there may be room at the next change.
      if (!full.is(Errno.ENOSPC) && !full.is(Errno.EDQUOT)) throw full;
    }
  }

  /// The new file is locked before it gets the name: nobody can open it in between.
  private void rewrite(byte[] frame) {
    var beside = path + ".new";
    var fresh = calls.open(beside, Syscalls.O_RDWR | Syscalls.O_CREAT, 0600);
    boolean named = false;
    try {
      calls.lock(fresh, Syscalls.LOCK_EX | Syscalls.LOCK_NB);
      calls.truncate(fresh, 0);
      calls.write(fresh, 0, LedgerFrames.head());
      calls.write(fresh, LedgerFrames.HEAD_BYTES, frame);
      calls.sync(fresh);
      calls.rename(beside, path);
      named = true;
    } finally {
      if (!named) fresh.close();
    }
    LinuxFiles.syncFolder(calls, LinuxFiles.parent(path));
    file.close();
    file = fresh;
    length = (long) LedgerFrames.HEAD_BYTES + frame.length;
  }

  synchronized SortedMap<String, Entry> snapshot() {
    return Collections.unmodifiableSortedMap(new TreeMap<>(entries));
  }

  @Override
  public synchronized void close() {
    open = false;
    file.close();
  }
}
