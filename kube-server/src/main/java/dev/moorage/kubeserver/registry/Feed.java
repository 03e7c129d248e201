package dev.moorage.kubeserver.registry;

import dev.moorage.base.Gate;
import dev.moorage.base.Group;
import dev.moorage.kube.Kind;
import dev.moorage.kube.KubeException;
import dev.moorage.kube.Tree;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// An open watch of the registry. One task reads it; any task may close it.
public final class Feed implements AutoCloseable {
  private static final Duration BEFORE_THE_END = Duration.ofSeconds(2);
  private static final Duration LONG = Duration.ofDays(36_500);

  private final Histories histories;
  private final Group group;
  private final Watched watched;
  private final Iterator<Tree> start;
  private boolean startTold;
  private long cursor; // the revision up to which everything was told
  private long quietSince;
  private long lastBookmarkAt = Long.MAX_VALUE; // for a watch that ends; told once
  private @Nullable Gate waiting; // guarded by histories, as is the next
  private boolean closed;

  /// What a watch is about.
  ///
  /// @param bookmarkEvery how long a quiet watch waits before it says how far it has come; zero for
  ///   never
  record Watched(Kind<?> kind, Matcher matcher, Duration bookmarkEvery) {}

  /// @param at where the watch begins
  /// @param start objects of that state to tell first; then a bookmark that closes them
  Feed(Histories histories, Group group, Watched watched, State at, List<Tree> start) {
    this.histories = histories;
    this.group = group;
    this.watched = watched;
    this.start = start.iterator();
    this.cursor = at.revision();
    this.quietSince = group.tasks().nanos();
  }

  /// Goes on from a revision, without telling the present objects.
  static Feed from(Histories histories, Group group, Watched watched, long revision) {
    var feed =
        new Feed(histories, group, watched, new State(revision, State.EMPTY.kinds()), List.of());
    feed.startTold = true;
    return feed;
  }

  /// Tells a watch that asked for bookmarks where it stands once more, shortly before its reader
  /// stops: so it can go on from there however quiet its objects were. Called before the first
  /// reading.
  ///
  /// @param left until the reader stops
  public void endsIn(Duration left) {
    if (left.compareTo(BEFORE_THE_END) > 0)
      lastBookmarkAt = group.tasks().nanos() + nanos(left.minus(BEFORE_THE_END));
  }

  /// Waits for the next change.
  ///
  /// @param atMost how long; zero only looks
  /// @return the change, or empty when none came in time
  /// @throws KubeException `Expired` when changes were lost
  public Optional<Told> next(Duration atMost) {
    if (start.hasNext()) return Optional.of(new Told.Added(start.next()));
    if (!startTold) {
      startTold = true;
      if (bookmarks()) return bookmark(true);
    }
    return awaited(atMost);
  }

  private Optional<Told> awaited(Duration atMost) {
    var tasks = group.tasks();
    long end = tasks.nanos() + nanos(atMost);
    while (true) {
      var told = poll();
      if (told.isPresent()) {
        quietSince = tasks.nanos();
        return told;
      }
      long now = tasks.nanos();
      long bookmarkAt = Math.min(lastBookmarkAt, quietSince + nanos(watched.bookmarkEvery));
      if (bookmarks() && now >= bookmarkAt) return bookmark(false);
      if (now >= end) return Optional.empty();
      await(Duration.ofNanos((bookmarks() ? Math.min(end, bookmarkAt) : end) - now));
    }
  }

  /// Long waits are cut so that sums of nanoseconds stay numbers.
  private static long nanos(Duration duration) {
    return duration.compareTo(LONG) > 0 ? LONG.toNanos() : duration.toNanos();
  }

  private void await(Duration atMost) {
    var gate = group.newGate();
    synchronized (histories) {
      if (closed) throw ended();
      if (relevant().isPresent()) return;
      waiting = gate;
    }
    gate.await(atMost);
    synchronized (histories) {
      waiting = null;
      if (closed) throw ended();
    }
  }

  private static KubeException ended() {
    return new KubeException(KubeException.Reason.Unknown, "the watch was closed");
  }

  private boolean bookmarks() {
    return watched.bookmarkEvery.isPositive();
  }

  /// Everything up to the cursor has been told.
  private Optional<Told> bookmark(boolean start) {
    quietSince = group.tasks().nanos();
    if (quietSince >= lastBookmarkAt) lastBookmarkAt = Long.MAX_VALUE;
    return Optional.of(new Told.Bookmark(Long.toString(cursor), start));
  }

  private Optional<Told> poll() {
    synchronized (histories) {
      var write = relevant();
      write.ifPresent(happened -> cursor = happened.revision());
      if (write.isEmpty()) cursor = Math.max(cursor, histories.revision());
      return write.map(this::told);
    }
  }

  /// The next write after the cursor that this watch must tell; those before it are passed over.
  private Optional<Happened> relevant() {
    synchronized (histories) {
      long lost = histories.lost(watched.kind);
      if (cursor < lost) throw Refusals.tooOld(cursor, lost);
      var write = histories.after(watched.kind, cursor);
      while (write.isPresent() && !concerns(write.get())) {
        cursor = write.get().revision();
        write = histories.after(watched.kind, cursor);
      }
      return write;
    }
  }

  private boolean concerns(Happened write) {
    return matches(write.before()) || (!write.deleted() && matches(write.now()));
  }

  private boolean matches(Tree object) {
    return !object.isNothing() && watched.matcher.matches(object);
  }

  private Told told(Happened write) {
    if (write.deleted()) return new Told.Deleted(write.now());
    if (!matches(write.now())) return new Told.Deleted(inVersionOf(write.now(), write.before()));
    return matches(write.before()) ? new Told.Modified(write.now()) : new Told.Added(write.now());
  }

  private static Tree inVersionOf(Tree now, Tree before) {
    return before.with(now.at("metadata", "resourceVersion"), "metadata", "resourceVersion");
  }

  /// The gate to open for a write; called with the histories' lock held.
  Optional<Gate> wakeFor(Happened write) {
    return waiting != null && concerns(write) ? Optional.of(waiting) : Optional.empty();
  }

  @Override
  public void close() {
    Optional<Gate> wake;
    synchronized (histories) {
      closed = true;
      histories.close(watched.kind, this);
      wake = Optional.ofNullable(waiting);
    }
    wake.ifPresent(Gate::open);
  }
}
