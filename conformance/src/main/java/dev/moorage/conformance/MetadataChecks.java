package dev.moorage.conformance;

import static dev.moorage.csi.ControllerGetCapabilities.Capability.CREATE_DELETE_SNAPSHOT;
import static dev.moorage.csi.CsiException.Code.FAILED_PRECONDITION;
import static dev.moorage.csi.CsiException.Code.INVALID_ARGUMENT;
import static dev.moorage.csi.CsiException.Code.NOT_FOUND;
import static dev.moorage.csi.CsiException.Code.OUT_OF_RANGE;
import static dev.moorage.csi.GetPluginCapabilities.Capability.SNAPSHOT_METADATA_SERVICE;

import dev.moorage.csi.BlockMetadata;
import dev.moorage.csi.BlockMetadata.Range;
import dev.moorage.csi.GetMetadataAllocated;
import dev.moorage.csi.GetMetadataDelta;
import dev.moorage.csi.Snapshot;
import dev.moorage.csi.SnapshotId;
import java.util.List;

/// Which blocks of a snapshot hold data, and which have changed.
final class MetadataChecks {
  private static final long NEAR = 4L << 20;
  private static final long FAR = 8L << 20;
  private static final String MARK = "mark";

  private MetadataChecks() {}

  static List<Check> all() {
    return new Topic(
            "metadata",
            "CSI specification, GetMetadataAllocated",
            Need.general(SNAPSHOT_METADATA_SERVICE),
            Need.central(CREATE_DELETE_SNAPSHOT),
            new Need.Node(),
            new Need.Raw(),
            Need.takes(Form.BLOCK))
        .add(
            "no-id",
            "A request without a snapshot is refused with INVALID_ARGUMENT.",
            b -> b.refused(allocated(b, new SnapshotId(""), 0, 0), INVALID_ARGUMENT))
        .add(
            "unknown",
            "An unknown snapshot is refused with NOT_FOUND.",
            b -> b.refused(allocated(b, new SnapshotId(b.name("none")), 0, 0), NOT_FOUND))
        .add(
            "allocated",
            "What was written is among the allocated ranges; ranges ascend and do not overlap.",
            b -> {
              var metadata = b.ok(allocated(b, written(b).id(), 0, 0));
              checkForm(b, metadata);
              b.must(covers(metadata, FAR), "a range that covers " + FAR, metadata);
            })
        .add(
            "pages",
            "No message holds more ranges than asked, and together they say the same.",
            b -> {
              var snapshot = written(b).id();
              var whole = b.ok(allocated(b, snapshot, 0, 0));
              var small = b.ok(allocated(b, snapshot, 0, 1));
              for (var message : small.messages())
                b.must(message.ranges().size() <= 1, "one range at most", message);
              b.same(covers(whole, FAR), covers(small, FAR), "what is covered");
              checkForm(b, small);
            })
        .add(
            "resumed",
            "From an offset on, ranges that end before it are left out.",
            b -> {
              var metadata = b.ok(allocated(b, written(b).id(), FAR, 0));
              for (var range : metadata.ranges())
                b.must(range.end() > FAR, "a range that ends after " + FAR, range);
              b.must(covers(metadata, FAR), "a range that covers " + FAR, metadata);
            })
        .add(
            "offset-outside",
            "An offset that is negative or behind the end is refused with OUT_OF_RANGE.",
            b -> {
              var snapshot = written(b).id();
              b.refused(allocated(b, snapshot, -1, 0), OUT_OF_RANGE, INVALID_ARGUMENT);
              b.refused(allocated(b, snapshot, 1L << 60, 0), OUT_OF_RANGE);
            })
        .by("CSI specification, GetMetadataDelta")
        .add("delta", "What was changed between two snapshots is told.", MetadataChecks::delta)
        .add(
            "delta-no-id",
            "A request without one of the snapshots is refused with INVALID_ARGUMENT.",
            b -> {
              var snapshot = written(b).id();
              b.refused(delta(b, snapshot, new SnapshotId(""), 0), INVALID_ARGUMENT);
              b.refused(delta(b, new SnapshotId(""), snapshot, 0), INVALID_ARGUMENT);
            })
        .add(
            "delta-unknown",
            "An unknown snapshot is refused with NOT_FOUND.",
            b -> {
              var snapshot = written(b).id();
              var none = new SnapshotId(b.name("none"));
              b.refused(delta(b, snapshot, none, 0), NOT_FOUND);
              b.refused(delta(b, none, snapshot, 0), NOT_FOUND);
            })
        .add(
            "delta-offset-outside",
            "An offset behind the end is refused with OUT_OF_RANGE.",
            b -> {
              var disk = b.disk("a", Form.BLOCK);
              var base = SnapshotChecks.ready(b, disk, "base");
              var target = SnapshotChecks.ready(b, disk, "target");
              b.refused(delta(b, base.id(), target.id(), 1L << 60), OUT_OF_RANGE);
            })
        .add(
            "delta-of-strangers",
            "Snapshots of different volumes have no difference to tell.",
            b -> {
              var base = SnapshotChecks.ready(b, b.disk("a", Form.BLOCK), "base");
              var target = SnapshotChecks.ready(b, b.disk("b", Form.BLOCK), "target");
              b.refused(delta(b, base.id(), target.id(), 0), INVALID_ARGUMENT, FAILED_PRECONDITION);
            })
        .list();
  }

