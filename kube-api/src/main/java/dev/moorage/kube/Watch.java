package dev.moorage.kube;

import java.time.Duration;
import java.util.Optional;

/// An open watch. One task reads it; any task may close it.
///
/// @param <T> the typed view
public interface Watch<T extends View> extends AutoCloseable {

  /// Waits for the next change.
  ///
  /// @param atMost how long; zero only looks
  /// @return the change, or empty when none came in time
  /// @throws KubeException `Expired` when changes were lost (list again); any other when the stream
  ///   has ended
  Optional<Change<T>> next(Duration atMost);

  @Override
  void close();

  /// What a watch tells.
  sealed interface Change<T> {
    /// The object entered the selection.
    record Added<T>(T now) implements Change<T> {}

    /// The object changed.
    record Modified<T>(T now) implements Change<T> {}

    /// The object left the selection; `last` carries its last state and the deletion's version.
    record Deleted<T>(T last) implements Change<T> {}

    /// Everything up to this version has been told.
    record Bookmark<T>(String version) implements Change<T> {}
  }
}
