package dev.moorage.host.sim;

import dev.moorage.base.Bytes;
import dev.moorage.host.HostException;
import dev.moorage.host.HostException.Errno;
import dev.moorage.host.Ledger;
import dev.moorage.host.Ledgers;
import dev.moorage.host.sim.KernelMount.Place;
import dev.moorage.host.sim.Node.LedgerRecord;
import dev.moorage.host.sim.Node.LedgerRecord.State;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

final class SimLedgers implements Ledgers {
  private final Kernel kernel;
  private final Door door;

  SimLedgers(Kernel kernel, Door door) {
    this.kernel = kernel;
    this.door = door;
  }

  @Override
  public Ledger open(String path) {
    return door.change("ledger open", path, () -> openNow(path));
  }

  private Ledger openNow(String path) {
    if (kernel.find(path).isEmpty()) make(path);
    var place = kernel.at(path);
    var opened =
        kernel
            .lock(place)
            .orElseThrow(
                () -> new HostException(Errno.EAGAIN, "ledger " + path + ": another has it open"));
    try {
      return new Open(place, opened, load((Node.File) place.node(), path));
    } catch (HostException unreadable) {
      kernel.open.remove(opened);
      throw unreadable;
    }
  }

  private void make(String path) {
    var parent = kernel.folderAt(Kernel.parentOf(path));
    kernel.refuseReadOnly(parent);
    Kernel.folder(parent).entries.put(Kernel.nameOf(path), new Node.File());
    parent.filesystem().sync();
    kernel.entriesChanged(Kernel.folder(parent));
  }

  private static SortedMap<String, Ledger.Entry> load(Node.File file, String path) {
    if (!file.ledger.isEmpty() && file.ledger.getLast().state() == State.TORN)
      file.ledger.removeLast();
    var entries = new TreeMap<String, Ledger.Entry>();
    for (var found : file.ledger) {
      switch (found.state()) {
        case WHOLE -> apply(entries, found);
        case NEWER ->
            throw new HostException(Errno.EINVAL, "ledger " + path + ": of a newer version");
        case TORN, DAMAGED ->
            throw new HostException(Errno.EIO, "ledger " + path + ": a record is damaged");
      }
    }
    return entries;
  }

  private static void apply(SortedMap<String, Ledger.Entry> entries, LedgerRecord change) {
    change
        .entry()
        .ifPresentOrElse(
            entry -> entries.put(change.key(), entry), () -> entries.remove(change.key()));
  }

  /// What a crash in the middle of the last write leaves.
  void tearLastRecord(String path) {
    var records = ((Node.File) kernel.at(path).node()).ledger;
    records.addLast(records.removeLast().as(State.TORN));
  }

  /// What a bad disk leaves.
  void damageFirstRecord(String path) {
    var records = ((Node.File) kernel.at(path).node()).ledger;
    records.set(0, records.getFirst().as(State.DAMAGED));
  }

  /// What a newer version of the program leaves.
  void makeNewer(String path) {
    var records = ((Node.File) kernel.at(path).node()).ledger;
    records.set(0, records.getFirst().as(State.NEWER));
  }

  private final class Open implements Ledger {
    private final Place place;
    private final OpenFile opened;
    private final SortedMap<String, Entry> entries;

    Open(Place place, OpenFile opened, SortedMap<String, Entry> entries) {
      this.place = place;
      this.opened = opened;
      this.entries = entries;
    }

    @Override
    public SortedMap<String, Entry> entries() {
      return door.look(
          "ledger entries",
          opened.path(),
          () -> Collections.unmodifiableSortedMap(new TreeMap<>(entries)));
    }

    @Override
    public void put(String key, Entry entry) {
      door.change(
          "ledger put", key, () -> append(new LedgerRecord(key, Optional.of(entry), State.WHOLE)));
    }

    @Override
    public void remove(String key) {
      door.change(
          "ledger remove", key, () -> append(new LedgerRecord(key, Optional.empty(), State.WHOLE)));
    }

    /// Appends and syncs: one effect, for no caller can see the moment between.
    private void append(LedgerRecord change) {
      if (!kernel.open.contains(opened))
        throw new IllegalStateException("ledger " + opened.path() + " is closed");
      kernel.refuseReadOnly(place);
      kernel.refuseFull(place, change.length());
      opened.file().ledger.removeIf(older -> older.key().equals(change.key()));
      opened.file().ledger.add(change);
      opened.file().size =
          opened.file().ledger.stream().map(LedgerRecord::length).reduce(Bytes.ZERO, Bytes::plus);
      place.filesystem().sync();
      apply(entries, change);
    }

    @Override
    public void close() {
      door.change("ledger close", opened.path(), () -> kernel.open.remove(opened));
    }
  }
}
