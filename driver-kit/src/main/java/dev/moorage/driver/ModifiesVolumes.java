package dev.moorage.driver;

import java.util.List;

/// Changes what can be changed of a volume that is there (MODIFY_VOLUME). The kit keeps the values:
/// they are in the record's `mutable`.
public interface ModifiesVolumes extends CreatesVolumes {

  /// The parameters of attributes classes that it takes; any other one is refused.
  List<Parameter> mutableParameters();

  /// Lets a volume be what its record's `mutable` now says; called when that changed, and again
  /// after a crash in between.
  void modify(VolumeRecord volume);
}
