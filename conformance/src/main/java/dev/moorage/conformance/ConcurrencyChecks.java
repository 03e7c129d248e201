package dev.moorage.conformance;

import static dev.moorage.csi.ControllerGetCapabilities.Capability.CLONE_VOLUME;
import static dev.moorage.csi.ControllerGetCapabilities.Capability.CREATE_DELETE_SNAPSHOT;
import static dev.moorage.csi.ControllerGetCapabilities.Capability.CREATE_DELETE_VOLUME;
import static dev.moorage.csi.ControllerGetCapabilities.Capability.EXPAND_VOLUME;
import static dev.moorage.csi.ControllerGetCapabilities.Capability.LIST_VOLUMES;
import static dev.moorage.csi.ControllerGetCapabilities.Capability.PUBLISH_UNPUBLISH_VOLUME;
import static dev.moorage.csi.CsiException.Code.ABORTED;
import static dev.moorage.csi.CsiException.Code.ALREADY_EXISTS;
import static dev.moorage.csi.CsiException.Code.FAILED_PRECONDITION;
import static dev.moorage.csi.CsiException.Code.NOT_FOUND;
import static dev.moorage.csi.NodeGetCapabilities.Capability.STAGE_UNSTAGE_VOLUME;

import dev.moorage.base.Bytes;
import dev.moorage.csi.CsiCall;
import dev.moorage.csi.CsiException.Code;
import dev.moorage.csi.ListVolumes;
import dev.moorage.csi.Snapshot;
import dev.moorage.csi.Volume;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.TreeSet;

/// Several callers at once.
final class ConcurrencyChecks {
  private static final int CALLERS = 8;
  private static final int DISKS = 4;

  private ConcurrencyChecks() {}

  static List<Check> all() {
    return new Topic(
            "at-once",
            "CSI specification, Concurrency: a second call for the same volume may be refused with"
                + " ABORTED",
            Need.central(CREATE_DELETE_VOLUME))
        .add(
            "create-same",
            "Equal requests at once make one volume.",
            b -> {
              var volume = b.sameAtOnce(b.volume("a").call());
              if (b.facts().has(LIST_VOLUMES))
                b.same(
                    1L,
                    ListChecks.listedIds(b).stream().filter(volume.id()::equals).count(),
                    "how often it is listed");
            })
        .add(
            "create-different-sizes",
            "Of requests that contradict each other one wins.",
            ConcurrencyChecks::contradicting)
        .add(
            "create-others",
            "Requests for different volumes do not hinder each other.",
            b -> {
              var calls = new ArrayList<CsiCall<Volume>>();
              for (int i = 0; i < DISKS; i++) calls.add(b.volume("v" + i).call());
              var ids = new TreeSet<String>();
              for (var answer : b.atOnce(calls)) {
                b.must(answer.given(), "OK from each CreateVolume", answer);
                if (answer.value() instanceof Volume volume) ids.add(volume.id().text());
              }
              b.same(DISKS, ids.size(), "how many volumes there are");
            })
        .add(
            "create-and-list",
            "Volumes can be listed while others are made.",
            b -> {
              var calls = new ArrayList<CsiCall<?>>();
              for (int i = 0; i < DISKS; i++) {
                calls.add(b.volume("v" + i).call());
                calls.add(new ListVolumes(0, ""));
              }
              for (var answer : b.atOnce(calls)) b.must(answer.given(), "OK for each", answer);
            },
            Need.central(LIST_VOLUMES))
        .add(
            "delete-same",
            "A volume deleted by several at once is deleted once.",
            b -> {
              var disk = b.disk("a");
              each(b, Collections.nCopies(CALLERS, disk.deleteCall()), ABORTED);
              disk.delete();
            })
        .add(
            "create-and-delete",
            "A volume that is made and deleted at the same time is there whole, or gone.",
            b -> {
              var disk = b.disk("a");
              var calls = new ArrayList<CsiCall<?>>();
              for (int i = 0; i < CALLERS; i++)
                calls.add(i % 2 == 0 ? disk.wish().call() : disk.deleteCall());
              each(b, calls, ABORTED, NOT_FOUND, ALREADY_EXISTS);
              var volume = b.insist(disk.wish().call());
              if (b.facts().node().isPresent()) b.disk(disk.wish(), volume).up();
            })
        .add(
            "attach-same",
            "A volume attached by several at once is attached once.",
            b -> {
              var disk = b.disk("a");
              b.sameAtOnce(disk.attachCall());
              disk.detach();
            },
            Need.central(PUBLISH_UNPUBLISH_VOLUME),
            new Need.Node())
        .both(
            "stage-same",
            "A volume staged by several at once is mounted once, and unstaged once.",
            (b, form) -> {
              var disk = b.disk("a", form).attach();
              b.sameAtOnce(disk.stageCall());
              b.must(b.paths().mountsAt(disk.staging()) <= 1, "one mount", "several");
              each(b, Collections.nCopies(CALLERS, disk.unstageCall()), ABORTED);
              disk.unstage();
              b.same(0L, b.paths().mountsAt(disk.staging()), "the mounts at the staging path");
            },
            Need.local(STAGE_UNSTAGE_VOLUME))
        .both(
            "publish-same",
            "A volume published by several at once is mounted once, and unpublished once.",
            (b, form) -> {
              var disk = b.disk("a", form).attach().stage();
              b.sameAtOnce(disk.publishCall());
              b.must(b.paths().mountsAt(disk.target()) <= 1, "one mount", "several");
              each(b, Collections.nCopies(CALLERS, disk.unpublishCall()), ABORTED);
              disk.unpublish();
              b.must(!b.paths().exists(disk.target()), "the target path gone", "it is there");
            },
            new Need.Node())
        .add(
            "publish-and-unpublish",
            "Publishing and unpublishing at once end as the last call says.",
            b -> {
              var disk = b.disk("a").attach().stage();
              var calls = new ArrayList<CsiCall<?>>();
              for (int i = 0; i < CALLERS; i++)
                calls.add(i % 2 == 0 ? disk.publishCall() : disk.unpublishCall());
              each(b, calls, ABORTED);
              b.insist(disk.publishCall());
              b.must(b.paths().mountsAt(disk.target()) <= 1, "one mount", "several");
              b.insist(disk.unpublishCall());
              b.must(!b.paths().exists(disk.target()), "the target path gone", "it is there");
            },
            new Need.Node())
        .add(
            "whole-lives",
            "Several volumes at once live their whole lives undisturbed.",
            ConcurrencyChecks::wholeLives,
            new Need.Node())
        .add(
            "expand",
            "A volume grown by several at once has the largest size in the end.",
            b -> {
              var disk = b.disk("a");
              var size = b.options().wanted().size();
              var calls = new ArrayList<CsiCall<?>>();
              for (int i = 1; i <= 4; i++)
                calls.add(disk.expandCall(size.plus(Bytes.mebi(8L * i))));
              each(b, calls, ABORTED);
              for (var call : calls) b.insist(call);
              var largest = size.plus(Bytes.mebi(32));
              var grown = b.ok(disk.expandCall(size)).capacity();
              b.must(!grown.isBelow(largest), largest + " at least", grown);
            },
            Need.central(EXPAND_VOLUME))
        .add(
            "snapshot-same",
            "Equal requests at once cut one snapshot.",
            b -> {
              var disk = b.disk("a");
              var calls = Collections.nCopies(CALLERS, disk.snapshotCall(b.name("s")));
              var ids = new TreeSet<String>();
              for (var answer : each(b, calls, ABORTED))
                if (answer instanceof Answer.Given<?>(Snapshot its)) ids.add(its.id().text());
              ids.add(b.insist(disk.snapshotCall(b.name("s"))).id().text());
              b.same(1, ids.size(), "how many snapshots there are");
            },
            Need.central(CREATE_DELETE_SNAPSHOT))
        .add(
            "clone-and-delete",
            "A source that is cloned and deleted at once leaves a whole clone, or none.",
            b -> {
              var source = b.disk("source");
              var clone = b.volume("clone").from(source.id());
              each(
                  b,
                  List.of(clone.call(), source.deleteCall(), clone.call()),
                  ABORTED,
                  NOT_FOUND,
                  FAILED_PRECONDITION);
            },
            Need.central(CLONE_VOLUME))
        .list();
  }

