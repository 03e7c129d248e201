package dev.moorage.driver;

import dev.moorage.driver.VolumeRecord.State;

/// Finishes what an earlier try has left as an intent and another operation is about to build on.
record Unfinished(Kit kit) {

  VolumeRecord modified(VolumeRecord volume) {
    return volume.state() instanceof State.Modifying
            && kit.backend() instanceof ModifiesVolumes backend
        ? new Modification(kit).finish(backend, volume)
        : volume;
  }

  VolumeRecord grown(VolumeRecord volume) {
    return volume.state() instanceof State.Growing growing
            && kit.backend() instanceof Expands backend
        ? new Growth(kit).grow(backend, volume, growing.target())
        : volume;
  }
}
