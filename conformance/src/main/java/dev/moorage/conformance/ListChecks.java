package dev.moorage.conformance;

import static dev.moorage.csi.ControllerGetCapabilities.Capability.CREATE_DELETE_VOLUME;
import static dev.moorage.csi.ControllerGetCapabilities.Capability.EXPAND_VOLUME;
import static dev.moorage.csi.ControllerGetCapabilities.Capability.GET_VOLUME;
import static dev.moorage.csi.ControllerGetCapabilities.Capability.LIST_VOLUMES;
import static dev.moorage.csi.ControllerGetCapabilities.Capability.LIST_VOLUMES_PUBLISHED_NODES;
import static dev.moorage.csi.ControllerGetCapabilities.Capability.PUBLISH_UNPUBLISH_VOLUME;
import static dev.moorage.csi.ControllerGetCapabilities.Capability.VOLUME_CONDITION;
import static dev.moorage.csi.CsiException.Code.ABORTED;
import static dev.moorage.csi.CsiException.Code.INVALID_ARGUMENT;
import static dev.moorage.csi.CsiException.Code.NOT_FOUND;

import dev.moorage.csi.ControllerGetVolume;
import dev.moorage.csi.ListVolumes;
import dev.moorage.csi.ListVolumes.Entry;
import dev.moorage.csi.NodeId;
import dev.moorage.csi.VolumeId;
import java.util.List;
import java.util.Optional;

/// What volumes there are.
final class ListChecks {
  static final List<String> NO_TOKENS =
      List.of("invalid-token", "-1", "99999999999999999999", "1; drop table", "../..", "\u0001");

  private ListChecks() {}

