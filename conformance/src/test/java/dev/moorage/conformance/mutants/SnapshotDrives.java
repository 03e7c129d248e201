package dev.moorage.conformance.mutants;

import static dev.moorage.conformance.mutants.Bench.allSnapshots;
import static dev.moorage.conformance.mutants.Bench.delete;
import static dev.moorage.conformance.mutants.Bench.group;
import static dev.moorage.conformance.mutants.Bench.restore;
import static dev.moorage.conformance.mutants.Bench.snapshot;
import static dev.moorage.conformance.mutants.Bench.snapshots;

import dev.moorage.csi.CreateSnapshot;
import dev.moorage.csi.CsiCall;
import dev.moorage.csi.DeleteSnapshot;
import dev.moorage.csi.DeleteVolumeGroupSnapshot;
import dev.moorage.csi.GetMetadataAllocated;
import dev.moorage.csi.GetMetadataDelta;
import dev.moorage.csi.GetSnapshot;
import dev.moorage.csi.GetVolumeGroupSnapshot;
import dev.moorage.csi.GroupSnapshot;
import dev.moorage.csi.GroupSnapshotId;
import dev.moorage.csi.Secrets;
import dev.moorage.csi.Snapshot;
import dev.moorage.csi.SnapshotId;
import dev.moorage.csi.TopologyRequirement;
import dev.moorage.csi.VolumeId;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/// What shows the bugs of snapshots, of groups of them, and of changed blocks.
final class SnapshotDrives {
  private static final SnapshotId UNKNOWN = new SnapshotId("snap-unknown");

  private final Drives drives;

  SnapshotDrives(Drives drives) {
    this.drives = drives;
  }

  void addAll() {
    cuts();
    lists();
    restores();
    groups();
    blocks();
  }

  private void add(String mutant, Function<Bench, String> drive) {
    drives.add(mutant, drive);
  }

  private void cuts() {
    add("snapshot-time-moves", SnapshotDrives::twice);
    add("snapshot-new-each-time", SnapshotDrives::twice);
    add(
        "snapshot-other-source-ok",
        bench -> {
          var one = bench.make("one");
          var two = bench.make("two");
          return bench.say(snapshot(one, "cut"), snapshot(two, "cut"));
        });
    add(
        "snapshot-one-per-volume",
        bench -> {
          var one = bench.make("one");
          return bench.say(snapshot(one, "cut"), snapshot(one, "other"));
        });
    add("snapshot-never-ready", SnapshotDrives::twice);
    add(
        "snapshot-unknown-source-code",
        bench ->
            bench.say(
                new CreateSnapshot(
                    new VolumeId("vol-unknown"),
                    "cut",
                    Secrets.NONE,
                    Map.of(),
                    TopologyRequirement.NONE)));
    add("snapshot-no-name-ok", bench -> bench.say(snapshot(bench.make("one"), "")));
    add("snapshot-source-wrong", SnapshotDrives::twice);
    withCut("snapshot-delete-twice-fails", cut -> remove(cut.id()), cut -> remove(cut.id()));
    withCut("snapshot-delete-does-nothing", cut -> remove(cut.id()), _ -> allSnapshots());
    add(
        "snapshot-dies-with-volume",
        bench -> {
          var one = bench.make("one");
          return bench.say(snapshot(one, "cut"), delete(one), allSnapshots());
        });
    add("snapshot-get-code", bench -> bench.say(new GetSnapshot(UNKNOWN, Secrets.NONE)));
  }

  private static String twice(Bench bench) {
    var one = bench.make("one");
    return bench.say(snapshot(one, "cut"), snapshot(one, "cut"));
  }

  private static DeleteSnapshot remove(SnapshotId snapshot) {
    return new DeleteSnapshot(snapshot, Secrets.NONE);
  }

  @SafeVarargs
  private void withCut(String mutant, Function<Snapshot, CsiCall<?>>... calls) {
    add(
        mutant,
        bench -> {
          var cut = bench.ask(snapshot(bench.make("one"), "cut"));
          var said = new StringBuilder();
          for (var call : calls) said.append(bench.say(call.apply(cut))).append("; ");
          return said.toString();
        });
  }

  private void lists() {
    add("snapshot-list-one-by-source", several(snapshots(0, "", "vol-1", "")));
    add("snapshot-list-source-ignored", several(snapshots(0, "", "vol-1", "")));
    add("snapshot-list-unknown-fails", several(snapshots(0, "", "", "snap-unknown")));
    add("snapshot-list-max-ignored", several(snapshots(1, "", "", "")));
    add("snapshot-list-bad-token-code", several(snapshots(0, "nonsense", "", "")));
    add("snapshot-list-time-moves", several(allSnapshots()));
  }

