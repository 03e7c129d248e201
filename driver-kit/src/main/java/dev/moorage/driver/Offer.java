package dev.moorage.driver;

import java.util.List;

/// What a driver takes in a CreateVolume.
///
/// @param mutable parameters that can be changed later; empty where none can
/// @param snapshots whether it makes volumes from snapshots
/// @param clones whether it makes volumes from volumes
record Offer(
    Support support,
    List<Parameter> parameters,
    List<Parameter> mutable,
    boolean snapshots,
    boolean clones) {

  static Offer of(CreatesVolumes backend) {
    return new Offer(
        backend.support(),
        backend.parameters(),
        backend instanceof ModifiesVolumes modifies ? modifies.mutableParameters() : List.of(),
        backend instanceof Snapshots,
        backend instanceof Clones);
  }
}
