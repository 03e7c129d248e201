package dev.moorage.controlplane.protection;

import dev.moorage.base.ObjectKey;
import dev.moorage.kube.Meta;
import java.util.Optional;

/// The reads and writes that protecting one kind needs. Writes are guarded by the version seen.
interface Guarded {
  Optional<ProtectedView> find(ObjectKey key);

  void addFinalizer(Meta seen);

  void removeFinalizer(Meta seen);
}
