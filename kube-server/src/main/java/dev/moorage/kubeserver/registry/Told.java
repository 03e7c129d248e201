package dev.moorage.kubeserver.registry;

import dev.moorage.kube.Tree;

/// What a watch tells.
public sealed interface Told {
  /// The object entered the selection, or was there at the start.
  record Added(Tree object) implements Told {}

  /// The object changed.
  record Modified(Tree object) implements Told {}

  /// The object left the selection: its last state in it, with the version in which it left.
  record Deleted(Tree object) implements Told {}

  /// Everything up to this version has been told.
  ///
  /// @param startTold whether this closes the objects that were there at the start
  record Bookmark(String version, boolean startTold) implements Told {}
}
