package dev.moorage.conformance;

import static dev.moorage.csi.ControllerGetCapabilities.Capability.CREATE_DELETE_VOLUME;
import static dev.moorage.csi.ControllerGetCapabilities.Capability.EXPAND_VOLUME;
import static dev.moorage.csi.CsiException.Code.FAILED_PRECONDITION;
import static dev.moorage.csi.CsiException.Code.INVALID_ARGUMENT;
import static dev.moorage.csi.CsiException.Code.NOT_FOUND;
import static dev.moorage.csi.CsiException.Code.OUT_OF_RANGE;
import static dev.moorage.csi.CsiException.Code.RESOURCE_EXHAUSTED;
import static dev.moorage.csi.GetPluginCapabilities.Capability.EXPANSION_OFFLINE;
import static dev.moorage.csi.GetPluginCapabilities.Capability.EXPANSION_ONLINE;

import dev.moorage.base.Bytes;
import dev.moorage.csi.CapacityRange;
import dev.moorage.csi.ControllerExpandVolume;
import dev.moorage.csi.NodeExpandVolume;
import dev.moorage.csi.NodeGetCapabilities;
import dev.moorage.csi.Secrets;
import dev.moorage.csi.VolumeCapability;
import dev.moorage.csi.VolumeId;
import java.util.ArrayList;
import java.util.List;

/// Growing a volume.
final class ExpandChecks {
  private static final Need ON_NODE = Need.local(NodeGetCapabilities.Capability.EXPAND_VOLUME);

  private ExpandChecks() {}

  static List<Check> all() {
    var topic =
        new Topic(
            "controller.expand",
            "CSI specification, ControllerExpandVolume",
            Need.central(EXPAND_VOLUME),
            Need.central(CREATE_DELETE_VOLUME));
    var checks = new ArrayList<>(central(topic).list());
    checks.addAll(onNode());
    return checks;
  }

  private static Topic central(Topic topic) {
    return topic
        .add(
            "no-volume",
            "A request without a volume is refused with INVALID_ARGUMENT.",
            b -> b.refused(expand(b, "", CapacityRange.atLeast(larger(b))), INVALID_ARGUMENT))
        .add(
            "no-range",
            "A request without a size is refused with INVALID_ARGUMENT.",
            b -> b.refused(b.disk("a").expandCall(CapacityRange.ANY), INVALID_ARGUMENT))
        .add(
            "unknown",
            "An unknown volume is refused with NOT_FOUND.",
            b -> b.refused(expand(b, b.name("none"), CapacityRange.atLeast(larger(b))), NOT_FOUND))
        .add(
            "works",
            "A volume grows to the size that is required, and not beyond the limit.",
            b -> {
              var grown = b.ok(b.disk("a").expandCall(larger(b))).capacity();
              b.must(!grown.isBelow(larger(b)), larger(b) + " at least", grown);
              var exact = new CapacityRange(larger(b), larger(b));
              b.same(larger(b), b.ok(b.disk("b").expandCall(exact)).capacity(), "the size");
            })
        .add(
            "again",
            "A volume that is large enough stays as it is.",
            b -> {
              var disk = b.disk("a");
              var first = b.ok(disk.expandCall(larger(b)));
              b.same(first, b.ok(disk.expandCall(larger(b))), "the second answer");
              var less = b.ok(disk.expandCall(b.options().wanted().size()));
              b.same(first.capacity(), less.capacity(), "the size");
            })
        .add(
            "no-shrinking",
            "A limit below the volume's size is refused with OUT_OF_RANGE, and nothing shrinks.",
            b -> {
              var disk = b.disk("a");
              var grown = b.ok(disk.expandCall(larger(b))).capacity();
              var size = b.options().wanted().size();
              b.refused(disk.expandCall(new CapacityRange(size, size)), OUT_OF_RANGE);
              b.same(grown, b.ok(disk.expandCall(size)).capacity(), "the size");
            })
        .add(
            "limit-below-required",
            "A limit below the required size is refused.",
            b ->
                b.refused(
                    b.disk("a")
                        .expandCall(new CapacityRange(larger(b), b.options().wanted().size())),
                    OUT_OF_RANGE,
                    INVALID_ARGUMENT))
        .add(
            "too-large",
            "Growth beyond any storage is refused, and the volume is as it was.",
            b -> {
              var disk = b.disk("a");
              for (long size : List.of(1L << 62, Long.MAX_VALUE))
                b.refused(
                    disk.expandCall(new Bytes(size)),
                    OUT_OF_RANGE,
                    RESOURCE_EXHAUSTED,
                    INVALID_ARGUMENT);
              b.ok(disk.expandCall(larger(b)));
              b.same(disk.id(), b.ok(disk.wish().call()).id(), "the same volume");
            })
        .add(
            "deleted",
            "A deleted volume is not found.",
            b -> {
              var disk = b.disk("a");
              disk.delete();
              b.refused(disk.expandCall(larger(b)), NOT_FOUND);
            })
        .both(
            "before-use",
            "A volume that grew before its first use shows the larger size.",
            (b, form) -> {
              var disk = b.disk("a", form);
              b.ok(disk.expandCall(larger(b)));
              disk.up();
              mustShow(b, disk, larger(b));
            },
            new Need.Node())
        .both(
            "between-uses",
            "A volume that grew between two uses shows the larger size, and holds what it held.",
            (b, form) -> {
              var disk = b.disk("a", form).up();
              disk.write("mine");
              disk.down();
              boolean more = b.ok(disk.expandCall(larger(b))).nodeExpansionRequired();
              disk.up();
              if (more && b.facts().has(NodeGetCapabilities.Capability.EXPAND_VOLUME))
                b.ok(disk.expandHereCall(larger(b)));
              mustShow(b, disk, larger(b));
              disk.mustHold("mine", "what was written");
            },
            new Need.Node())
        .both(
            "online",
            "A volume grows while it is published; what it shows grows too, and holds what it held.",
            (b, form) -> {
              var disk = b.disk("a", form).up();
              disk.write("mine");
              if (b.ok(disk.expandCall(larger(b))).nodeExpansionRequired())
                b.ok(disk.expandHereCall(larger(b)));
              mustShow(b, disk, larger(b));
              disk.mustHold("mine", "what was written");
            },
            new Need.Node(),
            Need.general(EXPANSION_ONLINE))
        .add(
            "offline-only",
            "A driver that grows volumes offline refuses to while one is published.",
            b -> {
              if (b.facts().has(EXPANSION_ONLINE)) throw new NotAsked("the driver grows online");
              b.refused(b.disk("a").up().expandCall(larger(b)), FAILED_PRECONDITION);
            },
            new Need.Node(),
            Need.general(EXPANSION_OFFLINE));
  }

