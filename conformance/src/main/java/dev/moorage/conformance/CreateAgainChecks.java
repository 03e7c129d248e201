package dev.moorage.conformance;

import static dev.moorage.csi.ControllerGetCapabilities.Capability.CLONE_VOLUME;
import static dev.moorage.csi.ControllerGetCapabilities.Capability.CREATE_DELETE_SNAPSHOT;
import static dev.moorage.csi.ControllerGetCapabilities.Capability.CREATE_DELETE_VOLUME;
import static dev.moorage.csi.ControllerGetCapabilities.Capability.EXPAND_VOLUME;
import static dev.moorage.csi.ControllerGetCapabilities.Capability.MODIFY_VOLUME;
import static dev.moorage.csi.CsiException.Code.ALREADY_EXISTS;
import static dev.moorage.csi.CsiException.Code.INVALID_ARGUMENT;

import dev.moorage.base.Bytes;
import dev.moorage.conformance.Answer.Given;
import dev.moorage.csi.ContentSource;
import dev.moorage.csi.Volume;
import dev.moorage.csi.VolumeCapability;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Making a volume whose name is taken: the same again, or refused, never another one.
final class CreateAgainChecks {
  private CreateAgainChecks() {}

  static List<Check> all() {
    return new Topic(
            "controller.create-again",
            "CSI specification, CreateVolume, idempotency by name",
            Need.central(CREATE_DELETE_VOLUME))
        .both(
            "same",
            "The same request gives the same volume: id, capacity, context, place.",
            (b, form) -> {
              var disk = b.disk("a", form);
              for (int i = 0; i < 5; i++)
                b.same(disk.volume(), b.ok(disk.wish().call()), "the same volume");
            })
        .add(
            "less-required",
            "A range that the volume satisfies gives the volume.",
            b -> {
              var disk = b.disk("a");
              var less = new Bytes(size(b).count() / 2);
              var again = b.ok(disk.wish().sized(less, Bytes.ZERO).call());
              b.same(disk.id(), again.id(), "the same volume");
            })
        .add(
            "more-required",
            "A larger required size is refused with ALREADY_EXISTS.",
            b -> {
              var disk = b.disk("a");
              var more = disk.volume().capacity().max(size(b)).plus(size(b));
              b.refused(disk.wish().sized(more, Bytes.ZERO).call(), ALREADY_EXISTS);
            })
        .add(
            "exact-other-size",
            "Another exact size is refused with ALREADY_EXISTS.",
            b -> {
              var disk = b.disk(b.volume("a").sized(size(b), size(b)));
              var twice = size(b).plus(size(b));
              b.refused(disk.wish().sized(twice, twice).call(), ALREADY_EXISTS);
            })
        .add(
            "less-limit",
            "A limit below the volume's size is refused with ALREADY_EXISTS.",
            b -> {
              var disk = b.disk("a");
              var below = size(b).minusAtMost(Bytes.mebi(1));
              b.refused(disk.wish().sized(Bytes.ZERO, below).call(), ALREADY_EXISTS);
            })
        .add(
            "other-form",
            "Block instead of mount, or the other way round, is refused with ALREADY_EXISTS, unless"
                + " the volume really serves as both.",
            CreateAgainChecks::otherForm)
        .add(
            "other-filesystem",
            "Another filesystem type is refused with ALREADY_EXISTS, unless the volume has it.",
            CreateAgainChecks::otherFilesystem,
            Need.takes(Form.MOUNT))
        .add(
            "other-parameters",
            "Other parameters are refused with ALREADY_EXISTS.",
            b -> {
              var disk = b.disk("a");
              b.refused(disk.wish().parameters(Map.of()).call(), ALREADY_EXISTS, INVALID_ARGUMENT);
            },
            new Need.Parameters())
        .add(
            "other-parameter-value",
            "Another value of a parameter is refused.",
            b -> {
              var disk = b.disk("a");
              var other = new TreeMap<>(b.options().wanted().parameters());
              other.replaceAll((key, value) -> value + "x");
              b.refused(disk.wish().parameters(other).call(), ALREADY_EXISTS, INVALID_ARGUMENT);
            },
            new Need.Parameters())
        .add(
            "other-mutable-parameters",
            "Mutable parameters that the volume was not made with are refused with ALREADY_EXISTS.",
            b -> {
              var disk = b.disk("a");
              b.refused(disk.wish().mutable(b.options().wanted().mutable()).call(), ALREADY_EXISTS);
            },
            Need.central(MODIFY_VOLUME),
            new Need.Mutable())
        .add(
            "from-snapshot-now",
            "A snapshot as source of a volume that was made empty is refused with ALREADY_EXISTS.",
            b -> {
              var snapshot = SnapshotChecks.ready(b, b.disk("source"), "s");
              var disk = b.disk("a");
              b.refused(disk.wish().from(snapshot.id()).call(), ALREADY_EXISTS);
            },
            Need.central(CREATE_DELETE_SNAPSHOT))
        .add(
            "from-other-snapshot",
            "Another snapshot as source is refused with ALREADY_EXISTS.",
            b -> {
              var source = b.disk("source");
              var one = SnapshotChecks.ready(b, source, "one");
              var other = SnapshotChecks.ready(b, source, "other");
              var disk = b.disk(b.volume("a").from(one.id()));
              b.same(disk.volume(), b.ok(disk.wish().call()), "the same volume");
              b.refused(disk.wish().from(other.id()).call(), ALREADY_EXISTS);
              b.refused(disk.wish().from(new ContentSource.Empty()).call(), ALREADY_EXISTS);
            },
            Need.central(CREATE_DELETE_SNAPSHOT))
        .add(
            "from-other-volume",
            "Another volume as source is refused with ALREADY_EXISTS.",
            b -> {
              var one = b.disk("one");
              var other = b.disk("other");
              var disk = b.disk(b.volume("a").from(one.id()));
              b.same(disk.volume(), b.ok(disk.wish().call()), "the same volume");
              b.refused(disk.wish().from(other.id()).call(), ALREADY_EXISTS);
              b.refused(disk.wish().from(new ContentSource.Empty()).call(), ALREADY_EXISTS);
            },
            Need.central(CLONE_VOLUME))
        .add(
            "after-growth",
            "A volume that has grown is still the answer to the request that made it.",
            b -> {
              var disk = b.disk("a");
              b.ok(disk.expandCall(b.options().wanted().larger()));
              b.same(disk.id(), b.ok(disk.wish().call()).id(), "the same volume");
            },
            Need.central(EXPAND_VOLUME))
        .add(
            "after-use",
            "A volume in use is still the answer to the request that made it.",
            b -> {
              var disk = b.disk("a").up();
              b.same(disk.volume(), b.ok(disk.wish().call()), "the same volume");
            },
            new Need.Node())
        .add(
            "after-delete",
            "A deleted volume's name is free; nothing of the old volume is in the new one.",
            b -> {
              var old = b.disk("a").up();
              old.write("old");
              old.down().delete();
              b.disk("a").up().mustHold("", "a new volume");
            },
            new Need.Node(),
            Need.takes(Form.MOUNT))
        .list();
  }