  /// A snapshot of a device with two marks inside, far from each other.
  private static Snapshot written(Bench b) {
    var disk = b.disk("a", Form.BLOCK).up();
    for (long offset : List.of(NEAR, FAR))
      b.raw().write(disk.target(), offset, MARK + "\0".repeat(4096 - MARK.length()));
    return SnapshotChecks.ready(b, disk, "s");
  }

  private static void delta(Bench b) {
    var disk = b.disk("a", Form.BLOCK).up();
    disk.write("before");
    var base = SnapshotChecks.ready(b, disk, "base");
    b.raw().write(disk.target(), FAR, MARK + "\0".repeat(4096 - MARK.length()));
    var target = SnapshotChecks.ready(b, disk, "target");
    var metadata = b.ok(delta(b, base.id(), target.id(), 0));
    checkForm(b, metadata);
    b.must(covers(metadata, FAR), "a range that covers " + FAR, metadata);
  }

  private static void checkForm(Bench b, BlockMetadata metadata) {
    long end = 0;
    for (var range : metadata.ranges()) {
      b.must(range.size() > 0 && range.offset() >= end, "ascending ranges", metadata.ranges());
      end = range.end();
    }
    for (var message : metadata.messages()) {
      b.must(message.type() != BlockMetadata.Type.UNKNOWN, "a type", message.type());
      b.same(metadata.messages().getFirst().capacity(), message.capacity(), "the capacity");
      b.same(metadata.messages().getFirst().type(), message.type(), "the type");
      b.must(end <= message.capacity().count(), "ranges within " + message.capacity(), end);
    }
    if (metadata.messages().stream().anyMatch(its -> its.type() == BlockMetadata.Type.FIXED_LENGTH))
      b.must(
          metadata.ranges().stream().map(Range::size).distinct().count() <= 1,
          "one size of all ranges",
          metadata.ranges());
  }

  private static boolean covers(BlockMetadata metadata, long offset) {
    return metadata.ranges().stream()
        .anyMatch(range -> range.offset() <= offset && range.end() > offset);
  }

  private static GetMetadataAllocated allocated(
      Bench b, SnapshotId snapshot, long offset, int most) {
    return new GetMetadataAllocated(snapshot, offset, most, b.secrets("GetSnapshotSecret"));
  }

  private static GetMetadataDelta delta(Bench b, SnapshotId base, SnapshotId target, long offset) {
    return new GetMetadataDelta(base, target, offset, 0, b.secrets("GetSnapshotSecret"));
  }
}