  static List<Check> all() {
    return new Topic("controller.list", "CSI specification, ListVolumes")
        .add(
            "works",
            "Volumes can be listed; each has an id.",
            b -> {
              b.disk("a");
              for (var entry : listed(b))
                b.must(!entry.volume().id().text().isEmpty(), "a volume with an id", entry);
            },
            Need.central(LIST_VOLUMES))
        .add(
            "appears",
            "A new volume is listed once, as it was answered; a deleted one is not.",
            b -> {
              int before = listed(b).size();
              var disk = b.disk("a");
              b.same(before + 1, listed(b).size(), "how many volumes are listed");
              var entry = one(b, disk.id()).orElseThrow(() -> new Unmet("it to be listed", "not"));
              b.same(disk.volume().capacity(), entry.volume().capacity(), "the listed capacity");
              disk.delete();
              b.same(before, listed(b).size(), "how many volumes are listed");
              b.must(one(b, disk.id()).isEmpty(), "a deleted volume not listed", "it is");
            },
            Need.central(LIST_VOLUMES),
            Need.central(CREATE_DELETE_VOLUME))
        .add(
            "pages",
            "Pages hold no more than asked, and together every volume once.",
            b -> {
              for (var label : List.of("a", "b", "c")) b.disk(label);
              for (int most : List.of(1, 2)) {
                var ids = ids(Pages.read(b, ask(b), most));
                b.same(ids.stream().distinct().toList(), ids, "each volume once");
                b.same(
                    ids(listed(b)).stream().sorted().toList(),
                    ids.stream().sorted().toList(),
                    "all volumes");
              }
            },
            Need.central(LIST_VOLUMES),
            Need.central(CREATE_DELETE_VOLUME))
        .add(
            "token-promised",
            "Where more is left, there is a token; where nothing is, there is none.",
            b -> {
              for (var label : List.of("a", "b")) b.disk(label);
              int all = listed(b).size();
              var first = b.ok(new ListVolumes(1, ""));
              b.same(1, first.entries().size(), "how many are on a page of one");
              b.must(!first.nextToken().isEmpty(), "a next_token", "none");
              var rest = b.ok(new ListVolumes(0, first.nextToken()));
              b.same(all - 1, rest.entries().size(), "how many the rest are");
              b.same("", rest.nextToken(), "the last page's token");
              b.same("", b.ok(new ListVolumes(all, "")).nextToken(), "a full page's token");
            },
            Need.central(LIST_VOLUMES),
            Need.central(CREATE_DELETE_VOLUME))
        .add(
            "token-after-delete",
            "A token stays good, or is refused with ABORTED, when volumes go meanwhile.",
            b -> {
              var disks = List.of(b.disk("a"), b.disk("b"), b.disk("c"));
              var token = b.ok(new ListVolumes(1, "")).nextToken();
              for (var disk : disks) disk.delete();
              b.okOr(new ListVolumes(0, token), ABORTED);
            },
            Need.central(LIST_VOLUMES),
            Need.central(CREATE_DELETE_VOLUME))
        .add(
            "bad-tokens",
            "A token that the driver did not give is refused with ABORTED.",
            b -> {
              for (var token : NO_TOKENS) b.refused(new ListVolumes(0, token), ABORTED);
              b.refused(new ListVolumes(0, "x".repeat(5_000)), ABORTED, INVALID_ARGUMENT);
            },
            Need.central(LIST_VOLUMES))
        .add(
            "negative",
            "A negative number of entries is refused with INVALID_ARGUMENT.",
            b -> b.refused(new ListVolumes(-1, ""), INVALID_ARGUMENT),
            Need.central(LIST_VOLUMES))
        .add(
            "grown",
            "A grown volume is listed with its new size.",
            b -> {
              var disk = b.disk("a");
              var larger = b.ok(disk.expandCall(b.options().wanted().larger())).capacity();
              b.same(
                  Optional.of(larger),
                  one(b, disk.id()).map(its -> its.volume().capacity()),
                  "the listed size");
            },
            Need.central(LIST_VOLUMES),
            Need.central(EXPAND_VOLUME))
        .add(
            "published-nodes",
            "A volume is listed with the node that it is published to, and without it afterwards.",
            b -> {
              var disk = b.disk("a");
              b.same(List.of(), nodes(b, disk), "the published nodes");
              disk.attach();
              b.same(List.of(disk.node()), nodes(b, disk), "the published nodes");
              disk.detach();
              b.same(List.of(), nodes(b, disk), "the published nodes");
            },
            Need.central(LIST_VOLUMES),
            Need.central(LIST_VOLUMES_PUBLISHED_NODES),
            Need.central(PUBLISH_UNPUBLISH_VOLUME),
            new Need.Node())
        .add(
            "condition",
            "Each listed volume has a condition; a healthy one's is not abnormal.",
            b -> {
              var disk = b.disk("a");
              var entry = one(b, disk.id()).orElseThrow(() -> new Unmet("it to be listed", "not"));
              b.must(
                  entry.condition().filter(its -> !its.abnormal()).isPresent(),
                  "a condition that is not abnormal",
                  entry);
            },
            Need.central(LIST_VOLUMES),
            Need.central(VOLUME_CONDITION))
        .by("CSI specification, ControllerGetVolume")
        .add(
            "get",
            "A volume can be asked for by its id.",
            b -> {
              var disk = b.disk("a");
              b.disk("b");
              var got = b.ok(new ControllerGetVolume(disk.id())).volume();
              b.same(disk.id(), got.id(), "the id");
              b.same(disk.volume().capacity(), got.capacity(), "the capacity");
            },
            Need.central(GET_VOLUME))
        .add(
            "get-no-id",
            "A request without an id is refused with INVALID_ARGUMENT.",
            b -> b.refused(new ControllerGetVolume(new VolumeId("")), INVALID_ARGUMENT),
            Need.central(GET_VOLUME))
        .add(
            "get-unknown",
            "An unknown volume is refused with NOT_FOUND; so is a deleted one.",
            b -> {
              b.refused(new ControllerGetVolume(new VolumeId(b.name("never-made"))), NOT_FOUND);
              var disk = b.disk("a");
              disk.delete();
              b.refused(new ControllerGetVolume(disk.id()), NOT_FOUND);
            },
            Need.central(GET_VOLUME))
        .add(
            "get-condition",
            "A volume is told with its condition, which has a message; a healthy one's is not abnormal.",
            b -> {
              var entry = b.ok(new ControllerGetVolume(b.disk("a").id()));
              b.must(
                  entry
                      .condition()
                      .filter(its -> !its.abnormal() && !its.message().isBlank())
                      .isPresent(),
                  "a condition with a message that is not abnormal",
                  entry);
            },
            Need.central(GET_VOLUME),
            Need.central(VOLUME_CONDITION))
        .add(
            "get-published-nodes",
            "A volume is told with the node that it is published to, and without it afterwards.",
            b -> {
              var disk = b.disk("a").attach();
              b.same(
                  List.of(disk.node()),
                  b.ok(new ControllerGetVolume(disk.id())).published(),
                  "the published nodes");
              disk.detach();
              b.same(
                  List.of(),
                  b.ok(new ControllerGetVolume(disk.id())).published(),
                  "the published nodes");
            },
            Need.central(GET_VOLUME),
            Need.central(LIST_VOLUMES_PUBLISHED_NODES),
            Need.central(PUBLISH_UNPUBLISH_VOLUME),
            new Need.Node())
        .list();
  }

  private static Pages.Ask<Entry> ask(Bench b) {
    return (most, token) -> {
      var page = b.ok(new ListVolumes(most, token));
      return new Pages.Page<>(page.entries(), page.nextToken());
    };
  }

  static List<Entry> listed(Bench b) {
    return Pages.read(b, ask(b), 0);
  }

  static List<VolumeId> listedIds(Bench b) {
    return listed(b).stream().map(its -> its.volume().id()).toList();
  }

  private static List<String> ids(List<Entry> entries) {
    return entries.stream().map(its -> its.volume().id().text()).toList();
  }

  private static Optional<Entry> one(Bench b, VolumeId id) {
    return listed(b).stream().filter(its -> its.volume().id().equals(id)).findFirst();
  }

  private static List<NodeId> nodes(Bench b, Disk disk) {
    return one(b, disk.id()).orElseThrow(() -> new Unmet("it to be listed", "not")).published();
  }
}
