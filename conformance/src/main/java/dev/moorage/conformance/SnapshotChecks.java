package dev.moorage.conformance;

import static dev.moorage.csi.ControllerGetCapabilities.Capability.CREATE_DELETE_SNAPSHOT;
import static dev.moorage.csi.ControllerGetCapabilities.Capability.CREATE_DELETE_VOLUME;
import static dev.moorage.csi.ControllerGetCapabilities.Capability.LIST_SNAPSHOTS;
import static dev.moorage.csi.CsiException.Code.ALREADY_EXISTS;
import static dev.moorage.csi.CsiException.Code.FAILED_PRECONDITION;
import static dev.moorage.csi.CsiException.Code.INVALID_ARGUMENT;
import static dev.moorage.csi.CsiException.Code.NOT_FOUND;

import dev.moorage.csi.CreateSnapshot;
import dev.moorage.csi.DeleteSnapshot;
import dev.moorage.csi.Snapshot;
import dev.moorage.csi.SnapshotId;
import dev.moorage.csi.TopologyRequirement;
import dev.moorage.csi.VolumeId;
import java.time.Duration;
import java.util.List;
import java.util.TreeSet;

/// Cutting and deleting snapshots.
final class SnapshotChecks {
  private static final Duration POLL = Duration.ofMillis(200);
  private static final Duration CLOCKS = Duration.ofMinutes(2);

  private SnapshotChecks() {}

  static List<Check> all() {
    return new Topic(
            "snapshot",
            "CSI specification, CreateSnapshot",
            Need.central(CREATE_DELETE_SNAPSHOT),
            Need.central(CREATE_DELETE_VOLUME))
        .add(
            "no-name",
            "A request without a name is refused with INVALID_ARGUMENT, though the source is unknown.",
            b -> b.refused(create(b, b.name("none"), ""), INVALID_ARGUMENT))
        .add(
            "no-source",
            "A request without a source is refused with INVALID_ARGUMENT.",
            b -> b.refused(create(b, "", b.name("s")), INVALID_ARGUMENT))
        .add(
            "unknown-source",
            "An unknown source is refused with NOT_FOUND.",
            b -> b.refused(create(b, b.name("none"), b.name("s")), NOT_FOUND))
        .add(
            "works",
            "A snapshot says what it is, of what, and when it was cut.",
            SnapshotChecks::works)
        .add(
            "again",
            "The same request gives the same snapshot, cut at the same moment.",
            b -> {
              var disk = b.disk("a");
              var first = b.ok(disk.snapshotCall(b.name("s")));
              for (int i = 0; i < 5; i++) {
                var again = b.ok(disk.snapshotCall(b.name("s")));
                b.same(first.id(), again.id(), "the id");
                b.same(first.created(), again.created(), "the moment");
                b.same(first.source(), again.source(), "the source");
              }
            })
        .add(
            "again-other-source",
            "A taken name for another source is refused with ALREADY_EXISTS.",
            b -> {
              b.ok(b.disk("one").snapshotCall(b.name("s")));
              b.refused(b.disk("other").snapshotCall(b.name("s")), ALREADY_EXISTS);
            })
        .add(
            "several",
            "Several snapshots of one volume are different ones.",
            b -> {
              var disk = b.disk("a");
              var ids = new TreeSet<String>();
              for (var label : List.of("x", "y", "z"))
                ids.add(b.ok(disk.snapshotCall(b.name(label))).id().text());
              b.same(3, ids.size(), "how many ids there are");
            })
        .add(
            "names",
            "Any text of up to 128 bytes is a name, and each another one.",
            b -> {
              var disk = b.disk("a");
              var ids = new TreeSet<String>();
              var names = names(b);
              for (var name : names) {
                var first = b.ok(disk.snapshotCall(name)).id();
                b.same(first, b.ok(disk.snapshotCall(name)).id(), "the same snapshot");
                ids.add(first.text());
              }
              b.same(names.size(), ids.size(), "how many ids there are");
            })
        .add(
            "name-too-long",
            "A name of 129 bytes is refused with INVALID_ARGUMENT.",
            b -> b.refused(b.disk("a").snapshotCall("x".repeat(129)), INVALID_ARGUMENT))
        .add(
            "in-use",
            "A snapshot may be cut while the volume is published and written.",
            b -> {
              var disk = b.disk("a").up();
              disk.write("before");
              ready(b, disk, "s");
              disk.write("after");
              disk.mustHold("after", "the volume");
            },
            new Need.Node(),
            Need.takes(Form.MOUNT))
        .by("CSI specification, DeleteSnapshot")
        .add(
            "delete-no-id",
            "A request without an id is refused with INVALID_ARGUMENT.",
            b -> b.refused(delete(b, ""), INVALID_ARGUMENT))
        .add(
            "delete-unknown",
            "A snapshot that is not there counts as deleted.",
            b -> b.ok(delete(b, b.name("none"))))
        .add(
            "delete-works",
            "A snapshot can be deleted, and deleted again; its name is free then.",
            b -> {
              var disk = b.disk("a");
              var snapshot = b.ok(disk.snapshotCall(b.name("s")));
              b.ok(delete(b, snapshot.id().text()));
              b.ok(delete(b, snapshot.id().text()));
              b.ok(b.disk("other").snapshotCall(b.name("s")));
            })
        .add(
            "delete-path-as-id",
            "An id that is a path deletes nothing at that path.",
            b -> {
              var sentinel = b.paths().sentinel("s");
              for (var id :
                  List.of(sentinel, "../".repeat(12) + sentinel.substring(1), "-rf", ".."))
                b.okOr(delete(b, id), INVALID_ARGUMENT);
              b.must(
                  b.paths().sentinelIsThere(sentinel), "a foreign folder untouched", "it is gone");
            })
        .add(
            "delete-is-no-volume",
            "The id of a volume is no snapshot, and that of a snapshot is no volume.",
            b -> {
              var disk = b.disk("a");
              var snapshot = ready(b, disk, "s");
              b.okOr(delete(b, disk.id().text()), INVALID_ARGUMENT, NOT_FOUND);
              b.okOr(DeleteChecks.delete(b, snapshot.id().text()), INVALID_ARGUMENT, NOT_FOUND);
              b.same(disk.id(), b.ok(disk.wish().call()).id(), "the volume");
              b.same(
                  snapshot.created(),
                  b.ok(disk.snapshotCall(b.name("s"))).created(),
                  "the moment of the snapshot");
            })
        .by("CSI specification, DeleteVolume")
        .add(
            "outlives-volume",
            "A snapshot is there after its volume was deleted, or the deletion is refused with"
                + " FAILED_PRECONDITION.",
            b -> {
              var disk = b.disk("a");
              var snapshot = ready(b, disk, "s");
              if (!b.okOr(disk.deleteCall(), FAILED_PRECONDITION).given()) return;
              if (b.facts().has(LIST_SNAPSHOTS))
                b.same(
                    List.of(snapshot.id()),
                    ListSnapshotsChecks.ids(ListSnapshotsChecks.byId(b, snapshot.id())),
                    "the listed snapshot");
              b.disk(b.volume("b").from(snapshot.id()));
            })
        .list();
  }

