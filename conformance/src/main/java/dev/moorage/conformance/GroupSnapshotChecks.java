package dev.moorage.conformance;

import static dev.moorage.csi.ControllerGetCapabilities.Capability.CREATE_DELETE_SNAPSHOT;
import static dev.moorage.csi.ControllerGetCapabilities.Capability.CREATE_DELETE_VOLUME;
import static dev.moorage.csi.ControllerGetCapabilities.Capability.LIST_SNAPSHOTS;
import static dev.moorage.csi.CsiException.Code.ALREADY_EXISTS;
import static dev.moorage.csi.CsiException.Code.FAILED_PRECONDITION;
import static dev.moorage.csi.CsiException.Code.INVALID_ARGUMENT;
import static dev.moorage.csi.CsiException.Code.NOT_FOUND;

import dev.moorage.csi.CreateVolumeGroupSnapshot;
import dev.moorage.csi.DeleteVolumeGroupSnapshot;
import dev.moorage.csi.GetVolumeGroupSnapshot;
import dev.moorage.csi.GroupSnapshot;
import dev.moorage.csi.GroupSnapshotId;
import dev.moorage.csi.Snapshot;
import dev.moorage.csi.SnapshotId;
import dev.moorage.csi.VolumeId;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/// Snapshots of several volumes at one moment.
final class GroupSnapshotChecks {
  private GroupSnapshotChecks() {}

  static List<Check> all() {
    return new Topic(
            "group-snapshot",
            "CSI specification, CreateVolumeGroupSnapshot",
            new Need.Groups(),
            Need.central(CREATE_DELETE_VOLUME))
        .add(
            "no-name",
            "A request without a name is refused with INVALID_ARGUMENT.",
            b -> b.refused(create(b, "", List.of(b.disk("a").id())), INVALID_ARGUMENT))
        .add(
            "no-sources",
            "A request without sources is refused with INVALID_ARGUMENT.",
            b -> b.refused(create(b, b.name("g"), List.of()), INVALID_ARGUMENT))
        .add(
            "unknown-source",
            "An unknown source is refused with NOT_FOUND, and nothing is cut of the others.",
            b -> {
              var disk = b.disk("a");
              var sources = List.of(disk.id(), new VolumeId(b.name("none")));
              b.refused(create(b, b.name("g"), sources), NOT_FOUND);
              if (b.facts().has(LIST_SNAPSHOTS))
                b.same(
                    List.of(), ListSnapshotsChecks.listed(b, disk.id(), 0), "the snapshots of it");
              b.ok(create(b, b.name("g"), List.of(disk.id())));
            })
        .add("works", "Each source has one snapshot in the group, and says so.", b -> made(b, 3))
        .add(
            "again",
            "The same request gives the same group.",
            b -> {
              var sources = sources(b, 2);
              var first = b.ok(create(b, b.name("g"), sources));
              for (int i = 0; i < 3; i++) {
                var again = b.ok(create(b, b.name("g"), sources));
                b.same(first.id(), again.id(), "the id");
                b.same(
                    ids(first).stream().map(SnapshotId::text).sorted().toList(),
                    ids(again).stream().map(SnapshotId::text).sorted().toList(),
                    "the members");
                b.same(first.created(), again.created(), "the moment");
              }
              b.same(first.id(), b.ok(create(b, b.name("g"), sources.reversed())).id(), "the id");
            })
        .add(
            "again-other-sources",
            "A taken name for other sources is refused with ALREADY_EXISTS.",
            b -> {
              var sources = sources(b, 3);
              b.ok(create(b, b.name("g"), sources.subList(0, 2)));
              b.refused(create(b, b.name("g"), sources), ALREADY_EXISTS);
              b.refused(create(b, b.name("g"), sources.subList(1, 3)), ALREADY_EXISTS);
            })
        .add(
            "members-are-snapshots",
            "Members are listed as snapshots, with their group.",
            b -> {
              var group = made(b, 2);
              for (var member : group.snapshots())
                b.same(
                    List.of(group.id()),
                    ListSnapshotsChecks.byId(b, member.id()).stream().map(Snapshot::group).toList(),
                    "the listed group");
            },
            Need.central(LIST_SNAPSHOTS))
        .both(
            "restore",
            "Each member holds what its source held.",
            (b, form) -> {
              var one = b.disk("one", form).up();
              var other = b.disk("other", form).up();
              one.write("one");
              other.write("other");
              // Nobody can hold the writers of several raw devices still at one moment.
              if (other.block()) other.down();
              var group = b.ok(create(b, b.name("g"), List.of(one.id(), other.id())));
              one.write("later");
              if (!other.block()) other.write("later");
              for (var member : group.snapshots()) {
                boolean first = member.source().equals(one.id());
                b.disk(b.volume(first ? "r1" : "r2", form).from(member.id()))
                    .up()
                    .mustHold(first ? "one" : "other", "a restored member");
              }
            },
            new Need.Node(),
            Need.central(CREATE_DELETE_SNAPSHOT))
        .by("CSI specification, GetVolumeGroupSnapshot")
        .add(
            "get",
            "A group can be asked for.",
            b -> {
              var group = made(b, 2);
              var got = b.ok(get(b, group.id().text(), ids(group)));
              b.same(group.id(), got.id(), "the id");
              b.same(2, got.snapshots().size(), "how many members there are");
            })
        .add(
            "get-no-id",
            "A request without an id is refused with INVALID_ARGUMENT.",
            b -> b.refused(get(b, "", List.of()), INVALID_ARGUMENT))
        .add(
            "get-unknown",
            "An unknown group is refused with NOT_FOUND, though no members are given.",
            b -> b.refused(get(b, b.name("none"), List.of()), NOT_FOUND))
        .add(
            "get-other-members",
            "Members that are not the group's are refused with INVALID_ARGUMENT.",
            b -> {
              var group = made(b, 2);
              b.refused(
                  get(b, group.id().text(), List.of(new SnapshotId(b.name("none")))),
                  INVALID_ARGUMENT);
            })
        .by("CSI specification, DeleteVolumeGroupSnapshot")
        .add(
            "delete-no-id",
            "A request without an id is refused with INVALID_ARGUMENT.",
            b -> b.refused(delete(b, "", List.of()), INVALID_ARGUMENT))
        .add(
            "delete-unknown",
            "A group that is not there counts as deleted, though no members are given.",
            b -> b.ok(delete(b, b.name("none"), List.of())))
        .add(
            "delete-works",
            "A group is deleted with all its members, and deleted again.",
            b -> {
              var group = made(b, 2);
              b.ok(delete(b, group.id().text(), ids(group)));
              b.ok(delete(b, group.id().text(), ids(group)));
              b.refused(get(b, group.id().text(), ids(group)), NOT_FOUND);
              if (b.facts().has(LIST_SNAPSHOTS))
                for (var member : ids(group))
                  b.same(List.of(), ListSnapshotsChecks.byId(b, member), "a deleted member");
            })
        .add(
            "delete-other-members",
            "Members that are not the group's are refused with INVALID_ARGUMENT, and nothing is"
                + " deleted.",
            b -> {
              var group = made(b, 2);
              b.refused(
                  delete(b, group.id().text(), List.of(new SnapshotId(b.name("none")))),
                  INVALID_ARGUMENT);
              b.ok(get(b, group.id().text(), ids(group)));
            })
        .add(
            "delete-one-member",
            "A member is not deleted alone, or is really gone.",
            b -> {
              var group = made(b, 2);
              b.okOr(
                  SnapshotChecks.delete(b, ids(group).getFirst().text()),
                  INVALID_ARGUMENT,
                  FAILED_PRECONDITION);
            })
        .list();
  }

