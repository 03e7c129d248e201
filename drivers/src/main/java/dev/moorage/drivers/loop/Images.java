package dev.moorage.drivers.loop;

import dev.moorage.csi.SnapshotId;
import dev.moorage.csi.VolumeId;
import dev.moorage.drivers.pool.Pool;

/// Where images are. Ids are the kit's own, safe as file names.
record Images(Pool pool) {

  String of(VolumeId volume) {
    return pool.folder() + "/" + volume + ".img";
  }

  String of(SnapshotId snapshot) {
    return pool.snapshotFolder() + "/" + snapshot + ".img";
  }
}