  private static Function<Bench, String> several(CsiCall<?> call) {
    return bench -> {
      var one = bench.make("one");
      var two = bench.make("two");
      bench.ask(snapshot(one, "cut-1"));
      bench.ask(snapshot(one, "cut-2"));
      bench.ask(snapshot(two, "cut-3"));
      return bench.say(call);
    };
  }

  private void restores() {
    withCut("snapshot-restore-smaller-ok", SnapshotDrives::smaller);
    withCut("snapshot-restore-code", SnapshotDrives::smaller);
    add("snapshot-restore-present", SnapshotDrives::present);
    add(
        "snapshot-restore-not-grown",
        bench -> {
          var cut = bench.ask(snapshot(bench.make("one"), "cut"));
          var larger = Alter.capacity(restore(cut, "restored"), Bench.range(128, 0));
          var said = bench.say(Bench.stage(bench.ask(larger), Bench.MOUNT));
          return said + bench.host.filesystems().usage(Bench.STAGING);
        });
    add("snapshot-restore-empty", Bench::restored);
    add("snapshot-restore-stale-byte", Bench::restored);
  }

  private static CsiCall<?> smaller(Snapshot cut) {
    return Alter.capacity(restore(cut, "restored"), Bench.range(32, 32));
  }

  /// Restored while the source still shows what was written after the cut.
  private static String present(Bench bench) {
    var source = bench.published();
    var cut = bench.ask(snapshot(source, "cut"));
    bench.host.files().write(Bench.TARGET + "/file", "later");
    var volume = bench.ask(restore(cut, "restored"));
    bench.ask(Bench.unpublish(source));
    bench.ask(Bench.unstage(source));
    bench.ask(Bench.stage(volume, Bench.MOUNT));
    bench.ask(Bench.publish(volume));
    return bench.target();
  }

  private void groups() {
    add("group-partial", SnapshotDrives::withTwo);
    add(
        "group-members-left",
        bench ->
            bench.say(
                group("both", bench.make("one").id(), new VolumeId("vol-unknown")),
                allSnapshots()));
    add("group-id-missing", SnapshotDrives::withTwo);
    add("group-time-moves", SnapshotDrives::withTwo);
    add("group-ready-too-soon", SnapshotDrives::withTwo);
    add(
        "group-other-sources-ok",
        bench -> {
          var one = bench.make("one").id();
          var two = bench.make("two").id();
          return bench.say(group("both", one, two), group("both", one));
        });
    add("group-delete-leaves-members", withGroup(SnapshotDrives::drop, _ -> allSnapshots()));
    add("group-delete-twice-fails", withGroup(SnapshotDrives::drop, SnapshotDrives::drop));
    add(
        "group-mismatch-ok",
        withGroup(group -> new GetVolumeGroupSnapshot(group.id(), List.of(UNKNOWN), Secrets.NONE)));
    add(
        "group-get-code",
        bench ->
            bench.say(
                new GetVolumeGroupSnapshot(
                    new GroupSnapshotId("group-unknown"), List.of(UNKNOWN), Secrets.NONE)));
  }

  private static String withTwo(Bench bench) {
    var both = group("both", bench.make("one").id(), bench.make("two").id());
    return bench.say(both, both);
  }

  private static DeleteVolumeGroupSnapshot drop(GroupSnapshot group) {
    return new DeleteVolumeGroupSnapshot(
        group.id(), group.snapshots().stream().map(Snapshot::id).toList(), Secrets.NONE);
  }

  @SafeVarargs
  private static Function<Bench, String> withGroup(Function<GroupSnapshot, CsiCall<?>>... calls) {
    return bench -> {
      var made = bench.ask(group("both", bench.make("one").id(), bench.make("two").id()));
      var said = new StringBuilder();
      for (var call : calls) said.append(bench.say(call.apply(made))).append("; ");
      return said.toString();
    };
  }

  private static GetMetadataAllocated allocated(SnapshotId snapshot, long offset, int most) {
    return new GetMetadataAllocated(snapshot, offset, most, Secrets.NONE);
  }

  private static GetMetadataDelta delta(SnapshotId snapshot, long offset) {
    return new GetMetadataDelta(snapshot, snapshot, offset, 0, Secrets.NONE);
  }

  private void blocks() {
    withCut("blocks-offset-ignored", cut -> allocated(cut.id(), 20_000, 0));
    withCut("blocks-beyond-ok", cut -> delta(cut.id(), 1L << 40));
    withCut("blocks-max-ignored", cut -> allocated(cut.id(), 0, 2));
    withCut("blocks-delta-misses", cut -> delta(cut.id(), 0));
    withCut("blocks-unsorted", cut -> allocated(cut.id(), 0, 2));
    add("blocks-unknown-code", bench -> bench.say(allocated(UNKNOWN, 0, 0)));
  }
}
