package dev.moorage.driver;

import dev.moorage.csi.CsiException;
import dev.moorage.csi.VolumeId;
import dev.moorage.driver.VolumeRecord.State;
import dev.moorage.host.HostException;

/// Finishes or undoes what a crash left half-made, before anything is served. The node's side
/// first: a volume that is still shown cannot be removed.
final class Recovery {
  private final Kit kit;

  Recovery(Kit kit) {
    this.kit = kit;
  }

  void run() {
    if (kit.backend() instanceof GivesDevices backend) clearNode(backend);
    for (var volume : kit.records().volumes()) resolve(volume);
  }

  private void clearNode(GivesDevices backend) {
    var publishing = new Publishing(kit, backend);
    for (var target : publishing.lost()) {
      kit.decided("Unpublish", target.volume(), why(target.done()));
      resolve(target.volume(), () -> publishing.takeDown(target));
    }
    var staging = new Staging(kit, backend);
    for (var stage : staging.lost()) {
      kit.decided("Unstage", stage.volume(), why(stage.done()));
      resolve(stage.volume(), () -> staging.takeDown(stage));
    }
  }

  private static String why(boolean done) {
    return done ? "its mount is gone" : "a crash interrupted it";
  }

  private void resolve(VolumeRecord volume) {
    var controller = new ControllerSide(kit);
    switch (volume.state()) {
      case State.Ready _ -> {}
      case State.Creating() -> {
        if (kit.backend() instanceof CreatesVolumes backend) {
          kit.decided("UndoCreate", volume.id(), "a crash interrupted it");
          resolve(volume.id(), () -> controller.undo(backend, volume));
        }
      }
      case State.Growing growing -> {
        if (kit.backend() instanceof Expands backend) {
          kit.decided("FinishExpand", volume.id(), "a crash interrupted it");
          resolve(volume.id(), () -> controller.grow(backend, volume, growing.target()));
        }
      }
      case State.Deleting() -> {
        if (kit.backend() instanceof CreatesVolumes backend) {
          kit.decided("FinishDelete", volume.id(), "a crash interrupted it");
          resolve(volume.id(), () -> controller.finishDelete(backend, volume));
        }
      }
    }
  }

  /// One volume that cannot be put right does not keep the others from being served: its intent
  /// stays, and the next call for it meets the same error.
  private void resolve(VolumeId volume, Runnable act) {
    try {
      act.run();
    } catch (CsiException | HostException failure) {
      kit.failed("Recover", volume, String.valueOf(failure.getMessage()));
    }
  }
}
