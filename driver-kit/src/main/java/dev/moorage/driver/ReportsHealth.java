package dev.moorage.driver;

import dev.moorage.csi.NodeGetStorageHealth;
import dev.moorage.csi.VolumeHealth;
import java.util.List;

/// Tells what is wrong with volumes and storage (VOLUME_CONDITION in CSI 1.12, GET_VOLUME_HEALTH,
/// LIST_VOLUME_HEALTH and GET_STORAGE_HEALTH in 1.13). What the node's mounts show (a filesystem
/// that has turned read-only) the kit sees itself.
public interface ReportsHealth extends Backend {

  /// What is wrong with a volume; empty when nothing adverse is known. Quick: it reads no data.
  List<VolumeHealth.Entry> health(VolumeRecord volume);

  /// What is wrong with the storage as this node sees it; empty when nothing is.
  default List<NodeGetStorageHealth.Entry> storageHealth() {
    return List.of();
  }
}
