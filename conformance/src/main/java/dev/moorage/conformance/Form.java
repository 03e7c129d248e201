package dev.moorage.conformance;

import dev.moorage.csi.AccessMode;
import dev.moorage.csi.VolumeCapability;
import dev.moorage.csi.VolumeCapability.Access;
import java.util.Locale;

/// What a volume is used as.
enum Form {
  MOUNT,
  BLOCK;

  VolumeCapability capability(AccessMode mode, String fsType) {
    return switch (this) {
      case MOUNT -> VolumeCapability.mount(fsType, mode);
      case BLOCK -> new VolumeCapability(new Access.Block(), mode);
    };
  }

  Form other() {
    return this == MOUNT ? BLOCK : MOUNT;
  }

  String text() {
    return name().toLowerCase(Locale.ROOT);
  }
}