  private static void works(Bench b) {
    var disk = b.disk("a");
    var before = b.now().minus(CLOCKS);
    var snapshot = b.ok(disk.snapshotCall(b.name("s")));
    int bytes = CreateChecks.bytes(snapshot.id().text());
    b.must(bytes > 0 && bytes <= CreateChecks.STRING_BYTES, "an id of 1 to 128 bytes", snapshot);
    b.same(disk.id(), snapshot.source(), "the source");
    b.must(
        snapshot.created().isAfter(before) && snapshot.created().isBefore(b.now().plus(CLOCKS)),
        "a moment of cutting that is now",
        snapshot.created());
    b.must(snapshot.group().text().isEmpty(), "no group", snapshot);
  }

  private static List<String> names(Bench b) {
    var begin = b.name("");
    var longest = begin + "x".repeat(127 - begin.length());
    return List.of(
        longest + "a",
        longest + "b",
        "-rf",
        "../../etc",
        "a/b",
        "..",
        "$(reboot)",
        "数据 ü",
        b.name("S"),
        b.name("s"));
  }

  /// Cuts a snapshot and waits until it can be used.
  static Snapshot ready(Bench b, Disk disk, String label) {
    var snapshot = b.ok(disk.snapshotCall(b.name(label)));
    var end = b.now().plus(b.options().limits().call());
    while (!snapshot.ready()) {
      b.must(b.now().isBefore(end), "a snapshot that gets ready", snapshot);
      b.sleep(POLL);
      snapshot = b.ok(disk.snapshotCall(b.name(label)));
    }
    return snapshot;
  }

  private static CreateSnapshot create(Bench b, String source, String name) {
    return new CreateSnapshot(
        new VolumeId(source),
        name,
        b.secrets("CreateSnapshotSecret"),
        b.options().wanted().snapshots(),
        TopologyRequirement.NONE);
  }

  static DeleteSnapshot delete(Bench b, String id) {
    return new DeleteSnapshot(new SnapshotId(id), b.secrets("DeleteSnapshotSecret"));
  }
}
