package dev.moorage.driver;

import dev.moorage.base.Bytes;
import dev.moorage.csi.GetCapacity;
import dev.moorage.csi.SnapshotId;
import dev.moorage.csi.Topology;
import dev.moorage.csi.VolumeId;

/// The space account of a backend that keeps one; of any other one everything has room.
record Space(Kit kit) {

  /// Sets space aside for a volume of this size, in place of what it had.
  ///
  /// @return false, with nothing changed, when there is not enough
  boolean reserve(VolumeRecord volume, Bytes size) {
    return !(kit.backend() instanceof ReportsCapacity backend)
        || backend.reserve(volume.id().text(), backend.space(volume, size));
  }

  boolean reserve(SnapshotRecord snapshot) {
    return !(kit.backend() instanceof ReportsCapacity backend)
        || backend.reserve(snapshot.id().text(), backend.space(snapshot));
  }

  void release(VolumeId id) {
    if (kit.backend() instanceof ReportsCapacity backend) backend.release(id.text());
  }

  void release(SnapshotId id) {
    if (kit.backend() instanceof ReportsCapacity backend) backend.release(id.text());
  }

  String noRoom(String what, Bytes size) {
    var free = kit.backend() instanceof ReportsCapacity backend ? backend.available() : Bytes.ZERO;
    return what + " needs " + size + "; free for volumes: " + free;
  }

  GetCapacity.Answer answer(GetCapacity call) {
    if (!(kit.backend() instanceof ReportsCapacity backend)) throw Refusals.cannot(call.rpc());
    if (!(kit.backend() instanceof CreatesVolumes creates) || !fits(call, creates))
      return new GetCapacity.Answer(Bytes.ZERO, Bytes.ZERO, Bytes.ZERO);
    var sizes = creates.sizes(fsType(call));
    var available = SizeRules.down(backend.available(), sizes.block());
    return new GetCapacity.Answer(available, available, sizes.minimum());
  }

  /// Whether the filters leave anything that this driver could make. Wrong parameters leave it all:
  /// what is wrong with them is for CreateVolume to say, on the claim, which must get that far.
  private boolean fits(GetCapacity call, CreatesVolumes backend) {
    var here = kit.here();
    boolean reachable = here.equals(Topology.NONE) || CreateStep.holds(here, call.topology());
    return reachable
        && call.capabilities().stream().allMatch(c -> backend.support().refusal(c).isEmpty());
  }

  private String fsType(GetCapacity call) {
    var support = kit.backend().support();
    return call.capabilities().isEmpty()
        ? support.fsTypes().getFirst()
        : support.use(call.capabilities().getFirst()).fsType();
  }
}
