package dev.moorage.kubeserver.store;

import java.util.List;

/// The registry's durable memory: writes in the order of their revisions.
///
/// One task at a time appends. Older writes are folded into a base now and then, so that the log
/// stays bounded: of an object that was not written lately only its last state is kept.
public interface Log extends AutoCloseable {

  /// All that is kept.
  ///
  /// @throws StoreException when it cannot be read
  Kept replay();

  /// Appends writes, all of them or none; they are durable when this returns.
  ///
  /// @param entries their revisions go on where the last append ended, without a gap
  /// @throws StoreException when they are not stored. Where that was not certain, the next append
  ///   makes it so first, or fails as well; opening the log meanwhile may find them stored.
  void append(List<LogEntry> entries);

  /// Whether appending waits for a device: the registry then writes from a task of its own and puts
  /// many writes into one append.
  boolean waits();

  /// Ends the use of this log. Closing twice is harmless.
  @Override
  void close();

  /// What a log keeps.
  ///
  /// @param folded the revision up to which changes were folded into the base; 0 for none
  /// @param base the objects as they were at that revision, each with the revision of its last
  ///   write
  /// @param changes all writes after it, in order
  record Kept(long folded, List<LogEntry> base, List<LogEntry> changes) {
    public Kept {
      base = List.copyOf(base);
      changes = List.copyOf(changes);
    }

    /// The revision of the last write; 0 for an empty log.
    public long last() {
      return changes.isEmpty() ? folded : changes.getLast().revision();
    }
  }
}
