package dev.moorage.driver;

import dev.moorage.base.Bytes;
import dev.moorage.csi.NodeId;
import dev.moorage.csi.VolumeId;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/// A volume as the kit's ledger knows it.
///
/// @param id made from the name, safe as a file name
/// @param name as CreateVolume gave it
/// @param size what it has now
/// @param uses the capabilities it was made for, sorted
/// @param parameters class parameters; also the volume's context
/// @param state how far it is
public record VolumeRecord(
    VolumeId id,
    String name,
    Bytes size,
    List<Use> uses,
    Map<String, String> parameters,
    State state) {

  public VolumeRecord {
    uses = List.copyOf(uses);
    parameters = Collections.unmodifiableSortedMap(new TreeMap<>(parameters));
  }

  /// How far a volume is. A fact that exists only at one point lives in that point's record.
  public sealed interface State {
    /// Being made: an intent, undone after a crash.
    record Creating() implements State {}

    /// There.
    ///
    /// @param published where it may be used; one node at most for now
    record Ready(List<Publication> published) implements State {
      public Ready {
        published = List.copyOf(published);
      }
    }

    /// Becoming larger: an intent, finished after a crash.
    record Growing(Bytes target, List<Publication> published) implements State {
      public Growing {
        published = List.copyOf(published);
      }
    }

    /// Being removed: an intent, finished after a crash.
    record Deleting() implements State {}
  }

  /// Where a volume may be used.
  public record Publication(NodeId node, Use use, boolean readOnly) {}

  /// The filesystem it was made for.
  public String fsType() {
    return uses.getFirst().fsType();
  }

  /// What it needs in its storage: the larger size while it grows.
  public Bytes space() {
    return state instanceof State.Growing growing ? size.max(growing.target()) : size;
  }

  /// Whether callers may use it: neither half-made nor half-gone.
  boolean usable() {
    return state instanceof State.Ready || state instanceof State.Growing;
  }

  List<Publication> published() {
    return switch (state) {
      case State.Ready(var published) -> published;
      case State.Growing(_, var published) -> published;
      case State.Creating(), State.Deleting() -> List.of();
    };
  }

  VolumeRecord in(State next) {
    return new VolumeRecord(id, name, size, uses, parameters, next);
  }

  VolumeRecord publishedTo(List<Publication> publications) {
    return in(
        state instanceof State.Growing growing
            ? new State.Growing(growing.target(), publications)
            : new State.Ready(publications));
  }

  VolumeRecord grown(Bytes target) {
    return new VolumeRecord(id, name, target, uses, parameters, new State.Ready(published()));
  }

  SortedMap<String, String> context() {
    return new TreeMap<>(parameters);
  }
}
