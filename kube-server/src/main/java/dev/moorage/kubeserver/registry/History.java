package dev.moorage.kubeserver.registry;

import dev.moorage.base.ObjectKey;
import dev.moorage.kube.Tree;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The latest writes of one kind, at most so many. Guarded by its [Histories].
final class History {
  private final @Nullable Happened[] ring;
  private final List<Feed> feeds = new ArrayList<>();
  private long count; // writes ever added
  private long lost; // the revision of the last write that fell out
  private OrderedMap<ObjectKey, Tree> atLost;

  /// @param known the revision from which all writes will be here
  /// @param objects the kind's objects at that revision
  History(int size, long known, OrderedMap<ObjectKey, Tree> objects) {
    this.ring = new Happened[size];
    this.lost = known;
    this.atLost = objects;
  }

  void add(Happened write) {
    int place = place(count);
    var old = ring[place];
    if (old != null) {
      lost = old.revision();
      atLost = old.after();
    }
    ring[place] = write;
    count++;
  }

  private int place(long number) {
    return (int) (number % ring.length);
  }

  /// Changes up to this revision cannot be told any more.
  long lost() {
    return lost;
  }

  /// The first write after a revision.
  Optional<Happened> after(long revision) {
    long from = firstAfter(revision);
    return from < count ? Optional.ofNullable(ring[place(from)]) : Optional.empty();
  }

  /// The number of the first write after a revision; `count` where there is none.
  private long firstAfter(long revision) {
    long low = Math.max(0, count - ring.length);
    long high = count;
    while (low < high) {
      long middle = (low + high) >>> 1;
      var write = ring[place(middle)];
      if (write != null && write.revision() > revision) high = middle;
      else low = middle + 1;
    }
    return low;
  }

  /// The kind's objects as they were at a revision; empty when that is too long ago.
  Optional<OrderedMap<ObjectKey, Tree>> at(long revision) {
    if (revision < lost) return Optional.empty();
    long next = firstAfter(revision);
    if (next == Math.max(0, count - ring.length)) return Optional.of(atLost);
    return Optional.ofNullable(ring[place(next - 1)]).map(Happened::after);
  }

  List<Feed> feeds() {
    return feeds;
  }
}
