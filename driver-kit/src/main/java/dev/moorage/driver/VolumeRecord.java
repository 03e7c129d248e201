package dev.moorage.driver;

import dev.moorage.base.Bytes;
import dev.moorage.csi.ContentSource;
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
/// @param asked what it was made for
/// @param state how far it is
public record VolumeRecord(VolumeId id, String name, Bytes size, Asked asked, State state) {

  /// What was asked for, size apart.
  ///
  /// @param uses the capabilities it was made for, sorted; at least one
  /// @param parameters class parameters; also the volume's context
  /// @param mutable what can be changed of it, as it is now
  /// @param source where its content came from
  public record Asked(
      List<Use> uses,
      Map<String, String> parameters,
      Map<String, String> mutable,
      ContentSource source) {
    public Asked {
      uses = List.copyOf(uses);
      parameters = Collections.unmodifiableSortedMap(new TreeMap<>(parameters));
      mutable = Collections.unmodifiableSortedMap(new TreeMap<>(mutable));
    }

    /// An empty volume without anything that can be changed.
    public static Asked empty(List<Use> uses, Map<String, String> parameters) {
      return new Asked(uses, parameters, Map.of(), new ContentSource.Empty());
    }

    /// What differs in another request for the same name; empty for nothing.
    String differenceTo(Asked wish) {
      if (!uses.equals(wish.uses))
        return "its capabilities are " + uses + ", asked was " + wish.uses;
      if (!parameters.equals(wish.parameters))
        return "its parameters are " + parameters + ", asked was " + wish.parameters;
      if (!mutable.equals(wish.mutable))
        return "its mutable parameters are " + mutable + ", asked was " + wish.mutable;
      if (!source.equals(wish.source))
        return "it was made from " + text(source) + ", asked was " + text(wish.source);
      return "";
    }

    private static String text(ContentSource source) {
      return switch (source) {
        case ContentSource.Empty() -> "nothing";
        case ContentSource.Snapshot(var snapshot) -> "snapshot " + snapshot;
        case ContentSource.Volume(var volume) -> "volume " + volume;
      };
    }
  }

  /// How far a volume is. A fact that exists only at one point lives in that point's record.
  public sealed interface State {
    /// Being made: an intent, undone after a crash.
    record Creating() implements State {}

    /// There.
    ///
    /// @param published where it may be used; several nodes only where all its uses allow that
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

    /// Becoming what its `mutable` says: an intent, finished after a crash.
    record Modifying(List<Publication> published) implements State {
      public Modifying {
        published = List.copyOf(published);
      }
    }

    /// Being removed: an intent, finished after a crash.
    record Deleting() implements State {}
  }

  /// Where a volume may be used.
  public record Publication(NodeId node, Use use, boolean readOnly) {}

  /// The capabilities it was made for, sorted; at least one.
  public List<Use> uses() {
    return asked.uses();
  }

  /// Class parameters; also the volume's context.
  public Map<String, String> parameters() {
    return asked.parameters();
  }

  /// What can be changed of it, as it is now.
  public Map<String, String> mutable() {
    return asked.mutable();
  }

  /// Where its content came from.
  public ContentSource source() {
    return asked.source();
  }

  /// The filesystem it was made for.
  public String fsType() {
    return uses().getFirst().fsType();
  }

  /// What it needs in its storage: the larger size while it grows.
  public Bytes space() {
    return state instanceof State.Growing growing ? size.max(growing.target()) : size;
  }

  /// Whether callers may use it: neither half-made nor half-gone.
  boolean usable() {
    return switch (state) {
      case State.Ready _, State.Growing _, State.Modifying _ -> true;
      case State.Creating(), State.Deleting() -> false;
    };
  }

  List<Publication> published() {
    return switch (state) {
      case State.Ready(var published) -> published;
      case State.Growing(_, var published) -> published;
      case State.Modifying(var published) -> published;
      case State.Creating(), State.Deleting() -> List.of();
    };
  }

  VolumeRecord in(State next) {
    return new VolumeRecord(id, name, size, asked, next);
  }

  VolumeRecord publishedTo(List<Publication> publications) {
    return in(
        switch (state) {
          case State.Growing growing -> new State.Growing(growing.target(), publications);
          case State.Modifying _ -> new State.Modifying(publications);
          case State.Ready _, State.Creating _, State.Deleting _ -> new State.Ready(publications);
        });
  }

  VolumeRecord grown(Bytes target) {
    return new VolumeRecord(id, name, target, asked, new State.Ready(published()));
  }

  /// The same with other values of what can be changed.
  VolumeRecord with(Map<String, String> mutable) {
    var next = new Asked(uses(), parameters(), mutable, source());
    return new VolumeRecord(id, name, size, next, state);
  }

  SortedMap<String, String> context() {
    return new TreeMap<>(parameters());
  }
}
