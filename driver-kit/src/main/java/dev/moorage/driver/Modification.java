package dev.moorage.driver;

import dev.moorage.csi.ControllerModifyVolume;
import dev.moorage.csi.CsiException;
import dev.moorage.csi.Done;
import dev.moorage.driver.VolumeRecord.State;
import dev.moorage.host.HostException;
import java.util.Map;
import java.util.TreeMap;

/// Changes what can be changed of volumes that are there.
final class Modification {
  private final Kit kit;
  private final Records records;

  Modification(Kit kit) {
    this.kit = kit;
    this.records = kit.records();
  }

  Done modify(ControllerModifyVolume call) {
    if (!(kit.backend() instanceof ModifiesVolumes backend)) throw Refusals.cannot(call.rpc());
    Limits.volume(call.volume());
    Limits.map("mutable_parameters", call.mutableParameters());
    return kit.locks().alone(call.volume().text(), call.rpc(), () -> modify(backend, call));
  }

  private Done modify(ModifiesVolumes backend, ControllerModifyVolume call) {
    var volume = kit.usable(call.volume());
    if (call.mutableParameters().isEmpty())
      throw Refusals.invalid("mutable_parameters are missing");
    var next = changed(volume, Wish.mutable(call.mutableParameters(), backend.mutableParameters()));
    if (!next.equals(volume.mutable()) || volume.state() instanceof State.Modifying)
      change(backend, new Unfinished(kit).grown(volume), next);
    return Done.DONE;
  }

  /// What is not named stays as it is.
  private static Map<String, String> changed(VolumeRecord volume, Map<String, String> asked) {
    var next = new TreeMap<>(volume.mutable());
    next.putAll(asked);
    return next;
  }

  private void change(ModifiesVolumes backend, VolumeRecord volume, Map<String, String> next) {
    try {
      finish(backend, volume.with(next));
    } catch (CsiException | HostException failure) {
      ControllerSide.undoAfter(failure, () -> finish(backend, volume));
      throw failure;
    }
  }

  /// Lets a volume be what its record says, from wherever an earlier try stopped.
  VolumeRecord finish(ModifiesVolumes backend, VolumeRecord volume) {
    // The intent: a crash from here on leaves values that the next start makes true.
    records.put(volume.in(new State.Modifying(volume.published())));
    backend.modify(volume);
    var modified = volume.in(new State.Ready(volume.published()));
    records.put(modified);
    return modified;
  }
}
