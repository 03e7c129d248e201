package dev.moorage.driver;

/// Makes volumes from other ones (CLONE_VOLUME).
public interface Clones extends CreatesVolumes {

  /// Makes a volume with a source's content as it is at one moment, at least as large as the
  /// source; what is behind the source's end is zero. What an earlier try left under this id is
  /// nobody's. The source may be in use.
  void copy(VolumeRecord volume, VolumeRecord source);

  /// What a copy needs besides, and what takes time, such as an id of its own: called after
  /// [#copy], when the source's writers have been let go again.
  default void finishCopy(VolumeRecord volume) {}
}
