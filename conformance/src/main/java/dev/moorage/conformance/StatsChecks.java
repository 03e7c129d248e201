package dev.moorage.conformance;

import static dev.moorage.csi.ControllerGetCapabilities.Capability.CREATE_DELETE_VOLUME;
import static dev.moorage.csi.CsiException.Code.INVALID_ARGUMENT;
import static dev.moorage.csi.CsiException.Code.NOT_FOUND;
import static dev.moorage.csi.NodeGetCapabilities.Capability.GET_VOLUME_STATS;
import static dev.moorage.csi.NodeGetCapabilities.Capability.STAGE_UNSTAGE_VOLUME;
import static dev.moorage.csi.NodeGetCapabilities.Capability.VOLUME_CONDITION;

import dev.moorage.base.Bytes;
import dev.moorage.csi.NodeGetVolumeStats;
import dev.moorage.csi.NodeGetVolumeStats.Unit;
import dev.moorage.csi.NodeGetVolumeStats.Usage;
import dev.moorage.csi.VolumeId;
import java.util.List;

/// How full a volume is.
final class StatsChecks {
  private static final Bytes SOME = Bytes.mebi(8);

  private StatsChecks() {}

  static List<Check> all() {
    return new Topic(
            "node.stats",
            "CSI specification, NodeGetVolumeStats",
            Need.local(GET_VOLUME_STATS),
            Need.central(CREATE_DELETE_VOLUME))
        .add(
            "no-volume",
            "A request without a volume is refused with INVALID_ARGUMENT.",
            b -> b.refused(stats("", "some/path"), INVALID_ARGUMENT))
        .add(
            "no-path",
            "A request without a path is refused with INVALID_ARGUMENT.",
            b -> {
              b.refused(stats(b.name("none"), ""), INVALID_ARGUMENT);
              b.refused(stats(b.disk("a").id().text(), ""), INVALID_ARGUMENT);
            })
        .add(
            "unknown",
            "An unknown volume is refused with NOT_FOUND, whatever the path.",
            b -> {
              b.refused(stats(b.name("none"), "some/path"), NOT_FOUND);
              b.refused(
                  stats(b.name("none"), b.paths().made(b.paths().folder() + "/x")), NOT_FOUND);
            })
        .add(
            "elsewhere",
            "A path where the volume is not published is refused with NOT_FOUND.",
            b -> {
              var disk = b.disk("a").up();
              b.refused(stats(disk.id().text(), "some/path"), NOT_FOUND);
              b.refused(stats(disk.id().text(), disk.target("other")), NOT_FOUND);
              b.refused(
                  stats(disk.id().text(), b.paths().made(b.paths().folder() + "/x")), NOT_FOUND);
            })
        .add(
            "unpublished",
            "After unpublishing, the path is not found.",
            b -> {
              var disk = b.disk("a").up().unpublish();
              b.refused(stats(disk.id().text(), disk.target()), NOT_FOUND);
            })
        .add(
            "bytes",
            "Of a filesystem, total, used and available bytes are told, and agree.",
            b -> {
              var disk = b.disk("a", Form.MOUNT).up();
              var bytes = usage(b, disk, Unit.BYTES);
              b.must(
                  bytes.total() > 0
                      && bytes.used() >= 0
                      && bytes.available() >= 0
                      && bytes.used() + bytes.available() <= bytes.total(),
                  "used and available within total",
                  bytes);
              b.same(disk.shown(), new Bytes(bytes.total()), "the total");
            },
            Need.takes(Form.MOUNT))
        .add(
            "inodes",
            "Of a filesystem, inodes are told, where it has any.",
            b -> {
              var disk = b.disk("a", Form.MOUNT).up();
              var inodes = usage(b, disk, Unit.INODES);
              b.must(
                  inodes.used() >= 0 && inodes.used() <= inodes.total(),
                  "used within total",
                  inodes);
            },
            Need.takes(Form.MOUNT))
        .add(
            "follows",
            "What is written is seen in the numbers.",
            b -> {
              var disk = b.disk("a", Form.MOUNT).up();
              long before = usage(b, disk, Unit.BYTES).used();
              b.host().files().allocate(disk.target() + "/some", SOME);
              b.host().filesystems().sync(disk.target());
              long after = usage(b, disk, Unit.BYTES).used();
              b.must(
                  after - before >= SOME.count() / 2,
                  "about " + SOME + " more in use",
                  after - before);
            },
            Need.takes(Form.MOUNT))
        .add(
            "block",
            "Of a device, its size is told.",
            b -> {
              var disk = b.disk("a", Form.BLOCK).up();
              b.same(disk.shown(), new Bytes(usage(b, disk, Unit.BYTES).total()), "the total");
            },
            Need.takes(Form.BLOCK),
            new Need.Raw())
        .add(
            "staged",
            "A volume may be asked for at its staging path.",
            b -> {
              var disk = b.disk("a", Form.MOUNT).attach().stage();
              b.ok(new NodeGetVolumeStats(disk.id(), disk.staging(), disk.staging()));
            },
            Need.takes(Form.MOUNT),
            Need.local(STAGE_UNSTAGE_VOLUME))
        .add(
            "condition",
            "The volume's condition is told; a healthy one's is not abnormal.",
            b -> {
              var answer = b.ok(b.disk("a").up().statsCall());
              b.must(
                  answer.condition().filter(its -> !its.abnormal()).isPresent(),
                  "a condition that is not abnormal",
                  answer);
            },
            Need.local(VOLUME_CONDITION))
        .list();
  }

  private static Usage usage(Bench b, Disk disk, Unit unit) {
    var answer = b.ok(disk.statsCall());
    return answer.usage().stream()
        .filter(usage -> usage.unit() == unit)
        .findFirst()
        .orElseThrow(() -> new Unmet("usage in " + unit, answer.toString()));
  }

  private static NodeGetVolumeStats stats(String volume, String path) {
    return new NodeGetVolumeStats(new VolumeId(volume), path, "");
  }
}
