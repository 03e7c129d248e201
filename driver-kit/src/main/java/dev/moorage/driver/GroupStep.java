package dev.moorage.driver;

import dev.moorage.csi.VolumeId;
import java.util.List;
import java.util.Optional;

/// What to do about a CreateVolumeGroupSnapshot: decided from the ledger alone.
sealed interface GroupStep {
  /// The group snapshot is there and is what was asked for: the first answer again.
  record SameAgain(GroupRecord group) implements GroupStep {}

  /// The name belongs to another group snapshot.
  record Conflict(String difference) implements GroupStep {}

  /// A group snapshot of this name is still being removed.
  record StillGoing() implements GroupStep {}

  /// A volume is not there.
  record NoSource(VolumeId volume) implements GroupStep {}

  /// Undo what an earlier try has left, then look again.
  record UndoFirst(GroupRecord left) implements GroupStep {}

  /// Cut it.
  record Cut() implements GroupStep {}

  /// Decides where there may be a group snapshot of this name in the ledger.
  ///
  /// @param missing the sources that callers cannot use
  static GroupStep next(Optional<GroupRecord> found, GroupWish wish, List<VolumeId> missing) {
    if (found.isEmpty()) return missing.isEmpty() ? new Cut() : new NoSource(missing.getFirst());
    var group = found.get();
    return switch (group.state()) {
      case DELETING -> new StillGoing();
      // Its members may be of other volumes.
      case CUTTING -> new UndoFirst(group);
      // Also when its volumes are gone since.
      case READY -> {
        var difference = difference(group, wish);
        yield difference.isEmpty() ? new SameAgain(group) : new Conflict(difference);
      }
    };
  }

  private static String difference(GroupRecord group, GroupWish wish) {
    if (!group.sources().equals(wish.sources()))
      return "it is of volumes " + group.sources() + ", asked was " + wish.sources();
    if (!group.parameters().equals(wish.parameters()))
      return "its parameters are " + group.parameters() + ", asked was " + wish.parameters();
    return "";
  }
}
