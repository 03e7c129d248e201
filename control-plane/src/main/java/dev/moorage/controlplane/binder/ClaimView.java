package dev.moorage.controlplane.binder;

import dev.moorage.kube.PersistentVolume;
import dev.moorage.kube.PersistentVolumeClaim;
import dev.moorage.kube.StorageClass;
import java.util.List;

/// What the binder knows of one claim.
///
/// @param defaultClass the name of the default class, empty where there is none
/// @param named the volume that the claim names
/// @param volumes the volumes that name the claim, then those that name none, as candidates
record ClaimView(
    PersistentVolumeClaim claim,
    ClassFact storageClass,
    String defaultClass,
    VolumeFact named,
    Selector selector,
    List<PersistentVolume> volumes) {

  ClaimView {
    volumes = List.copyOf(volumes);
  }

  /// The claim's class.
  sealed interface ClassFact {
    /// The claim names no class, or the empty one on purpose.
    record None() implements ClassFact {}

    /// No class has this name.
    record Unknown(String name) implements ClassFact {}

    /// The class.
    record Known(StorageClass it) implements ClassFact {}
  }

  /// The volume that the claim names.
  sealed interface VolumeFact {
    /// The claim names none.
    record None() implements VolumeFact {}

    /// No volume has this name; read live, not only from the cache.
    record Missing(String name) implements VolumeFact {}

    /// The volume.
    record There(PersistentVolume it) implements VolumeFact {}
  }

  /// Whether binding was finished once.
  boolean bindCompleted() {
    return claim.meta().annotations().containsKey(Keys.BIND_COMPLETED);
  }

  /// Whether the class makes the claim wait for its first consumer.
  boolean delayed() {
    return storageClass instanceof ClassFact.Known(var it) && it.waitsForConsumer();
  }
}
