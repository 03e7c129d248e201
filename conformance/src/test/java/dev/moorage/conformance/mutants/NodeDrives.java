package dev.moorage.conformance.mutants;

import static dev.moorage.conformance.mutants.Bench.BLOCK;
import static dev.moorage.conformance.mutants.Bench.MOUNT;
import static dev.moorage.conformance.mutants.Bench.OTHER_TARGET;
import static dev.moorage.conformance.mutants.Bench.STAGING;
import static dev.moorage.conformance.mutants.Bench.TARGET;
import static dev.moorage.conformance.mutants.Bench.mount;
import static dev.moorage.conformance.mutants.Bench.publish;
import static dev.moorage.conformance.mutants.Bench.stage;
import static dev.moorage.conformance.mutants.Bench.unpublish;
import static dev.moorage.conformance.mutants.Bench.unstage;

import dev.moorage.base.Bytes;
import dev.moorage.csi.AccessMode;
import dev.moorage.csi.CapacityRange;
import dev.moorage.csi.ContentSource;
import dev.moorage.csi.NodeExpandVolume;
import dev.moorage.csi.NodeGetVolumeStats;
import dev.moorage.csi.NodeStageVolume;
import dev.moorage.csi.NodeUnstageVolume;
import dev.moorage.csi.Secrets;
import dev.moorage.csi.Volume;
import dev.moorage.csi.VolumeCapability;
import dev.moorage.csi.VolumeId;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/// What shows the bugs of mounting.
final class NodeDrives {
  private static final Volume UNKNOWN =
      new Volume(
          new VolumeId("vol-unknown"), Bytes.ZERO, Map.of(), new ContentSource.Empty(), List.of());
  private static final VolumeCapability XFS = mount("xfs", AccessMode.SINGLE_NODE_MULTI_WRITER);
  private static final VolumeCapability ALONE = mount("", AccessMode.SINGLE_NODE_SINGLE_WRITER);

  private final Drives drives;

  NodeDrives(Drives drives) {
    this.drives = drives;
  }

  void addAll() {
    stages();
    publishes();
    effects();
    unpublishes();
    unstages();
    stats();
    expands();
  }

  private void add(String mutant, Function<Bench, String> drive) {
    drives.add(mutant, drive);
  }

  private void stages() {
    add(
        "stage-twice-fails",
        bench -> {
          var one = bench.make("one");
          return bench.say(stage(one, MOUNT), stage(one, MOUNT));
        });
    add("stage-other-capability-ok", bench -> bench.say(stage(bench.staged(), ALONE)));
    add("stage-unknown-ok", bench -> bench.say(stage(UNKNOWN, MOUNT)));
    add(
        "stage-no-capability-ok",
        bench -> bench.say(stage(bench.make("one"), VolumeCapability.MISSING)));
    add(
        "stage-path-code",
        bench ->
            bench.say(
                new NodeStageVolume(
                    bench.make("one").id(), Map.of(), "", MOUNT, Secrets.NONE, Map.of())));
    add(
        "stage-formats-again",
        bench -> {
          var one = bench.published();
          var calls = bench.say(unpublish(one), unstage(one), stage(one, MOUNT), publish(one));
          return calls + bench.target();
        });
    add(
        "stage-filesystem-ignored",
        bench -> {
          var large = bench.ask(Bench.sized("one", 400, 0));
          return bench.say(stage(large, XFS)) + bench.host.mounts().at(STAGING);
        });
  }

  private void publishes() {
    add("publish-unstaged-ok", bench -> bench.say(publish(bench.make("one"))));
    add("publish-path-code", bench -> bench.say(publish(bench.staged(), "", MOUNT, false)));
    add("publish-unknown-code", bench -> bench.say(publish(UNKNOWN)));
    add(
        "publish-other-read-only-ok",
        bench -> bench.say(publish(bench.published(), TARGET, MOUNT, true)));
    add("publish-twice-fails", bench -> bench.say(publish(bench.published())));
    add(
        "publish-second-target-fails",
        bench -> bench.say(publish(bench.published(), OTHER_TARGET, MOUNT, false)));
    add(
        "publish-single-writer-shared",
        bench -> {
          var one = bench.make("one");
          return bench.say(
              stage(one, ALONE),
              publish(one, TARGET, ALONE, false),
              publish(one, OTHER_TARGET, ALONE, false));
        });
  }

