package dev.moorage.sidecars.provisioner;

import dev.moorage.base.Step;
import dev.moorage.csi.VolumeId;

/// What the provisioner does next for one PersistentVolume. Exactly one step per reconcile.
///
/// Source: sig-storage-lib-external-provisioner, `syncVolume` and `shouldDelete`.
sealed interface VolumeStep extends Step {

  /// There is nothing to do until something changes.
  record Nothing(String why) implements VolumeStep {}

  /// Adds our finalizer, so that the object outlives its volume.
  record Hold() implements VolumeStep {}

  /// Takes our finalizer off: the volume is to be kept.
  record LetGo(String why) implements VolumeStep {}

  /// Removes the volume, then its object.
  record Remove(VolumeId volume) implements VolumeStep {}

  /// Decides.
  static VolumeStep next(VolumeView view) {
    if (!view.ours()) return new Nothing("another driver's volume");
    var volume = view.volume();
    return switch (view.reach()) {
      case ELSEWHERE -> new Nothing("it lies on another node");
      case UNSAID -> new Nothing("it names no node, so no node's provisioner removes it");
      case HERE ->
          switch (volume.reclaimPolicy()) {
            case "Delete" -> delete(view);
            default ->
                view.held()
                    ? new LetGo("reclaim policy " + volume.reclaimPolicy())
                    : new Nothing("reclaim policy " + volume.reclaimPolicy());
          };
    };
  }

  private static VolumeStep delete(VolumeView view) {
    var volume = view.volume();
    boolean deleting = volume.meta().deleting();
    if (volume.phase().equals("Bound") && !deleting && !view.held()) return new Hold();
    if (!volume.phase().equals("Released")) return new Nothing("not released: " + volume.phase());
    if (deleting && !view.held()) return new Nothing("its volume was removed");
    if (!view.attachedTo().isEmpty())
      return new Nothing("still attached to " + String.join(", ", view.attachedTo()));
    return new Remove(new VolumeId(volume.csi().handle()));
  }
}
