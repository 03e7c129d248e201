package dev.moorage.driver;

import dev.moorage.base.Bytes;
import dev.moorage.csi.ContentSource;
import dev.moorage.csi.CreateVolume;
import dev.moorage.csi.CsiException;
import dev.moorage.csi.CsiException.Code;
import dev.moorage.csi.DeleteVolume;
import dev.moorage.csi.Done;
import dev.moorage.csi.Topology;
import dev.moorage.csi.Volume;
import dev.moorage.csi.VolumeId;
import dev.moorage.driver.CreateStep.Given;
import dev.moorage.driver.CreateStep.Origin;
import dev.moorage.driver.KeyLocks.Hold;
import dev.moorage.driver.VolumeRecord.State;
import dev.moorage.host.HostException;
import java.util.List;

/// Makes volumes, empty ones, from snapshots and from other volumes, and removes them.
final class Volumes {
  private final Kit kit;
  private final Records records;
  private final Space space;
  private final Answers answers;

  Volumes(Kit kit) {
    this.kit = kit;
    this.records = kit.records();
    this.space = new Space(kit);
    this.answers = new Answers(kit);
  }

  Volume create(CreateVolume call) {
    var backend = creating(call.rpc());
    var wish = Wish.checked(call, Offer.of(backend));
    var id = VolumeIds.of(wish.name());
    return kit.locks().all(holds(id, call.source()), call.rpc(), () -> create(backend, id, wish));
  }

  /// What a volume is made from stays while it is.
  private static List<Hold> holds(VolumeId id, ContentSource source) {
    var whole = Hold.whole(id.text());
    return switch (source) {
      case ContentSource.Empty() -> List.of(whole);
      case ContentSource.Snapshot(var snapshot) -> List.of(whole, Hold.reading(snapshot.text()));
      case ContentSource.Volume(var volume) -> List.of(whole, Hold.content(volume.text()));
    };
  }

  private Volume create(CreatesVolumes backend, VolumeId id, Wish wish) {
    var given = new Given(backend.sizes(wish.fsType()), kit.here(), origin(wish.asked().source()));
    var step =
        records
            .volume(id)
            .map(found -> CreateStep.next(found, wish, given))
            .orElseGet(() -> CreateStep.next(wish, given));
    return switch (step) {
      case CreateStep.SameAgain(var volume) -> answers.volume(volume);
      case CreateStep.Make(var size) -> make(backend, id, wish, size);
      case CreateStep.Conflict(var difference) ->
          throw Refusals.exists("volume " + wish.name() + " exists, but " + difference);
      case CreateStep.StillGoing() ->
          throw new CsiException(
              Code.ABORTED, "volume " + wish.name() + " is still being removed; try again");
      case CreateStep.NoSource(var source) ->
          throw Refusals.notFound("volume " + wish.name() + ": there is no " + source);
      case CreateStep.WrongSource(var difference) ->
          throw Refusals.invalid("volume " + wish.name() + ": " + difference);
      case CreateStep.OutOfReach() -> throw Refusals.exhausted(outOfReach(wish));
      case CreateStep.NoSuchSize(var minimum) ->
          throw Refusals.outOfRange(noSuchSize(wish, minimum));
      case CreateStep.TooSmall(var source) ->
          throw Refusals.outOfRange(
              "volume " + wish.name() + ": its source has " + source + ", more than was asked for");
    };
  }

  private Origin origin(ContentSource source) {
    return switch (source) {
      case ContentSource.Empty() -> new Origin.Nothing();
      case ContentSource.Snapshot(var id) ->
          kit.snapshot(id)
              .<Origin>map(found -> new Origin.There(found.size(), found.source().fsType()))
              .orElseGet(() -> new Origin.Missing("snapshot " + id));
      case ContentSource.Volume(var id) ->
          kit.volume(id)
              .<Origin>map(found -> new Origin.There(found.space(), found.fsType()))
              .orElseGet(() -> new Origin.Missing("volume " + id));
    };
  }

  private String outOfReach(Wish wish) {
    return "volume "
        + wish.name()
        + ": this driver makes volumes at "
        + kit.here().segments()
        + " only, asked was "
        + wish.requisite().stream().map(Topology::segments).toList();
  }

  private static String noSuchSize(Wish wish, Bytes minimum) {
    return "volume "
        + wish.name()
        + ": no size of at least "
        + minimum.max(wish.capacity().required())
        + " and at most limit_bytes "
        + wish.capacity().limit()
        + " can be made";
  }

  private Volume make(CreatesVolumes backend, VolumeId id, Wish wish, Bytes size) {
    var volume = new VolumeRecord(id, wish.name(), size, wish.asked(), new State.Creating());
    if (!space.reserve(volume, size))
      throw Refusals.exhausted(space.noRoom("volume " + wish.name(), size));
    try {
      // The intent: a crash from here on leaves something that the next start undoes.
      records.put(volume);
      fill(backend, volume);
      var ready = volume.in(new State.Ready(List.of()));
      records.put(ready);
      return answers.volume(ready);
    } catch (CsiException | HostException failure) {
      ControllerSide.undoAfter(failure, () -> undo(backend, volume));
      throw failure;
    }
  }

  private void fill(CreatesVolumes backend, VolumeRecord volume) {
    switch (volume.source()) {
      case ContentSource.Snapshot(var source) when backend instanceof Snapshots snapshots ->
          snapshots.restore(volume, kit.usable(source));
      case ContentSource.Volume(var source) when backend instanceof Clones clones ->
          copy(clones, volume, kit.usable(source));
      case ContentSource.Empty _, ContentSource.Snapshot _, ContentSource.Volume _ ->
          backend.create(volume);
    }
  }

  private void copy(Clones backend, VolumeRecord volume, VolumeRecord source) {
    new Freezer(kit).holding(List.of(source), () -> backend.copy(volume, source));
    backend.finishCopy(volume);
  }

  /// Undoes a half-made volume; also after a crash.
  void undo(CreatesVolumes backend, VolumeRecord volume) {
    backend.delete(volume);
    forget(volume);
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
    refuseIfUsed(found.get());
    finishDelete(backend, found.get());
    return Done.DONE;
  }

  /// Removes a volume, from wherever an earlier try stopped. Snapshots of it live on.
  void finishDelete(CreatesVolumes backend, VolumeRecord volume) {
    // The intent: once anything may be gone the volume must never look usable again.
    if (!(volume.state() instanceof State.Deleting)) records.put(volume.in(new State.Deleting()));
    try {
      backend.delete(volume);
    } catch (CsiException refused) {
      if (Refusals.leftAsItWas(refused)) records.put(volume);
      throw refused;
    }
    forget(volume);
  }

  private void forget(VolumeRecord volume) {
    records.forget(volume.id());
    space.release(volume.id());
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

  /// A device stays only while somebody has the volume. A folder says nothing: a backend may show
  /// all of its folders always.
  private static void refuseIfShown(VolumeId id, GivesDevices devices) {
    var device = devices.device(id);
    if (device.isPresent())
      throw Refusals.precondition("volume " + id + " is in use: attached as " + device.get());
  }

  private CreatesVolumes creating(String rpc) {
    if (kit.backend() instanceof CreatesVolumes backend) return backend;
    throw Refusals.cannot(rpc);
  }
}
