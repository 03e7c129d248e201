package dev.moorage.driver;

import dev.moorage.csi.BlockMetadata.Range;
import java.util.List;

/// Tells which parts of snapshots hold data (SNAPSHOT_METADATA_SERVICE). Ranges are ascending and
/// never overlap; they may be larger than what really differs, never smaller.
public interface ListsChangedBlocks extends Snapshots {

  /// The parts that hold data; what is between them reads as zero.
  List<Range> allocated(SnapshotRecord snapshot);

  /// The parts that differ between two snapshots of one volume, or may.
  ///
  /// @param base the older one
  List<Range> changed(SnapshotRecord base, SnapshotRecord target);
}