  private static Bytes size(Bench b) {
    return b.options().wanted().size();
  }

  private static void otherForm(Bench b) {
    var disk = b.disk("a");
    var other = disk.block() ? Form.MOUNT : Form.BLOCK;
    var wish = disk.wish().used(other, disk.capability().mode());
    refusedOrUsable(b, disk, wish);
  }

  private static void otherFilesystem(Bench b) {
    var disk = b.disk(wishFor(b, "ext4"));
    refusedOrUsable(b, disk, disk.wish().used(filesystem(disk, "xfs")));
  }

  private static NewVolume wishFor(Bench b, String fsType) {
    var wish = b.volume("a", Form.MOUNT);
    return wish.used(VolumeCapability.mount(fsType, wish.capability().mode()));
  }

  private static VolumeCapability filesystem(Disk disk, String fsType) {
    return VolumeCapability.mount(fsType, disk.capability().mode());
  }

  /// A driver for which the difference is none must show that it is none.
  private static void refusedOrUsable(Bench b, Disk disk, NewVolume wish) {
    if (!(b.okOr(wish.call(), ALREADY_EXISTS, INVALID_ARGUMENT) instanceof Given<Volume>(var its)))
      return;
    b.same(disk.id(), its.id(), "the same volume");
    var other = b.disk(wish, its);
    b.must(
        ValidateChecks.confirms(b, other, wish.capability()),
        "ALREADY_EXISTS, or a volume that serves as " + wish.capability(),
        "a volume that does not");
    if (b.facts().node().isEmpty()) return;
    other.up();
  }
}
