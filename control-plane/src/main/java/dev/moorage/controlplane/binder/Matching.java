package dev.moorage.controlplane.binder;

import dev.moorage.kube.PersistentVolume;
import dev.moorage.kube.PersistentVolumeClaim;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// Finds the volume that fits a claim best (`pkg/controller/volume/persistentvolume/index.go` and
/// component-helpers' `FindMatchingVolume`). VolumeAttributesClasses are not compared yet.
final class Matching {
  private Matching() {}

  /// The volume made for this claim, else the smallest that fits among the volumes with the fewest
  /// access modes; equal ones by name.
  ///
  /// @param delayed whether the claim waits for a consumer: then only a volume made for it counts
  static Optional<PersistentVolume> best(
      PersistentVolumeClaim claim,
      Selector selector,
      boolean delayed,
      List<PersistentVolume> volumes) {
    var fitting = volumes.stream().filter(volume -> mayHold(claim, volume)).toList();
    var made = fitting.stream().filter(volume -> volume.claim().set()).findFirst();
    if (made.isPresent() || delayed) return made;
    return fitting.stream()
        .filter(volume -> isFree(claim, selector, volume))
        .min(
            Comparator.comparingInt((PersistentVolume it) -> it.accessModes().size())
                .thenComparing(PersistentVolume::capacity)
                .thenComparing(PersistentVolume::key));
  }

  private static boolean mayHold(PersistentVolumeClaim claim, PersistentVolume volume) {
    return (!volume.claim().set() || volume.claim().names(claim.meta()))
        && !volume.capacity().isBelow(claim.requested())
        && volume.block() == claim.block()
        && volume.accessModes().containsAll(claim.accessModes())
        && !volume.meta().deleting();
  }

  private static boolean isFree(
      PersistentVolumeClaim claim, Selector selector, PersistentVolume volume) {
    return volume.phase().equals("Available")
        && volume.className().equals(claim.className())
        && selector.fits(volume.meta().labels());
  }

  /// Why a volume that a claim names by itself cannot hold it; nothing when it can.
  static List<String> obstacles(PersistentVolumeClaim claim, PersistentVolume volume) {
    var obstacles = new ArrayList<String>();
    if (volume.meta().deleting()) obstacles.add("the volume is marked for deletion");
    if (volume.capacity().isBelow(claim.requested())) obstacles.add("requested PV is too small");
    if (!volume.className().equals(claim.className()))
      obstacles.add("storageClassName does not match");
    if (volume.block() != claim.block()) obstacles.add("incompatible volumeMode");
    if (!volume.accessModes().containsAll(claim.accessModes()))
      obstacles.add("incompatible accessMode");
    return obstacles;
  }
}
