package dev.moorage.sidecars.attacher;

import dev.moorage.base.ObjectKey;
import dev.moorage.kube.PersistentVolume;
import java.util.Optional;

/// The few reads and writes that letting volumes go needs.
interface HeldVolumes {

  /// A volume; empty when it is gone.
  Optional<PersistentVolume> find(ObjectKey key);

  /// The facts of a volume.
  HeldVolumeStep.View view(PersistentVolume volume);

  /// Whether an attachment names the volume, asked of the API itself.
  boolean attachedNow(PersistentVolume volume);

  /// Takes our finalizer off.
  void letGo(PersistentVolume volume);
}
