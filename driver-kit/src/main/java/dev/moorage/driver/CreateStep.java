package dev.moorage.driver;

import dev.moorage.base.Bytes;
import dev.moorage.csi.Topology;

/// What to do about a CreateVolume: decided from the ledger alone.
sealed interface CreateStep {
  /// The volume is there and is what was asked for: the first answer again.
  record SameAgain(VolumeRecord volume) implements CreateStep {}

  /// The name belongs to another volume.
  record Conflict(String difference) implements CreateStep {}

  /// A volume of this name is still being removed.
  record StillGoing() implements CreateStep {}

  /// No volume in reach of the requisite places can be made here.
  record OutOfReach() implements CreateStep {}

  /// No possible size lies in the range.
  record NoSuchSize(Bytes minimum) implements CreateStep {}

  /// Make it.
  record Make(Bytes size) implements CreateStep {}

  /// Decides where a volume of this name is in the ledger.
  ///
  /// @param here where this driver's volumes are; [Topology#NONE] for everywhere
  static CreateStep next(VolumeRecord found, Wish wish, SizeRules sizes, Topology here) {
    return switch (found.state()) {
      case VolumeRecord.State.Deleting() -> new StillGoing();
      // What a failed try could not undo is nobody's yet: it is made anew.
      case VolumeRecord.State.Creating() -> next(wish, sizes, here);
      case VolumeRecord.State.Ready _, VolumeRecord.State.Growing _ -> {
        var difference = reachable(wish, here) ? difference(found, wish) : "it is in another place";
        yield difference.isEmpty() ? new SameAgain(found) : new Conflict(difference);
      }
    };
  }

  /// Decides where there is no volume of this name.
  static CreateStep next(Wish wish, SizeRules sizes, Topology here) {
    if (!reachable(wish, here)) return new OutOfReach();
    return sizes
        .choose(wish.capacity())
        .<CreateStep>map(Make::new)
        .orElseGet(() -> new NoSuchSize(sizes.minimum()));
  }

  private static boolean reachable(Wish wish, Topology here) {
    return here.equals(Topology.NONE)
        || wish.requisite().isEmpty()
        || wish.requisite().stream().anyMatch(place -> holds(here, place));
  }

  /// Whether a place fits: all its segments are ours.
  static boolean holds(Topology here, Topology place) {
    return place.segments().entrySet().stream()
        .allMatch(segment -> segment.getValue().equals(here.segments().get(segment.getKey())));
  }

  private static String difference(VolumeRecord volume, Wish wish) {
    var range = wish.capacity();
    if (!range.holds(volume.size()))
      return "it has "
          + volume.size()
          + ", asked was "
          + range.required()
          + (range.limit().isZero() ? " or more" : " to " + range.limit());
    if (!volume.uses().equals(wish.uses()))
      return "its capabilities are " + volume.uses() + ", asked was " + wish.uses();
    if (!volume.parameters().equals(wish.parameters()))
      return "its parameters are " + volume.parameters() + ", asked was " + wish.parameters();
    return "";
  }
}
