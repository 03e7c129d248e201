package dev.moorage.driver;

import dev.moorage.csi.AccessMode;
import dev.moorage.csi.VolumeId;

/// A volume shown at a pod's path, or about to be: the intent stands before the folder or file is
/// made and goes after it is removed.
///
/// @param flags a hash of the mount flags, which may be sensitive; empty where an earlier version
///   did not note it
/// @param done false while it is an intent
record TargetRecord(
    VolumeId volume, String path, Use use, String flags, boolean readOnly, boolean done) {

  TargetRecord finished() {
    return new TargetRecord(volume, path, use, flags, readOnly, true);
  }

  /// The same of a volume that is staged read-only or not.
  TargetRecord of(StageRecord stage) {
    return new TargetRecord(volume, path, use, flags, readOnly || stage.readOnly(), done);
  }

  /// Whether the volume may be published at this one path only.
  boolean exclusive() {
    return use.mode() == AccessMode.SINGLE_NODE_SINGLE_WRITER;
  }

  /// What differs in another request for the same path; empty for nothing.
  String differenceTo(TargetRecord wish) {
    if (!use.equals(wish.use)) return "it is published as " + use + ", asked was " + wish.use;
    if (readOnly != wish.readOnly) return "it is published " + StageRecord.access(readOnly);
    if (!flags.isEmpty() && !flags.equals(wish.flags))
      return "it is published with other mount flags";
    return "";
  }
}
