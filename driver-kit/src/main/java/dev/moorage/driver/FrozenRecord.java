package dev.moorage.driver;

import dev.moorage.csi.VolumeId;

/// A volume whose filesystem is held still: written before, and removed after.
record FrozenRecord(VolumeId volume, String device, String fsType) {}
