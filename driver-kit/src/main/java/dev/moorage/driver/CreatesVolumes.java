package dev.moorage.driver;

import java.util.List;

/// Makes and removes volumes (CREATE_DELETE_VOLUME).
public interface CreatesVolumes extends Backend {

  /// The class parameters it takes; any other one is refused.
  default List<Parameter> parameters() {
    return List.of();
  }

  /// Sizes that it can make.
  ///
  /// @param fsType the filesystem that will be made on the volume; [Use#BLOCK] for none
  SizeRules sizes(String fsType);

  /// Makes an empty volume of exactly this size. What an earlier try left under this id is
  /// nobody's.
  void create(VolumeRecord volume);

  /// Removes a volume and verifies that it is gone; a missing one is fine.
  ///
  /// @throws dev.moorage.csi.CsiException FAILED_PRECONDITION when it refuses and has left the
  ///   volume as it was, e.g. while snapshots need it: it stays usable
  void delete(VolumeRecord volume);
}
