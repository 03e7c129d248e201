package dev.moorage.controlplane.binder;

import dev.moorage.kube.PersistentVolume;

/// What the binder knows of one volume.
record VolumeView(PersistentVolume volume, ClaimFact claim) {

  /// The claim that the volume names.
  sealed interface ClaimFact {
    /// The volume names none, or its user named one that has not been bound yet.
    record NotBoundYet() implements ClaimFact {}

    /// The claim is gone, or another one has its name now; read live, not only from the cache.
    record Gone() implements ClaimFact {}

    /// The claim is there.
    ///
    /// @param volumeName the volume that it names, may be empty
    record There(String volumeName, boolean block) implements ClaimFact {}
  }
}