  /// Each call is answered, or refused with one of these codes.
  private static List<Answer<?>> each(Bench b, List<? extends CsiCall<?>> calls, Code... codes) {
    var answers = b.atOnce(calls);
    for (var answer : answers)
      b.must(
          answer.given() || Arrays.stream(codes).anyMatch(answer::is),
          "OK or " + Arrays.toString(codes),
          answer);
    return answers;
  }

  private static void contradicting(Bench b) {
    var small = b.options().wanted().size();
    var large = ExpandChecks.larger(b);
    var wish = b.volume("a");
    var calls = new ArrayList<CsiCall<?>>();
    for (int i = 0; i < CALLERS; i++) {
      var size = i % 2 == 0 ? small : large;
      calls.add(wish.sized(size, size).call());
    }
    var winners = new TreeSet<String>();
    for (var answer : each(b, calls, ABORTED, ALREADY_EXISTS))
      if (answer instanceof Answer.Given<?>(Volume volume)) winners.add(volume.toString());
    b.must(winners.size() <= 1, "one volume", winners);
  }

  private static void wholeLives(Bench b) {
    var disks = new ArrayList<Disk>();
    for (int i = 0; i < DISKS; i++) disks.add(b.disk("v" + i));
    for (var disk : disks) disk.attach();
    step(b, disks, disk -> stages(b) ? List.of(disk.stageCall()) : List.of());
    step(b, disks, disk -> List.of(disk.publishCall()));
    if (!disks.getFirst().block()) {
      for (var disk : disks) disk.write(disk.id().text());
      for (var disk : disks) disk.mustHold(disk.id().text(), "each volume");
    }
    step(b, disks, disk -> List.of(disk.unpublishCall()));
    step(b, disks, disk -> stages(b) ? List.of(disk.unstageCall()) : List.of());
    for (var disk : disks) disk.detach();
    step(b, disks, disk -> List.of(disk.deleteCall()));
  }

  private static boolean stages(Bench b) {
    return b.facts().has(STAGE_UNSTAGE_VOLUME);
  }

  private interface Step {
    List<CsiCall<?>> of(Disk disk);
  }

  private static void step(Bench b, List<Disk> disks, Step step) {
    var calls = new ArrayList<CsiCall<?>>();
    for (var disk : disks) calls.addAll(step.of(disk));
    for (var answer : b.atOnce(calls)) b.must(answer.given(), "OK for each volume", answer);
  }
}
