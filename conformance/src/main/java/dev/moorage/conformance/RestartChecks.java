package dev.moorage.conformance;

import static dev.moorage.csi.ControllerGetCapabilities.Capability.CREATE_DELETE_SNAPSHOT;
import static dev.moorage.csi.ControllerGetCapabilities.Capability.CREATE_DELETE_VOLUME;
import static dev.moorage.csi.ControllerGetCapabilities.Capability.EXPAND_VOLUME;
import static dev.moorage.csi.ControllerGetCapabilities.Capability.LIST_VOLUMES;
import static dev.moorage.csi.ControllerGetCapabilities.Capability.PUBLISH_UNPUBLISH_VOLUME;
import static dev.moorage.csi.CsiException.Code.ALREADY_EXISTS;
import static dev.moorage.csi.NodeGetCapabilities.Capability.STAGE_UNSTAGE_VOLUME;

import dev.moorage.base.Bytes;
import dev.moorage.csi.GetPluginCapabilities;
import dev.moorage.csi.GetPluginInfo;
import java.util.List;

/// A driver that is killed between two calls, or in the middle of one.
final class RestartChecks {
  private static final int TURNS = 4;

  private RestartChecks() {}

  static List<Check> all() {
    return new Topic(
            "restart",
            "Kubernetes: drivers are killed at any moment; what was answered holds",
            new Need.Restarts(),
            Need.central(CREATE_DELETE_VOLUME))
        .add(
            "identity",
            "A restarted driver is the same driver.",
            b -> {
              var before = b.facts();
              b.restart();
              b.same(before.info().name(), b.ok(new GetPluginInfo()).name(), "the name");
              b.same(before.plugin(), b.ok(new GetPluginCapabilities()), "the capabilities");
            })
        .add(
            "volume-stays",
            "A volume is there after a restart, the same, and still compared in full.",
            b -> {
              var disk = b.disk("a");
              b.restart();
              b.same(disk.volume(), b.ok(disk.wish().call()), "the same volume");
              var twice = b.options().wanted().size().plus(b.options().wanted().size());
              b.refused(disk.wish().sized(twice, Bytes.ZERO).call(), ALREADY_EXISTS);
              if (b.facts().has(LIST_VOLUMES))
                b.must(ListChecks.listedIds(b).contains(disk.id()), "it to be listed", "not");
            })
        .add(
            "delete-stays",
            "A deleted volume does not come back.",
            b -> {
              var disk = b.disk("a");
              disk.delete();
              b.restart();
              if (b.facts().has(LIST_VOLUMES))
                b.must(!ListChecks.listedIds(b).contains(disk.id()), "it not listed", "it is");
              disk.delete();
            })
        .add(
            "attachment-stays",
            "An attached volume is attached after a restart, with the same context.",
            b -> {
              var disk = b.disk("a");
              var before = b.ok(disk.attachCall());
              b.restart();
              b.same(before, b.ok(disk.attachCall()), "the same answer");
              disk.detach();
            },
            Need.central(PUBLISH_UNPUBLISH_VOLUME),
            new Need.Node())
        .both(
            "use-stays",
            "A published volume is undisturbed by a restart, and can be taken down after it.",
            (b, form) -> {
              var disk = b.disk("a", form).up();
              disk.write("mine");
              b.restart();
              disk.mustHold("mine", "the volume");
              disk.stage().publish();
              b.must(b.paths().mountsAt(disk.target()) <= 1, "one mount", "several");
              disk.down();
              b.must(!b.paths().exists(disk.target()), "the target path gone", "it is there");
            },
            new Need.Node())
        .add(
            "growth-stays",
            "A grown volume is as large after a restart.",
            b -> {
              var disk = b.disk("a");
              var before = b.ok(disk.expandCall(ExpandChecks.larger(b)));
              b.restart();
              b.same(
                  before.capacity(),
                  b.ok(disk.expandCall(b.options().wanted().size())).capacity(),
                  "the size");
            },
            Need.central(EXPAND_VOLUME))
        .add(
            "snapshot-stays",
            "A snapshot is there after a restart, the same.",
            b -> {
              var disk = b.disk("a");
              var before = SnapshotChecks.ready(b, disk, "s");
              b.restart();
              var after = b.ok(disk.snapshotCall(b.name("s")));
              b.same(before.id(), after.id(), "the id");
              b.same(before.created(), after.created(), "the moment");
              b.same(before.source(), after.source(), "the source");
            },
            Need.central(CREATE_DELETE_SNAPSHOT))
        .by("Kubernetes: drivers are killed at any moment; a repeated call finishes the work")
        .add(
            "during-create",
            "A creation that the driver died in ends as one volume, and leaves no other.",
            b -> {
              int before = b.facts().has(LIST_VOLUMES) ? ListChecks.listed(b).size() : 0;
              for (int turn = 0; turn < TURNS; turn++) {
                var wish = b.volume("a" + turn);
                var volume = b.killedDuring(wish.call(), turn);
                b.same(volume, b.ok(wish.call()), "the same volume");
                b.disk(wish, volume).delete();
              }
              if (b.facts().has(LIST_VOLUMES))
                b.same(before, ListChecks.listed(b).size(), "how many volumes are left");
            })
        .add(
            "during-delete",
            "A deletion that the driver died in ends with the volume gone.",
            b -> {
              for (int turn = 0; turn < TURNS; turn++) {
                var disk = b.disk("a" + turn);
                b.killedDuring(disk.deleteCall(), turn);
                if (b.facts().has(LIST_VOLUMES))
                  b.must(!ListChecks.listedIds(b).contains(disk.id()), "it not listed", "it is");
              }
            })
        .both(
            "during-stage",
            "Staging that the driver died in ends staged once.",
            (b, form) -> {
              for (int turn = 0; turn < TURNS; turn++) {
                var disk = b.disk("a" + turn, form).attach();
                b.killedDuring(disk.stageCall(), turn);
                b.must(b.paths().mountsAt(disk.staging()) <= 1, "one mount", "several");
                disk.publish().write("mine");
                disk.mustHold("mine", "the volume");
                disk.unpublish();
                b.killedDuring(disk.unstageCall(), turn);
                b.same(0L, b.paths().mountsAt(disk.staging()), "the mounts at the staging path");
                disk.detach().delete();
              }
            },
            Need.local(STAGE_UNSTAGE_VOLUME))
        .both(
            "during-publish",
            "Publishing that the driver died in ends published once.",
            (b, form) -> {
              for (int turn = 0; turn < TURNS; turn++) {
                var disk = b.disk("a" + turn, form).attach().stage();
                b.killedDuring(disk.publishCall(), turn);
                b.must(b.paths().mountsAt(disk.target()) <= 1, "one mount", "several");
                disk.write("mine");
                b.killedDuring(disk.unpublishCall(), turn);
                b.must(!b.paths().exists(disk.target()), "the target path gone", "it is there");
                disk.unstage().detach().delete();
              }
            },
            new Need.Node())
        .add(
            "during-expand",
            "Growth that the driver died in ends at the size.",
            b -> {
              for (int turn = 0; turn < TURNS; turn++) {
                var disk = b.disk("a" + turn);
                var grown = b.killedDuring(disk.expandCall(ExpandChecks.larger(b)), turn);
                b.must(!grown.capacity().isBelow(ExpandChecks.larger(b)), "the larger size", grown);
                disk.delete();
              }
            },
            Need.central(EXPAND_VOLUME))
        .add(
            "during-snapshot",
            "A snapshot that the driver died in ends as one snapshot.",
            b -> {
              var disk = b.disk("a");
              for (int turn = 0; turn < TURNS; turn++) {
                var call = disk.snapshotCall(b.name("s" + turn));
                var snapshot = b.killedDuring(call, turn);
                b.same(snapshot.id(), b.ok(call).id(), "the id");
                b.ok(SnapshotChecks.delete(b, snapshot.id().text()));
              }
            },
            Need.central(CREATE_DELETE_SNAPSHOT))
        .list();
  }
}
