package dev.moorage.kubeserver.store;

import dev.moorage.base.Check;
import dev.moorage.base.ObjectKey;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/// A log in memory. In a simulation it lives outside the server's group, as a disk does: what was
/// appended is there after a crash.
public final class MemoryLog implements Log {
  private final int keep;
  private final TreeMap<Place, LogEntry> base = new TreeMap<>(); // guarded by this, as is the rest
  private final List<LogEntry> changes = new ArrayList<>();
  private long folded;

  /// @param keep how many changes stay unfolded at least, 1 or more
  public MemoryLog(int keep) {
    Check.that(keep > 0, "a log keeps at least one change");
    this.keep = keep;
  }

  /// A log that keeps 10,000 changes unfolded.
  public MemoryLog() {
    this(10_000);
  }

  @Override
  public synchronized Kept replay() {
    return new Kept(folded, List.copyOf(base.values()), changes);
  }

  @Override
  public synchronized void append(List<LogEntry> entries) {
    long next = folded + changes.size() + 1;
    for (LogEntry entry : entries)
      Check.that(entry.revision() == next++, "revisions go on without a gap");
    changes.addAll(entries);
    if (changes.size() > 2 * keep) fold(changes.subList(0, changes.size() - keep));
  }

  private void fold(List<LogEntry> old) {
    for (LogEntry entry : old) {
      var place = new Place(entry.resource(), entry.key());
      if (entry.deleted()) base.remove(place);
      else base.put(place, entry);
    }
    folded += old.size();
    old.clear();
  }

  @Override
  public boolean waits() {
    return false;
  }

  @Override
  public void close() {
    // What is in memory stays: the next server may open it again.
  }

  private record Place(String resource, ObjectKey key) implements Comparable<Place> {
    @Override
    public int compareTo(Place other) {
      int byResource = resource.compareTo(other.resource);
      return byResource != 0 ? byResource : key.compareTo(other.key);
    }
  }
}
