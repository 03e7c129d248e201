package dev.moorage.driver;

import dev.moorage.csi.NodeGetStorageHealth;
import dev.moorage.csi.NodeGetVolumeHealth;
import dev.moorage.csi.VolumeCondition;
import dev.moorage.csi.VolumeHealth;
import dev.moorage.csi.VolumeHealth.Entry;
import dev.moorage.csi.VolumeHealth.Status;
import dev.moorage.csi.VolumeId;
import dev.moorage.driver.FilesystemRecord.State;
import dev.moorage.host.HostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// What is wrong with volumes as this node sees them: its mount table and the devices, compared
/// with the ledger, and what the backend says.
final class NodeHealth {
  private final Kit kit;
  private final Records records;

  NodeHealth(Kit kit) {
    this.kit = kit;
    this.records = kit.records();
  }

  VolumeHealth volume(NodeGetVolumeHealth call) {
    if (kit.settings().csiVersion() == CsiVersion.V1_12) throw Refusals.cannot(call.rpc());
    Limits.volume(call.volume());
    var id = InlineVolumes.known(records, call.volume());
    kit.checkUsable(id);
    return new VolumeHealth(call.volume(), entries(id));
  }

  NodeGetStorageHealth.Answer storage(NodeGetStorageHealth call) {
    if (kit.settings().csiVersion() != CsiVersion.V1_12
        && kit.backend() instanceof ReportsHealth backend)
      return new NodeGetStorageHealth.Answer(backend.storageHealth());
    throw Refusals.cannot(call.rpc());
  }

  /// The same in the words of CSI 1.12.
  VolumeCondition condition(VolumeId id) {
    var entries = entries(id);
    return new VolumeCondition(
        !entries.isEmpty(),
        entries.isEmpty()
            ? "nothing adverse is known"
            : entries.stream()
                .map(entry -> entry.reason() + ": " + entry.message())
                .collect(Collectors.joining("; ")));
  }

  private List<Entry> entries(VolumeId id) {
    var entries = new ArrayList<Entry>();
    records.stage(id).filter(StageRecord::done).ifPresent(stage -> staged(stage, entries));
    for (var target : records.targets(id))
      if (target.done() && kit.shown(id).at(target.path()).isEmpty())
        entries.add(inaccessible("NotPublished", "its mount at " + target.path() + " is gone"));
    if (kit.backend() instanceof ReportsHealth backend && kit.settings().mode() != Driver.Mode.NODE)
      entries.addAll(backend.health(kit.usable(id)));
    return unique(entries);
  }

  private void staged(StageRecord stage, List<Entry> entries) {
    var shown = kit.shown(stage.volume());
    if (shown.path().isEmpty()) {
      entries.add(inaccessible("NotConnected", "its device or folder on this node is gone"));
      return;
    }
    if (stage.use().block()) return;
    var mount = shown.at(stage.path());
    if (mount.isEmpty()) {
      entries.add(inaccessible("NotMounted", "its mount at " + stage.path() + " is gone"));
      return;
    }
    if (mount.get().readOnly() && !stage.readOnly())
      entries.add(
          new Entry(
              Status.DEGRADED,
              "ReadOnly",
              "its filesystem has turned read-only, as one does after an I/O error"));
    unanswered(stage.path()).ifPresent(entries::add);
    growsLater(stage.volume()).ifPresent(entries::add);
  }

  /// A mount whose storage is gone answers with an error to whoever looks.
  private Optional<Entry> unanswered(String path) {
    try {
      var _ = kit.host().files().look(path);
      var _ = kit.host().filesystems().usage(path);
      return Optional.empty();
    } catch (HostException broken) {
      return Optional.of(inaccessible("NotAnswering", String.valueOf(broken.getMessage())));
    }
  }

  private Optional<Entry> growsLater(VolumeId id) {
    return records
        .filesystem(id)
        .filter(known -> known.state() == State.GROWS_UNMOUNTED)
        .map(known ->
            new Entry(
                Status.DEGRADED,
                "GrowsWhenStagedNext",
                "this kernel does not grow "
                    + known.type()
                    + " while it is mounted; it still has "
                    + known.size()));
  }

  private static Entry inaccessible(String reason, String message) {
    return new Entry(Status.INACCESSIBLE, reason, message);
  }

  /// Status and reason are a key: the first entry of each stays.
  private static List<Entry> unique(List<Entry> entries) {
    var kept = new ArrayList<Entry>();
    for (var entry : entries)
      if (kept.stream()
          .noneMatch(
              other -> other.status() == entry.status() && other.reason().equals(entry.reason())))
        kept.add(entry);
    return kept;
  }
}
