package dev.moorage.controller;

import dev.moorage.base.ObjectKey;
import dev.moorage.kube.Kind;

/// One write of a reconcile, as far as the caches must catch up with it.
sealed interface Write {
  /// The written kind.
  Kind<?> kind();

  /// The written object.
  ObjectKey key();

  /// The object has this version now.
  record Stored(Kind<?> kind, ObjectKey key, String version) implements Write {}

  /// The object is gone, or waits for its finalizers or its grace.
  record Deleted(Kind<?> kind, ObjectKey key) implements Write {}

  /// The write was refused, its answer was lost, or the object may have gone with it: only a live
  /// read tells.
  record Unsure(Kind<?> kind, ObjectKey key) implements Write {}
}
