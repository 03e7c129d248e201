package dev.moorage.driver;

import dev.moorage.csi.VolumeId;

/// An ephemeral volume that lives and dies with its pod: the intent stands before the volume is
/// made and goes after everything of it is gone.
///
/// @param volume the kit's own id, made from the caller's
/// @param name the volume's name, made from the caller's id
/// @param target the pod's path
/// @param done false while it is an intent
record InlineRecord(VolumeId volume, String name, String target, boolean done) {
  /// The caller's ids are not the kit's: no class's volume has such a name.
  private static final String PREFIX = "inline ";

  /// The intent for a caller's volume.
  static InlineRecord of(VolumeId caller, String target) {
    var name = name(caller);
    return new InlineRecord(VolumeIds.of(name), name, target, false);
  }

  static VolumeId id(VolumeId caller) {
    return VolumeIds.of(name(caller));
  }

  private static String name(VolumeId caller) {
    var plain = PREFIX + caller;
    return Limits.bytes(plain) <= Limits.STRING_BYTES
        ? plain
        : PREFIX + VolumeIds.sha256(caller.text());
  }

  InlineRecord finished() {
    return new InlineRecord(volume, name, target, true);
  }
}
