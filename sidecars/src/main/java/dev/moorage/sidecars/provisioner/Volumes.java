package dev.moorage.sidecars.provisioner;

import dev.moorage.base.ObjectKey;
import dev.moorage.csi.Secrets;
import dev.moorage.kube.PersistentVolume;
import java.util.Optional;

/// The few reads and writes that removing volumes needs. Writes are guarded by the version seen.
interface Volumes {

  /// The facts of a volume; empty when it is gone.
  Optional<VolumeView> find(ObjectKey key);

  /// The secrets for the volume's removal; none where none are named, or where they are gone.
  Secrets deletionSecrets(PersistentVolume volume);

  /// Whether an attachment names the volume, asked of the API itself.
  boolean attachedNow(PersistentVolume volume);

  /// Adds our finalizer.
  void hold(PersistentVolume volume);

  /// Takes our finalizer off.
  void letGo(PersistentVolume volume);

  /// Deletes the object and takes our finalizer off; well when it is gone already.
  void remove(PersistentVolume volume);

  /// Tells on the volume what went wrong.
  void warn(PersistentVolume volume, String reason, String message);
}
