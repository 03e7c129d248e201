package dev.moorage.driver;

import dev.moorage.base.Bytes;
import dev.moorage.csi.CapacityRange;
import dev.moorage.csi.ContentSource;
import dev.moorage.csi.ControllerExpandVolume;
import dev.moorage.csi.CreateVolume;
import dev.moorage.csi.CsiException;
import dev.moorage.csi.CsiException.Code;
import dev.moorage.csi.DeleteVolume;
import dev.moorage.csi.Done;
import dev.moorage.csi.GetCapacity;
import dev.moorage.csi.Topology;
import dev.moorage.csi.ValidateVolumeCapabilities;
import dev.moorage.csi.Volume;
import dev.moorage.csi.VolumeId;
import dev.moorage.driver.VolumeRecord.State;
import dev.moorage.host.HostException;
import java.util.List;
import java.util.Map;

/// Makes, describes, grows and removes volumes: the controller's calls, publishing apart.
final class ControllerSide {
  private final Kit kit;
  private final Records records;

  ControllerSide(Kit kit) {
    this.kit = kit;
    this.records = kit.records();
  }

  Volume create(CreateVolume call) {
    var backend = creating(call.rpc());
    var wish = Wish.checked(call, backend.support(), backend.parameters());
    var id = VolumeIds.of(wish.name());
    return kit.locks().alone(id.text(), call.rpc(), () -> create(backend, id, wish));
  }

  private Volume create(CreatesVolumes backend, VolumeId id, Wish wish) {
    var sizes = backend.sizes(wish.uses().getFirst().fsType());
    var step =
        records
            .volume(id)
            .map(found -> CreateStep.next(found, wish, sizes, here()))
            .orElseGet(() -> CreateStep.next(wish, sizes, here()));
    return switch (step) {
      case CreateStep.SameAgain(var volume) -> answer(volume);
      case CreateStep.Make(var size) -> make(backend, id, wish, size);
      case CreateStep.Conflict(var difference) ->
          throw Refusals.exists("volume " + wish.name() + " exists, but " + difference);
      case CreateStep.StillGoing() ->
          throw new CsiException(
              Code.ABORTED, "volume " + wish.name() + " is still being removed; try again");
      case CreateStep.OutOfReach() ->
          throw Refusals.exhausted(
              "volume "
                  + wish.name()
                  + ": this driver makes volumes at "
                  + here().segments()
                  + " only, asked was "
                  + wish.requisite().stream().map(Topology::segments).toList());
      case CreateStep.NoSuchSize(var minimum) ->
          throw Refusals.outOfRange(
              "volume "
                  + wish.name()
                  + ": no size of at least "
                  + minimum.max(wish.capacity().required())
                  + " and at most limit_bytes "
                  + wish.capacity().limit()
                  + " can be made");
    };
  }

  private Volume make(CreatesVolumes backend, VolumeId id, Wish wish, Bytes size) {
    if (!reserve(id, size)) throw Refusals.exhausted(noRoom(wish.name(), size));
    var volume =
        new VolumeRecord(
            id, wish.name(), size, wish.uses(), wish.parameters(), new State.Creating());
    try {
      // The intent: a crash from here on leaves something that the next start undoes.
      records.put(volume);
      backend.create(volume);
      var ready = volume.in(new State.Ready(List.of()));
      records.put(ready);
      return answer(ready);
    } catch (CsiException | HostException failure) {
      undoAfter(failure, () -> undo(backend, volume));
      throw failure;
    }
  }

  /// Undoes a half-made volume; also after a crash.
  void undo(CreatesVolumes backend, VolumeRecord volume) {
    backend.delete(volume);
    records.forget(volume.id());
    release(volume.id());
  }

  /// The first failure is what the caller hears; what cannot be undone now stays an intent.
  static void undoAfter(RuntimeException failure, Runnable undo) {
    try {
      undo.run();
    } catch (CsiException | HostException second) {
      failure.addSuppressed(second);
    }
  }

  Done delete(DeleteVolume call) {
    var backend = creating(call.rpc());
    Limits.volume(call.volume());
    // An id that cannot be ours is unknown, and never touches the storage.
    if (!VolumeIds.safe(call.volume())) return Done.DONE;
    return kit.locks()
        .alone(call.volume().text(), call.rpc(), () -> delete(backend, call.volume()));
  }

  private Done delete(CreatesVolumes backend, VolumeId id) {
    var found = records.volume(id);
    if (found.isEmpty()) return Done.DONE;
    var volume = found.get();
    refuseIfUsed(volume);
    finishDelete(backend, volume);
    return Done.DONE;
  }

  /// Removes a volume, from wherever an earlier try stopped.
  void finishDelete(CreatesVolumes backend, VolumeRecord volume) {
    // The intent: once anything may be gone the volume must never look usable again.
    if (!(volume.state() instanceof State.Deleting)) records.put(volume.in(new State.Deleting()));
    backend.delete(volume);
    records.forget(volume.id());
    release(volume.id());
  }

  private void refuseIfUsed(VolumeRecord volume) {
    var id = volume.id();
    for (var publication : volume.published())
      throw Refusals.precondition(
          "volume " + id + " is in use: it is published to node " + publication.node());
    var stage = records.stage(id);
    if (stage.isPresent())
      throw Refusals.precondition("volume " + id + " is in use: staged at " + stage.get().path());
    for (var target : records.targets(id))
      throw Refusals.precondition("volume " + id + " is in use: published at " + target.path());
    if (kit.backend() instanceof GivesDevices devices) refuseIfShown(id, devices);
  }

  private void refuseIfShown(VolumeId id, GivesDevices devices) {
    var device = devices.device(id);
    if (device.isPresent())
      throw Refusals.precondition("volume " + id + " is in use: attached as " + device.get());
  }