  private static List<Check> onNode() {
    return new Topic(
            "node.expand",
            "CSI specification, NodeExpandVolume",
            ON_NODE,
            Need.central(CREATE_DELETE_VOLUME))
        .add(
            "no-volume",
            "A request without a volume is refused with INVALID_ARGUMENT.",
            b -> b.refused(expandHere("", b.paths().folder(), CapacityRange.ANY), INVALID_ARGUMENT))
        .add(
            "no-path",
            "A request without a path is refused with INVALID_ARGUMENT.",
            b ->
                b.refused(
                    expandHere(b.disk("a").id().text(), "", CapacityRange.ANY), INVALID_ARGUMENT))
        .add(
            "unknown",
            "An unknown volume is refused with NOT_FOUND, whatever the path.",
            b -> b.refused(expandHere(b.name("none"), "some/path", CapacityRange.ANY), NOT_FOUND))
        .both(
            "works",
            "After the controller, the node grows a published volume, without being told capability"
                + " or staging path; and again.",
            (b, form) -> {
              var disk = b.disk("a", form);
              if (b.facts().has(EXPAND_VOLUME)) b.ok(disk.expandCall(larger(b)));
              disk.up();
              for (int i = 0; i < 2; i++)
                b.ok(
                    expandHere(
                        disk.id().text(),
                        disk.target(),
                        b.facts().has(EXPAND_VOLUME)
                            ? CapacityRange.atLeast(larger(b))
                            : CapacityRange.ANY));
            })
        .both(
            "no-range",
            "Without a size the volume grows to what its device has.",
            (b, form) -> {
              var disk = b.disk("a", form).up();
              b.ok(disk.expandCall(larger(b)));
              b.ok(expandHere(disk.id().text(), disk.target(), CapacityRange.ANY));
              mustShow(b, disk, larger(b));
            },
            Need.central(EXPAND_VOLUME),
            Need.general(EXPANSION_ONLINE))
        .list();
  }

  static Bytes larger(Bench b) {
    return b.options().wanted().larger();
  }

  /// A filesystem keeps some for itself; four fifths of the larger size are more than the old one.
  static void mustShow(Bench b, Disk disk, Bytes size) {
    var least = disk.block() ? size : new Bytes(size.count() / 5 * 4);
    b.must(!disk.shown().isBelow(least), least + " at least", disk.shown());
  }

  private static ControllerExpandVolume expand(Bench b, String volume, CapacityRange range) {
    return new ControllerExpandVolume(
        new VolumeId(volume),
        range,
        b.secrets("ControllerExpandVolumeSecret"),
        b.volume("a").capability());
  }

  private static NodeExpandVolume expandHere(String volume, String path, CapacityRange range) {
    return new NodeExpandVolume(
        new VolumeId(volume), path, range, "", VolumeCapability.MISSING, Secrets.NONE);
  }
}
