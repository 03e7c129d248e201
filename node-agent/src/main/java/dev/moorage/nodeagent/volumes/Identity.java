package dev.moorage.nodeagent.volumes;

import dev.moorage.csi.VolumeId;

/// Which volume: its PersistentVolume's name, and its driver's id of it.
record Identity(String name, String driver, VolumeId volume) {
  String uniqueName() {
    return Places.uniqueName(driver, volume);
  }
}
