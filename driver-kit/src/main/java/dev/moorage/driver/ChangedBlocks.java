package dev.moorage.driver;

import dev.moorage.csi.BlockMetadata;
import dev.moorage.csi.BlockMetadata.Message;
import dev.moorage.csi.BlockMetadata.Range;
import dev.moorage.csi.GetMetadataAllocated;
import dev.moorage.csi.GetMetadataDelta;
import dev.moorage.csi.SnapshotId;
import dev.moorage.driver.KeyLocks.Hold;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;

/// Tells which parts of snapshots hold data, or differ.
record ChangedBlocks(Kit kit) {
  private static final int USUAL_RESULTS = 256;

  /// A message stays far below what one may have, 4 MiB.
  private static final int MOST_RESULTS = 16_384;

  BlockMetadata allocated(GetMetadataAllocated call) {
    var backend = listing(call.rpc());
    Limits.snapshot("snapshot_id", call.snapshot());
    Limits.most("max_results", call.maxResults());
    return reading(
        call.rpc(),
        () -> {
          var snapshot = kit.usable(call.snapshot());
          checkOffset(snapshot, call.startingOffset());
          return messages(
              snapshot, backend.allocated(snapshot), call.startingOffset(), call.maxResults());
        },
        call.snapshot());
  }

  BlockMetadata changed(GetMetadataDelta call) {
    var backend = listing(call.rpc());
    Limits.snapshot("base_snapshot_id", call.base());
    Limits.snapshot("target_snapshot_id", call.target());
    Limits.most("max_results", call.maxResults());
    return reading(call.rpc(), () -> changed(backend, call), call.base(), call.target());
  }

  private BlockMetadata changed(ListsChangedBlocks backend, GetMetadataDelta call) {
    var base = kit.usable(call.base());
    var target = kit.usable(call.target());
    checkPair(base, target);
    checkOffset(target, call.startingOffset());
    return messages(
        target, backend.changed(base, target), call.startingOffset(), call.maxResults());
  }

  private BlockMetadata reading(String rpc, Supplier<BlockMetadata> work, SnapshotId... snapshots) {
    var holds = Stream.of(snapshots).map(id -> Hold.reading(id.text())).toList();
    return kit.locks().all(holds, rpc, work);
  }

  private static void checkPair(SnapshotRecord base, SnapshotRecord target) {
    if (!base.source().id().equals(target.source().id()))
      throw Refusals.invalid(
          "snapshot "
              + base.id()
              + " is of volume "
              + base.source().id()
              + ", snapshot "
              + target.id()
              + " of volume "
              + target.source().id()
              + "; only snapshots of one volume can be compared");
    if (base.created().isAfter(target.created()))
      throw Refusals.invalid(
          "snapshot " + base.id() + " is younger than snapshot " + target.id() + "; base is older");
  }

  private static void checkOffset(SnapshotRecord snapshot, long offset) {
    if (offset < 0 || offset > snapshot.size().count())
      throw Refusals.outOfRange(
          "starting_offset "
              + offset
              + " is not in snapshot "
              + snapshot.id()
              + ", which has "
              + snapshot.size().count()
              + " bytes");
  }

  /// The ranges that end behind an offset, cut into messages; a message says the capacity also
  /// where there are none.
  private static BlockMetadata messages(
      SnapshotRecord snapshot, List<Range> ranges, long offset, int most) {
    var left = ranges.stream().filter(range -> range.end() > offset).toList();
    int step = most == 0 ? USUAL_RESULTS : Math.min(most, MOST_RESULTS);
    var messages = new ArrayList<Message>();
    for (int i = 0; i == 0 || i < left.size(); i += step) {
      var part = left.subList(i, Math.min(i + step, left.size()));
      messages.add(new Message(BlockMetadata.Type.VARIABLE_LENGTH, snapshot.size(), part));
    }
    return new BlockMetadata(messages);
  }

  private ListsChangedBlocks listing(String rpc) {
    if (kit.backend() instanceof ListsChangedBlocks backend) return backend;
    throw Refusals.cannot(rpc);
  }
}
