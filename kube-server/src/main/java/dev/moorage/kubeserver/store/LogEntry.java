package dev.moorage.kubeserver.store;

import dev.moorage.base.ObjectKey;
import dev.moorage.kube.Tree;

/// One write: an object's new state, or its end.
///
/// @param revision the write's number, 1 or more; over all kinds, without gaps
/// @param deleted whether the object is gone with this write
/// @param resource the kind as `plural` or `plural.group`
/// @param object the object; its last state where it is gone
public record LogEntry(
    long revision, boolean deleted, String resource, ObjectKey key, Tree object) {

  /// @throws IllegalArgumentException when the revision is below 1
  public LogEntry {
    if (revision < 1) throw new IllegalArgumentException("revisions begin at 1, not " + revision);
  }

  /// Neither the object nor a part of it is printed: it may be a secret.
  @Override
  public String toString() {
    return revision + (deleted ? " delete " : " put ") + resource + " " + key;
  }
}
