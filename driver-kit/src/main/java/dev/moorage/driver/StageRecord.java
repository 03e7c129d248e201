package dev.moorage.driver;

import dev.moorage.csi.VolumeId;

/// A volume staged on this node, or being staged: the intent stands before the first outside effect
/// and goes after the last one of unstaging.
///
/// @param flags a hash of the mount flags, which may be sensitive
/// @param done false while it is an intent
record StageRecord(
    VolumeId volume, String path, Use use, String flags, boolean readOnly, boolean done) {

  StageRecord finished() {
    return new StageRecord(volume, path, use, flags, readOnly, true);
  }

  /// What differs in another request for the same volume and path; empty for nothing.
  String differenceTo(StageRecord wish) {
    if (!use.equals(wish.use)) return "it is staged as " + use + ", asked was " + wish.use;
    if (!flags.equals(wish.flags)) return "it is staged with other mount flags";
    if (readOnly != wish.readOnly) return "it is staged " + access(readOnly);
    return "";
  }

  static String access(boolean readOnly) {
    return readOnly ? "read-only" : "writable";
  }
}