  ControllerExpandVolume.Answer expand(ControllerExpandVolume call) {
    if (!(kit.backend() instanceof Expands backend)) throw unimplemented(call.rpc());
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
    var target = target(volume, call.capacity());
    if (volume.size().isBelow(target) || volume.state() instanceof State.Growing)
      volume = grow(backend, volume, target.max(volume.space()));
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

  /// Grows a volume, from wherever an earlier try stopped.
  VolumeRecord grow(Expands backend, VolumeRecord volume, Bytes target) {
    // Certainly not running, and no use to try again as it is: the claim may ask for less.
    if (!reserve(volume.id(), target)) throw Refusals.outOfRange(noRoom(volume.name(), target));
    try {
      // The intent: a crash from here on leaves a size that the next start makes true.
      records.put(volume.in(new State.Growing(target, volume.published())));
      backend.expand(volume, target);
      var grown = volume.grown(target);
      records.put(grown);
      return grown;
    } catch (CsiException | HostException failure) {
      undoAfter(failure, () -> stay(volume));
      throw failure;
    }
  }

  private void stay(VolumeRecord volume) {
    records.put(volume.grown(volume.size()));
    reserve(volume.id(), volume.size());
  }

  ValidateVolumeCapabilities.Answer validate(ValidateVolumeCapabilities call) {
    Limits.volume(call.volume());
    if (call.capabilities().isEmpty()) throw Refusals.invalid("volume_capabilities are missing");
    call.capabilities().forEach(Wish::checkComplete);
    var volume = kit.usable(call.volume());
    var refusal = refusal(volume, call);
    if (!refusal.isEmpty())
      return new ValidateVolumeCapabilities.Answer(
          false, Map.of(), List.of(), Map.of(), Map.of(), refusal);
    return new ValidateVolumeCapabilities.Answer(
        true,
        call.volumeContext(),
        call.capabilities(),
        call.parameters(),
        call.mutableParameters(),
        "");
  }

  private String refusal(VolumeRecord volume, ValidateVolumeCapabilities call) {
    var support = kit.backend().support();
    for (var capability : call.capabilities()) {
      var refusal = support.refusal(capability);
      if (!refusal.isEmpty()) return refusal;
      var fsType = support.use(capability).fsType();
      if (!fsType.equals(volume.fsType()))
        return "the volume is for " + volume.fsType() + ", not for " + fsType;
    }
    if (!call.volumeContext().isEmpty() && !volume.context().equals(call.volumeContext()))
      return "the volume has another context";
    if (!call.mutableParameters().isEmpty()) return "mutable_parameters are not supported";
    return refusal(volume, call.parameters());
  }

  private String refusal(VolumeRecord volume, Map<String, String> parameters) {
    if (parameters.isEmpty() || !(kit.backend() instanceof CreatesVolumes backend)) return "";
    try {
      var asked = Wish.parameters(parameters, backend.parameters());
      return asked.equals(volume.parameters()) ? "" : "the volume was made with other parameters";
    } catch (CsiException refused) {
      return String.valueOf(refused.getMessage());
    }
  }

  GetCapacity.Answer capacity(GetCapacity call) {
    if (!(kit.backend() instanceof ReportsCapacity backend)) throw unimplemented(call.rpc());
    if (!(kit.backend() instanceof CreatesVolumes creates) || !fits(call, creates))
      return new GetCapacity.Answer(Bytes.ZERO, Bytes.ZERO, Bytes.ZERO);
    var sizes = creates.sizes(fsType(call));
    var available = SizeRules.down(backend.available(), sizes.block());
    return new GetCapacity.Answer(available, available, sizes.minimum());
  }

  /// Whether the filters leave anything that this driver could make. Wrong parameters leave it all:
  /// what is wrong with them is for CreateVolume to say, on the claim, which must get that far.
  private boolean fits(GetCapacity call, CreatesVolumes backend) {
    var topology = call.topology();
    boolean reachable = here().equals(Topology.NONE) || CreateStep.holds(here(), topology);
    return reachable
        && call.capabilities().stream().allMatch(c -> backend.support().refusal(c).isEmpty());
  }

  private String fsType(GetCapacity call) {
    var support = kit.backend().support();
    return call.capabilities().isEmpty()
        ? support.fsTypes().getFirst()
        : support.use(call.capabilities().getFirst()).fsType();
  }

  private Volume answer(VolumeRecord volume) {
    return new Volume(
        volume.id(),
        volume.size(),
        volume.context(),
        new ContentSource.Empty(),
        here().equals(Topology.NONE) ? List.of() : List.of(here()));
  }

  private CreatesVolumes creating(String rpc) {
    if (kit.backend() instanceof CreatesVolumes backend) return backend;
    throw unimplemented(rpc);
  }

  private SizeRules sizes(VolumeRecord volume) {
    if (kit.backend() instanceof CreatesVolumes backend) return backend.sizes(volume.fsType());
    return SizeRules.ANY;
  }

  private Topology here() {
    return kit.backend() instanceof ReportsTopology backend ? backend.here() : Topology.NONE;
  }

  private boolean reserve(VolumeId id, Bytes size) {
    return !(kit.backend() instanceof ReportsCapacity backend) || backend.reserve(id, size);
  }

  private void release(VolumeId id) {
    if (kit.backend() instanceof ReportsCapacity backend) backend.release(id);
  }

  private String noRoom(String name, Bytes size) {
    var free = kit.backend() instanceof ReportsCapacity backend ? backend.available() : Bytes.ZERO;
    return "volume " + name + " needs " + size + "; free for volumes: " + free;
  }

  private static CsiException unimplemented(String rpc) {
    return Refusals.unimplemented(rpc + " is not something this driver can do");
  }
}