  private void effects() {
    add("publish-does-nothing", bench -> bench.say(publish(bench.staged())) + bench.target());
    add(
        "publish-writable",
        bench -> bench.say(publish(bench.staged(), TARGET, MOUNT, true)) + bench.target());
    add(
        "publish-stacks",
        bench -> bench.say(publish(bench.published())) + bench.host.mounts().table());
    add(
        "publish-block-as-file",
        bench -> {
          var one = bench.make("one");
          return bench.say(stage(one, BLOCK), publish(one, TARGET, BLOCK, false))
              + bench.host.files().look(TARGET);
        });
    add(
        "publish-empty-folder",
        bench -> {
          var one = bench.staged();
          bench.host.files().write(STAGING + "/file", "text");
          return bench.say(publish(one)) + bench.target();
        });
  }

  private void unpublishes() {
    add("unpublish-target-left", NodeDrives::unpublished);
    add("unpublish-does-nothing", NodeDrives::unpublished);
    add(
        "unpublish-twice-fails",
        bench -> {
          var one = bench.published();
          return bench.say(unpublish(one), unpublish(one));
        });
    add(
        "unpublish-deletes-data",
        bench -> {
          var one = bench.published();
          return bench.say(unpublish(one), publish(one)) + bench.target();
        });
    add(
        "unpublish-all-targets",
        bench -> {
          var one = bench.published();
          return bench.say(publish(one, OTHER_TARGET, MOUNT, false), unpublish(one))
              + bench.host.mounts().at(OTHER_TARGET);
        });
  }

  private static String unpublished(Bench bench) {
    return bench.say(unpublish(bench.published())) + bench.target();
  }

  private void unstages() {
    add("unstage-while-published", bench -> bench.say(unstage(bench.published())) + bench.target());
    add(
        "unstage-does-nothing",
        bench -> bench.say(unstage(bench.staged())) + bench.host.mounts().at(STAGING));
    add(
        "unstage-twice-fails",
        bench -> {
          var one = bench.staged();
          return bench.say(unstage(one), new NodeUnstageVolume(one.id(), STAGING));
        });
  }

  private static NodeGetVolumeStats stats(Volume volume, String path) {
    return new NodeGetVolumeStats(volume.id(), path, STAGING);
  }

  private void stats() {
    add(
        "stats-wrong-path-ok",
        bench -> {
          var one = bench.published();
          return bench.say(stats(one, TARGET), stats(one, "/var/lib/pods/nowhere"));
        });
    add("stats-of-root", bench -> bench.say(stats(bench.published(), TARGET)));
    add("stats-empty", bench -> bench.say(stats(bench.published(), TARGET)));
    add("stats-path-code", bench -> bench.say(stats(bench.published(), "/var/lib/pods/x")));
    add("stats-exceed", bench -> bench.say(stats(bench.published(), TARGET)));
  }

  private static NodeExpandVolume expand(Volume volume, String path) {
    return new NodeExpandVolume(volume.id(), path, CapacityRange.ANY, STAGING, MOUNT, Secrets.NONE);
  }

  private void expands() {
    add(
        "expand-node-anywhere-ok",
        bench -> bench.say(expand(bench.published(), "/var/lib/pods/nowhere")));
    add(
        "expand-node-does-nothing",
        bench -> {
          var one = bench.published();
          return bench.say(Bench.expand(one, 128, 0), expand(one, TARGET))
              + bench.host.filesystems().usage(TARGET);
        });
    add("expand-node-unknown-code", bench -> bench.say(expand(UNKNOWN, TARGET)));
  }
}
