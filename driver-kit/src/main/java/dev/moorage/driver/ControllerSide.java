package dev.moorage.driver;

import dev.moorage.csi.CsiException;
import dev.moorage.host.HostException;

/// The controller's rooms, by what they do.
///
/// @param volumes makes and removes volumes
/// @param growth makes them larger
/// @param modification changes what can be changed of them
/// @param cutting cuts and removes snapshots
/// @param groups the same for several volumes at one moment
/// @param attaching publishes volumes to nodes
record ControllerSide(
    Volumes volumes,
    Growth growth,
    Modification modification,
    Cutting cutting,
    GroupCutting groups,
    Attaching attaching) {

  static ControllerSide of(Kit kit) {
    return new ControllerSide(
        new Volumes(kit),
        new Growth(kit),
        new Modification(kit),
        new Cutting(kit),
        new GroupCutting(kit),
        new Attaching(kit));
  }

  /// The first failure is what the caller hears; what cannot be undone now stays an intent.
  static void undoAfter(RuntimeException failure, Runnable undo) {
    try {
      undo.run();
    } catch (CsiException | HostException second) {
      failure.addSuppressed(second);
    }
  }
}
