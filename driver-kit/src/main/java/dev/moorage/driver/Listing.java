package dev.moorage.driver;

import dev.moorage.csi.ControllerGetVolume;
import dev.moorage.csi.GetSnapshot;
import dev.moorage.csi.ListSnapshots;
import dev.moorage.csi.ListVolumes;
import dev.moorage.csi.Snapshot;
import java.util.List;
import java.util.Optional;

/// Tells what volumes and snapshots there are.
record Listing(Kit kit) {
  private static final Pages VOLUMES = new Pages("volumes");
  private static final Pages SNAPSHOTS = new Pages("snapshots");

  ListVolumes.Answer list(ListVolumes call) {
    if (!(kit.backend() instanceof CreatesVolumes)) throw Refusals.cannot(call.rpc());
    var answers = new Answers(kit);
    var page =
        VOLUMES.page(
            kit.records().volumes(),
            volume -> volume.id().text(),
            volume -> Optional.of(volume).filter(VolumeRecord::usable).map(answers::entry),
            call.maxEntries(),
            call.startingToken());
    return new ListVolumes.Answer(page.entries(), page.nextToken());
  }

  ListVolumes.Entry get(ControllerGetVolume call) {
    if (!(kit.backend() instanceof CreatesVolumes)) throw Refusals.cannot(call.rpc());
    Limits.volume(call.volume());
    return new Answers(kit).entry(kit.usable(call.volume()));
  }

  ListSnapshots.Answer list(ListSnapshots call) {
    if (!(kit.backend() instanceof Snapshots)) throw Refusals.cannot(call.rpc());
    var answers = new Answers(kit);
    var page =
        SNAPSHOTS.page(
            matching(call),
            snapshot -> snapshot.id().text(),
            snapshot -> Optional.of(answers.snapshot(snapshot)),
            call.maxEntries(),
            call.startingToken());
    return new ListSnapshots.Answer(page.entries(), page.nextToken());
  }

  private List<SnapshotRecord> matching(ListSnapshots call) {
    return kit.records().snapshots().stream()
        .filter(kit::shown)
        .filter(one -> call.source().text().isEmpty() || one.source().id().equals(call.source()))
        .filter(one -> call.snapshot().text().isEmpty() || one.id().equals(call.snapshot()))
        .toList();
  }

  Snapshot get(GetSnapshot call) {
    if (!(kit.backend() instanceof Snapshots)) throw Refusals.cannot(call.rpc());
    Limits.snapshot("snapshot_id", call.snapshot());
    return new Answers(kit).snapshot(kit.usable(call.snapshot()));
  }
}
