package dev.moorage.driver;

import dev.moorage.csi.Topology;
import dev.moorage.driver.SnapshotRecord.State;
import java.util.Optional;

/// What to do about a CreateSnapshot: decided from the ledger alone.
sealed interface CutStep {
  /// The snapshot is there and is what was asked for: the first answer again.
  record SameAgain(SnapshotRecord snapshot) implements CutStep {}

  /// The name belongs to another snapshot.
  record Conflict(String difference) implements CutStep {}

  /// A snapshot of this name is still being removed.
  record StillGoing() implements CutStep {}

  /// The volume is not there.
  record NoSource() implements CutStep {}

  /// No snapshot in reach of the requisite places can be made here.
  record OutOfReach() implements CutStep {}

  /// Cut it.
  record Cut(VolumeRecord source) implements CutStep {}

  /// Decides where there may be a snapshot of this name in the ledger.
  ///
  /// @param source the volume, if callers may use it
  /// @param here where this driver's volumes are; [Topology#NONE] for everywhere
  static CutStep next(
      Optional<SnapshotRecord> found, CutWish wish, Optional<VolumeRecord> source, Topology here) {
    if (found.isEmpty()) return next(wish, source, here);
    return switch (found.get().state()) {
      case State.Deleting _ -> new StillGoing();
      // What a failed try could not undo is nobody's yet: it is cut anew.
      case State.Cutting _ -> next(wish, source, here);
      // Also when its volume is gone since.
      case State.Ready _ -> {
        var difference = difference(found.get(), wish);
        yield difference.isEmpty() ? new SameAgain(found.get()) : new Conflict(difference);
      }
    };
  }

  private static CutStep next(CutWish wish, Optional<VolumeRecord> source, Topology here) {
    if (source.isEmpty()) return new NoSource();
    if (!CreateStep.reachable(wish.requisite(), here)) return new OutOfReach();
    return new Cut(source.get());
  }

  private static String difference(SnapshotRecord snapshot, CutWish wish) {
    if (!snapshot.source().id().equals(wish.source()))
      return "it is of volume " + snapshot.source().id() + ", asked was " + wish.source();
    if (!snapshot.parameters().equals(wish.parameters()))
      return "its parameters are " + snapshot.parameters() + ", asked was " + wish.parameters();
    return "";
  }
}
