package dev.moorage.driver;

import dev.moorage.base.Bytes;
import dev.moorage.csi.Topology;
import dev.moorage.driver.VolumeRecord.State;
import java.util.List;

/// What to do about a CreateVolume: decided from the ledger alone.
sealed interface CreateStep {
  /// The volume is there and is what was asked for: the first answer again.
  record SameAgain(VolumeRecord volume) implements CreateStep {}

  /// The name belongs to another volume.
  record Conflict(String difference) implements CreateStep {}

  /// A volume of this name is still being removed.
  record StillGoing() implements CreateStep {}

  /// What it should be made from is not there.
  record NoSource(String source) implements CreateStep {}

  /// What it should be made from is for another use.
  record WrongSource(String difference) implements CreateStep {}

  /// No volume in reach of the requisite places can be made here.
  record OutOfReach() implements CreateStep {}

  /// No possible size lies in the range.
  record NoSuchSize(Bytes minimum) implements CreateStep {}

  /// The range does not reach to the size of what it should be made from.
  record TooSmall(Bytes source) implements CreateStep {}

  /// Make it.
  record Make(Bytes size) implements CreateStep {}

  /// What there is to make it from.
  sealed interface Origin {
    /// An empty volume is asked for.
    record Nothing() implements Origin {}

    record Missing(String what) implements Origin {}

    record There(Bytes size, String fsType) implements Origin {}
  }

  /// What a volume is made with.
  ///
  /// @param here where this driver's volumes are; [Topology#NONE] for everywhere
  record Given(SizeRules sizes, Topology here, Origin origin) {}

  /// Decides where a volume of this name is in the ledger.
  static CreateStep next(VolumeRecord found, Wish wish, Given given) {
    return switch (found.state()) {
      case State.Deleting() -> new StillGoing();
      // What a failed try could not undo is nobody's yet: it is made anew.
      case State.Creating() -> next(wish, given);
      case State.Ready _, State.Growing _, State.Modifying _ -> {
        var difference =
            reachable(wish, given.here()) ? difference(found, wish) : "it is in another place";
        yield difference.isEmpty() ? new SameAgain(found) : new Conflict(difference);
      }
    };
  }

  /// Decides where there is no volume of this name.
  static CreateStep next(Wish wish, Given given) {
    return switch (given.origin()) {
      case Origin.Missing(var what) -> new NoSource(what);
      case Origin.There(_, var fsType) when !fsType.equals(wish.fsType()) ->
          new WrongSource("the source is for " + fsType + ", asked was " + wish.fsType());
      case Origin.There _, Origin.Nothing _ ->
          reachable(wish, given.here()) ? sized(wish, given) : new OutOfReach();
    };
  }

  private static CreateStep sized(Wish wish, Given given) {
    return switch (given.origin()) {
      case Origin.There(var size, _) when wish.capacity().required().isZero() ->
          wish.capacity().holds(size) ? new Make(size) : new TooSmall(size);
      case Origin.There(var size, _) -> chosen(wish, given, size);
      case Origin.Nothing(), Origin.Missing _ -> chosen(wish, given, Bytes.ZERO);
    };
  }

  private static CreateStep chosen(Wish wish, Given given, Bytes least) {
    var size = given.sizes().choose(wish.capacity());
    if (size.isEmpty()) return new NoSuchSize(given.sizes().minimum());
    return size.get().isBelow(least) ? new TooSmall(least) : new Make(size.get());
  }

  private static boolean reachable(Wish wish, Topology here) {
    return reachable(wish.requisite(), here);
  }

  /// Whether one of these places is here; no places are everywhere.
  static boolean reachable(List<Topology> places, Topology here) {
    return here.equals(Topology.NONE)
        || places.isEmpty()
        || places.stream().anyMatch(place -> holds(here, place));
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
    return volume.asked().differenceTo(wish.asked());
  }
}
