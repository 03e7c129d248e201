package dev.moorage.conformance;

import static dev.moorage.csi.ControllerGetCapabilities.Capability.CREATE_DELETE_SNAPSHOT;
import static dev.moorage.csi.ControllerGetCapabilities.Capability.GET_SNAPSHOT;
import static dev.moorage.csi.ControllerGetCapabilities.Capability.LIST_SNAPSHOTS;
import static dev.moorage.csi.CsiException.Code.ABORTED;
import static dev.moorage.csi.CsiException.Code.INVALID_ARGUMENT;
import static dev.moorage.csi.CsiException.Code.NOT_FOUND;

import dev.moorage.csi.GetSnapshot;
import dev.moorage.csi.ListSnapshots;
import dev.moorage.csi.Snapshot;
import dev.moorage.csi.SnapshotId;
import dev.moorage.csi.VolumeId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// What snapshots there are.
final class ListSnapshotsChecks {
  private static final VolumeId ANY_VOLUME = new VolumeId("");
  private static final SnapshotId ANY = new SnapshotId("");

  private ListSnapshotsChecks() {}

  static List<Check> all() {
    return new Topic(
            "snapshot.list",
            "CSI specification, ListSnapshots",
            Need.central(CREATE_DELETE_SNAPSHOT))
        .add(
            "works",
            "Snapshots can be listed; each has an id, a source and the moment of its cutting.",
            b -> {
              b.ok(b.disk("a").snapshotCall(b.name("s")));
              for (var its : listed(b, ANY_VOLUME, 0))
                b.must(
                    !its.id().text().isEmpty()
                        && !its.source().text().isEmpty()
                        && its.created().isAfter(Instant.EPOCH),
                    "id, source and creation time",
                    its);
            },
            Need.central(LIST_SNAPSHOTS))
        .add(
            "appears",
            "A new snapshot is listed once, as it was answered; a deleted one is not.",
            b -> {
              int before = listed(b, ANY_VOLUME, 0).size();
              var snapshot = SnapshotChecks.ready(b, b.disk("a"), "s");
              b.same(before + 1, listed(b, ANY_VOLUME, 0).size(), "how many are listed");
              b.same(List.of(snapshot), byId(b, snapshot.id()), "the listed snapshot");
              b.ok(SnapshotChecks.delete(b, snapshot.id().text()));
              b.same(before, listed(b, ANY_VOLUME, 0).size(), "how many are listed");
              b.same(List.of(), byId(b, snapshot.id()), "the deleted snapshot");
            },
            Need.central(LIST_SNAPSHOTS))
        .add(
            "by-id",
            "Asked for by id, only that snapshot is listed.",
            b -> {
              for (var label : List.of("x", "y", "z")) {
                var snapshot = b.ok(b.disk(label).snapshotCall(b.name("s" + label)));
                b.same(List.of(snapshot.id()), ids(byId(b, snapshot.id())), "the listed ones");
              }
              b.same(List.of(), byId(b, new SnapshotId(b.name("none"))), "an unknown one");
            },
            Need.central(LIST_SNAPSHOTS))
        .add(
            "by-source",
            "Asked for by source, all snapshots of that volume are listed, and no others.",
            b -> {
              var disk = b.disk("a");
              var mine = new ArrayList<SnapshotId>();
              for (var label : List.of("x", "y", "z"))
                mine.add(b.ok(disk.snapshotCall(b.name(label))).id());
              var other = b.disk("other");
              var others = b.ok(other.snapshotCall(b.name("o"))).id();
              sameIds(b, mine, listed(b, disk.id(), 0));
              sameIds(b, List.of(others), listed(b, other.id(), 0));
              sameIds(b, List.of(), listed(b, new VolumeId(b.name("none")), 0));
            },
            Need.central(LIST_SNAPSHOTS))
        .add(
            "by-both",
            "Asked for by id and a foreign source, nothing is listed.",
            b -> {
              var snapshot = b.ok(b.disk("a").snapshotCall(b.name("s")));
              var call =
                  new ListSnapshots(
                      0, "", b.disk("other").id(), snapshot.id(), b.secrets("ListSnapshotsSecret"));
              b.same(List.of(), b.ok(call).snapshots(), "the listed ones");
            },
            Need.central(LIST_SNAPSHOTS))
        .add(
            "pages",
            "Pages hold no more than asked, and together every snapshot once, with filters too.",
            b -> {
              var disk = b.disk("a");
              var mine = new ArrayList<SnapshotId>();
              for (var label : List.of("v", "w", "x", "y", "z"))
                mine.add(b.ok(disk.snapshotCall(b.name(label))).id());
              for (int most : List.of(1, 2, 5)) {
                var all = ids(listed(b, ANY_VOLUME, most));
                b.same(all.stream().distinct().toList(), all, "each snapshot once");
                b.must(all.containsAll(mine), "all of " + mine, all);
                sameIds(b, mine, listed(b, disk.id(), most));
              }
              var first = b.ok(page(b, 2, "", ANY_VOLUME));
              var rest = b.ok(page(b, 0, first.nextToken(), ANY_VOLUME));
              b.same("", rest.nextToken(), "the last page's token");
              b.must(rest.snapshots().size() >= 3, "the rest in one page", rest.snapshots().size());
            },
            Need.central(LIST_SNAPSHOTS))
        .add(
            "bad-tokens",
            "A token that the driver did not give is refused with ABORTED.",
            b -> {
              for (var token : ListChecks.NO_TOKENS)
                b.refused(page(b, 0, token, ANY_VOLUME), ABORTED);
            },
            Need.central(LIST_SNAPSHOTS))
        .add(
            "negative",
            "A negative number of entries is refused with INVALID_ARGUMENT.",
            b -> b.refused(page(b, -1, "", ANY_VOLUME), INVALID_ARGUMENT),
            Need.central(LIST_SNAPSHOTS))
        .by("CSI specification, GetSnapshot")
        .add(
            "get",
            "A snapshot can be asked for by its id.",
            b -> {
              var disk = b.disk("a");
              b.ok(disk.snapshotCall(b.name("other")));
              var snapshot = SnapshotChecks.ready(b, disk, "s");
              b.same(snapshot, b.ok(get(b, snapshot.id())), "the snapshot");
            },
            Need.central(GET_SNAPSHOT))
        .add(
            "get-no-id",
            "A request without an id is refused with INVALID_ARGUMENT.",
            b -> b.refused(get(b, ANY), INVALID_ARGUMENT),
            Need.central(GET_SNAPSHOT))
        .add(
            "get-unknown",
            "An unknown snapshot is refused with NOT_FOUND; so is a deleted one.",
            b -> {
              b.refused(get(b, new SnapshotId(b.name("none"))), NOT_FOUND);
              var snapshot = b.ok(b.disk("a").snapshotCall(b.name("s")));
              b.ok(SnapshotChecks.delete(b, snapshot.id().text()));
              b.refused(get(b, snapshot.id()), NOT_FOUND);
            },
            Need.central(GET_SNAPSHOT))
        .list();
  }

