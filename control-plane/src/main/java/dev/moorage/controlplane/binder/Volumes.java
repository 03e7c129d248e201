package dev.moorage.controlplane.binder;

import dev.moorage.base.ObjectKey;
import dev.moorage.kube.PersistentVolume;
import java.util.Optional;

/// The reads and writes that following a volume's claim needs.
interface Volumes {
  Optional<VolumeView> find(ObjectKey key);

  void markPhase(PersistentVolume volume, String phase);

  void unbind(PersistentVolume volume, boolean whole);

  void warnOfMode(PersistentVolume volume);
}
