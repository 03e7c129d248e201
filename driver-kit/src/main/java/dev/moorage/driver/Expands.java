package dev.moorage.driver;

import dev.moorage.base.Bytes;

/// Makes volumes larger while they are in use (EXPAND_VOLUME); the kit then grows the filesystem.
public interface Expands extends Backend {

  /// Makes a volume larger; one that is as large already is fine.
  void expand(VolumeRecord volume, Bytes size);
}
