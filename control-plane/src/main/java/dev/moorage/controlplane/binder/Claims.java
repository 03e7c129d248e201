package dev.moorage.controlplane.binder;

import dev.moorage.base.ObjectKey;
import dev.moorage.kube.PersistentVolume;
import dev.moorage.kube.PersistentVolumeClaim;
import java.util.Optional;

/// The reads and writes that binding a claim needs. Every write is guarded by the version in the
/// view it is given.
interface Claims {
  Optional<ClaimView> find(ObjectKey key);

  void useClass(PersistentVolumeClaim claim, String className);

  void markPending(PersistentVolumeClaim claim);

  void markLost(PersistentVolumeClaim claim);

  void askProvisioner(PersistentVolumeClaim claim, String provisioner);

  void nameClaimOn(PersistentVolume volume, PersistentVolumeClaim claim, boolean byController);

  void markBound(PersistentVolume volume);

  void nameVolumeOn(PersistentVolumeClaim claim, PersistentVolume volume, boolean byController);

  void markBound(PersistentVolumeClaim claim, PersistentVolume volume);

  void remark(PersistentVolumeClaim claim, boolean warning, String reason, String message);
}
