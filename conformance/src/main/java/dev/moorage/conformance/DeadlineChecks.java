package dev.moorage.conformance;

import static dev.moorage.csi.ControllerGetCapabilities.Capability.CLONE_VOLUME;
import static dev.moorage.csi.ControllerGetCapabilities.Capability.CREATE_DELETE_SNAPSHOT;
import static dev.moorage.csi.ControllerGetCapabilities.Capability.CREATE_DELETE_VOLUME;
import static dev.moorage.csi.ControllerGetCapabilities.Capability.EXPAND_VOLUME;
import static dev.moorage.csi.ControllerGetCapabilities.Capability.LIST_VOLUMES;
import static dev.moorage.csi.ControllerGetCapabilities.Capability.PUBLISH_UNPUBLISH_VOLUME;
import static dev.moorage.csi.CsiException.Code.NOT_FOUND;
import static dev.moorage.csi.NodeGetCapabilities.Capability.STAGE_UNSTAGE_VOLUME;

import dev.moorage.csi.CsiCall;
import java.util.List;

/// Callers that leave before the driver is done, and come again with the same request.
final class DeadlineChecks {
  private static final int TIMES = 3;

  private DeadlineChecks() {}

  static List<Check> all() {
    return new Topic(
            "deadline",
            "CSI specification, Timeouts: a repeated call goes on where the first one was",
            Need.central(CREATE_DELETE_VOLUME))
        .add(
            "create",
            "A creation that its caller left ends as one volume.",
            b -> {
              int before = b.facts().has(LIST_VOLUMES) ? ListChecks.listed(b).size() : 0;
              var volume = again(b, b.volume("a").call());
              b.same(volume, b.ok(b.volume("a").call()), "the same volume");
              if (b.facts().has(LIST_VOLUMES))
                b.same(before + 1, ListChecks.listed(b).size(), "how many volumes there are");
            })
        .add(
            "clone",
            "A clone that its caller left ends as one volume.",
            b -> {
              var wish = b.volume("clone").from(b.disk("source").id());
              var volume = again(b, wish.call());
              b.same(volume, b.ok(wish.call()), "the same volume");
            },
            Need.central(CLONE_VOLUME))
        .add(
            "delete",
            "A deletion that its caller left ends with the volume gone.",
            b -> {
              var disk = b.disk("a");
              again(b, disk.deleteCall());
              if (b.facts().has(LIST_VOLUMES))
                b.must(!ListChecks.listedIds(b).contains(disk.id()), "it not listed", "it is");
            })
        .add(
            "delete-told",
            "Who is told within a short time that a volume is deleted can rely on it.",
            b -> {
              var disk = b.disk("a");
              if (!b.cut(disk.deleteCall()).given()) throw new NotAsked("it takes longer here");
              b.refused(ValidateChecks.question(b, disk), NOT_FOUND);
            })
        .add(
            "attach",
            "An attachment that its caller left ends attached, and detached after the same.",
            b -> {
              var disk = b.disk("a");
              b.same(again(b, disk.attachCall()), b.ok(disk.attachCall()), "the same answer");
              again(b, disk.detachCall());
            },
            Need.central(PUBLISH_UNPUBLISH_VOLUME),
            new Need.Node())
        .both(
            "stage",
            "Staging that its caller left ends staged once, and unstaged after the same.",
            (b, form) -> {
              var disk = b.disk("a", form).attach();
              again(b, disk.stageCall());
              b.must(b.paths().mountsAt(disk.staging()) <= 1, "one mount", "several");
              disk.publish().write("mine");
              disk.mustHold("mine", "the volume");
              disk.unpublish();
              again(b, disk.unstageCall());
              b.same(0L, b.paths().mountsAt(disk.staging()), "the mounts at the staging path");
            },
            Need.local(STAGE_UNSTAGE_VOLUME))
        .both(
            "publish",
            "Publishing that its caller left ends published once, and unpublished after the same.",
            (b, form) -> {
              var disk = b.disk("a", form).attach().stage();
              again(b, disk.publishCall());
              b.must(b.paths().mountsAt(disk.target()) <= 1, "one mount", "several");
              disk.write("mine");
              disk.mustHold("mine", "the volume");
              again(b, disk.unpublishCall());
              b.must(!b.paths().exists(disk.target()), "the target path gone", "it is there");
            },
            new Need.Node())
        .add(
            "expand",
            "Growth that its caller left ends at the size.",
            b -> {
              var grown = again(b, b.disk("a").expandCall(ExpandChecks.larger(b))).capacity();
              b.must(!grown.isBelow(ExpandChecks.larger(b)), "the larger size", grown);
            },
            Need.central(EXPAND_VOLUME))
        .add(
            "snapshot",
            "A snapshot that its caller left ends as one snapshot.",
            b -> {
              var disk = b.disk("a");
              var snapshot = again(b, disk.snapshotCall(b.name("s")));
              var same = b.ok(disk.snapshotCall(b.name("s")));
              b.same(snapshot.id(), same.id(), "the id");
              b.same(snapshot.created(), same.created(), "the moment");
            },
            Need.central(CREATE_DELETE_SNAPSHOT))
        .list();
  }

  /// Left several times, then insisted on.
  private static <R> R again(Bench b, CsiCall<R> call) {
    for (int i = 0; i < TIMES; i++) b.cut(call);
    return b.insist(call);
  }
}