  private static ListSnapshots page(Bench b, int most, String token, VolumeId source) {
    return new ListSnapshots(most, token, source, ANY, b.secrets("ListSnapshotsSecret"));
  }

  static List<Snapshot> listed(Bench b, VolumeId source, int most) {
    return Pages.read(
        b,
        (max, token) -> {
          var page = b.ok(page(b, max, token, source));
          return new Pages.Page<>(page.snapshots(), page.nextToken());
        },
        most);
  }

  static List<Snapshot> byId(Bench b, SnapshotId id) {
    return b.ok(new ListSnapshots(0, "", ANY_VOLUME, id, b.secrets("ListSnapshotsSecret")))
        .snapshots();
  }

  static GetSnapshot get(Bench b, SnapshotId id) {
    return new GetSnapshot(id, b.secrets("GetSnapshotSecret"));
  }

  static List<SnapshotId> ids(List<Snapshot> snapshots) {
    return snapshots.stream().map(Snapshot::id).toList();
  }

  private static void sameIds(Bench b, List<SnapshotId> expected, List<Snapshot> seen) {
    b.same(sorted(expected), sorted(ids(seen)), "the listed ones");
  }

  private static List<String> sorted(List<SnapshotId> ids) {
    return ids.stream().map(SnapshotId::text).sorted().toList();
  }
}
