package dev.moorage.driver;

import dev.moorage.base.Bytes;
import dev.moorage.csi.CapacityRange;
import dev.moorage.csi.ControllerExpandVolume;
import dev.moorage.csi.CsiException;
import dev.moorage.driver.VolumeRecord.State;
import dev.moorage.host.HostException;

/// Makes volumes larger.
final class Growth {
  private final Kit kit;
  private final Records records;
  private final Space space;

  Growth(Kit kit) {
    this.kit = kit;
    this.records = kit.records();
    this.space = new Space(kit);
  }

  ControllerExpandVolume.Answer expand(ControllerExpandVolume call) {
    if (!(kit.backend() instanceof Expands backend)) throw Refusals.cannot(call.rpc());
    Limits.volume(call.volume());
    if (call.capacity().equals(CapacityRange.ANY))
      throw Refusals.invalid("capacity_range is missing");
    return kit.locks().alone(call.volume().text(), call.rpc(), () -> expand(backend, call));
  }

  private ControllerExpandVolume.Answer expand(Expands backend, ControllerExpandVolume call) {
    var volume = kit.usable(call.volume());
    if (!call.capability().missing()) {
      var refusal = backend.support().refusal(call.capability());
      if (!refusal.isEmpty()) throw Refusals.invalid("volume " + volume.id() + ": " + refusal);
    }
    Wish.checkRange(call.capacity());
    var target = target(volume, call.capacity());
    if (volume.size().isBelow(target) || volume.state() instanceof State.Growing)
      volume = grow(backend, new Unfinished(kit).modified(volume), target.max(volume.space()));
    return new ControllerExpandVolume.Answer(volume.size(), kit.backend() instanceof GivesDevices);
  }

  private Bytes target(VolumeRecord volume, CapacityRange range) {
    var size = volume.size();
    if (!size.isBelow(range.required())) {
      if (range.holds(size)) return size;
      throw Refusals.outOfRange(
          "volume " + volume.id() + " has " + size + " already; volumes never shrink");
    }
    return sizes(volume)
        .choose(range)
        .orElseThrow(() ->
            Refusals.outOfRange(
                "volume "
                    + volume.id()
                    + ": no size from "
                    + range.required()
                    + " to "
                    + range.limit()
                    + " can be made"));
  }

  private SizeRules sizes(VolumeRecord volume) {
    if (kit.backend() instanceof CreatesVolumes backend) return backend.sizes(volume.fsType());
    return SizeRules.ANY;
  }

  /// Grows a volume, from wherever an earlier try stopped.
  VolumeRecord grow(Expands backend, VolumeRecord volume, Bytes target) {
    // Certainly not running, and no use to try again as it is: the claim may ask for less.
    if (!space.reserve(volume, target))
      throw Refusals.outOfRange(space.noRoom("volume " + volume.name(), target));
    try {
      // The intent: a crash from here on leaves a size that the next start makes true.
      records.put(volume.in(new State.Growing(target, volume.published())));
      backend.expand(volume, target);
      var grown = volume.grown(target);
      records.put(grown);
      return grown;
    } catch (CsiException | HostException failure) {
      ControllerSide.undoAfter(failure, () -> stay(volume));
      throw failure;
    }
  }

  private void stay(VolumeRecord volume) {
    records.put(volume.grown(volume.size()));
    space.reserve(volume, volume.size());
  }
}
