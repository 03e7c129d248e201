package dev.moorage.kube;

import dev.moorage.base.ObjectKey;

/// A typed view of an object: only what rooms need, never written back.
public interface View {
  /// The object's metadata.
  Meta meta();

  /// The object's key within its kind.
  default ObjectKey key() {
    return meta().key();
  }
}