  private static GroupSnapshot made(Bench b, int count) {
    var sources = sources(b, count);
    var group = b.ok(create(b, b.name("g"), sources));
    b.must(!group.id().text().isEmpty(), "an id", group);
    b.same(count, group.snapshots().size(), "how many members there are");
    for (var source : sources)
      b.same(
          1L,
          group.snapshots().stream().filter(its -> its.source().equals(source)).count(),
          "how many snapshots of " + source + " there are");
    for (var member : group.snapshots()) b.same(group.id(), member.group(), "a member's group");
    b.must(
        !group.ready() || group.snapshots().stream().allMatch(Snapshot::ready),
        "a group that is ready when all its members are",
        group);
    return group;
  }

  private static List<VolumeId> sources(Bench b, int count) {
    return IntStream.range(0, count).mapToObj(i -> b.disk("v" + i).id()).toList();
  }

  private static List<SnapshotId> ids(GroupSnapshot group) {
    return group.snapshots().stream().map(Snapshot::id).toList();
  }

  private static CreateVolumeGroupSnapshot create(Bench b, String name, List<VolumeId> sources) {
    return new CreateVolumeGroupSnapshot(
        name, sources, b.secrets("CreateSnapshotSecret"), Map.of());
  }

  private static GetVolumeGroupSnapshot get(Bench b, String id, List<SnapshotId> members) {
    return new GetVolumeGroupSnapshot(
        new GroupSnapshotId(id), members, b.secrets("GetSnapshotSecret"));
  }

  private static DeleteVolumeGroupSnapshot delete(Bench b, String id, List<SnapshotId> members) {
    return new DeleteVolumeGroupSnapshot(
        new GroupSnapshotId(id), members, b.secrets("DeleteSnapshotSecret"));
  }
}
