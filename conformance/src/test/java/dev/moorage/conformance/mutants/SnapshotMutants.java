package dev.moorage.conformance.mutants;

import dev.moorage.base.Bytes;
import dev.moorage.csi.CapacityRange;
import dev.moorage.csi.ContentSource;
import dev.moorage.csi.CreateSnapshot;
import dev.moorage.csi.CreateVolume;
import dev.moorage.csi.Csi;
import dev.moorage.csi.CsiException.Code;
import dev.moorage.csi.DeleteSnapshot;
import dev.moorage.csi.DeleteVolume;
import dev.moorage.csi.Done;
import dev.moorage.csi.GetSnapshot;
import dev.moorage.csi.ListSnapshots;
import dev.moorage.csi.ListSnapshots.Answer;
import dev.moorage.csi.Secrets;
import dev.moorage.csi.Snapshot;
import dev.moorage.csi.SnapshotId;
import dev.moorage.csi.Volume;
import dev.moorage.csi.VolumeId;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Stream;

/// Drivers that cut, list and restore snapshots wrongly.
final class SnapshotMutants {
  private static final VolumeId ANY_SOURCE = new VolumeId("");

  private SnapshotMutants() {}

  static List<Mutant> all() {
    return Stream.of(cutting(), deleting(), listing(), restoring()).flatMap(List::stream).toList();
  }

  private static List<Mutant> cutting() {
    return List.of(
        new Mutant(
            "snapshot-time-moves",
            "CreateSnapshot answers another time of creation at each call of the same name.",
            "TopoLVM, csi-driver-nfs",
            numbered((snapshot, number) ->
                Alter.created(snapshot, snapshot.created().plusSeconds(number)))),
        new Mutant(
            "snapshot-new-each-time",
            "CreateSnapshot cuts another snapshot at each call of the same name.",
            "random ids without a look-up by name",
            world -> {
              var calls = new Counter();
              return new Bent(world)
                  .at(
                      CreateSnapshot.class,
                      (call, down) ->
                          down.call(Alter.name(call, calls.next() + "-" + call.name())));
            }),
        new Mutant(
            "snapshot-other-source-ok",
            "CreateSnapshot of a name that another volume's snapshot has answers that one.",
            "drivers that look up by name only",
            world -> {
              var sources = new Memory<String, VolumeId>();
              return new Bent(world)
                  .at(
                      CreateSnapshot.class,
                      (call, down) ->
                          down.call(Alter.source(call, sources.first(call.name(), call.source()))));
            }),
        new Mutant(
            "snapshot-one-per-volume",
            "CreateSnapshot answers a volume's first snapshot for every further name.",
            "ids made from the source's id alone",
            world -> {
              var names = new Memory<VolumeId, String>();
              return new Bent(world)
                  .at(
                      CreateSnapshot.class,
                      (call, down) ->
                          down.call(Alter.name(call, names.first(call.source(), call.name()))));
            }),
        new Mutant(
            "snapshot-never-ready",
            "A snapshot never becomes ready to use.",
            "uploads that failed and are not reported",
            SnapshotMutants::neverReady),
        new Mutant(
            "snapshot-unknown-source-code",
            "CreateSnapshot of an unknown volume answers INTERNAL.",
            "drivers that pass their backend's error on",
            Bent.recoding(CreateSnapshot.class, Code.NOT_FOUND, Code.INTERNAL)),
        new Mutant(
            "snapshot-no-name-ok",
            "CreateSnapshot makes up a name where none is given.",
            "rule: the name is required",
            Bent.asking(
                CreateSnapshot.class,
                call -> call.name().isEmpty() ? Alter.name(call, "unnamed") : call)),
        new Mutant(
            "snapshot-source-wrong",
            "CreateSnapshot does not answer which volume was cut.",
            "drivers that set it on a copy",
            Bent.answering(
                CreateSnapshot.class,
                snapshot ->
                    new Snapshot(
                        snapshot.id(),
                        new VolumeId("unknown"),
                        snapshot.size(),
                        snapshot.created(),
                        snapshot.ready(),
                        snapshot.group(),
                        snapshot.accessible()))));
  }

  private static Csi neverReady(World world) {
    return new Bent(world)
        .at(CreateSnapshot.class, (call, down) -> Alter.unready(down.call(call)))
        .at(GetSnapshot.class, (call, down) -> Alter.unready(down.call(call)))
        .at(
            ListSnapshots.class,
            (call, down) -> {
              var page = down.call(call);
              return new Answer(
                  page.snapshots().stream().map(Alter::unready).toList(), page.nextToken());
            });
  }

  private static Function<World, Csi> numbered(BiFunction<Snapshot, Integer, Snapshot> change) {
    return world -> {
      var calls = new Counter();
      return new Bent(world)
          .at(CreateSnapshot.class, (call, down) -> change.apply(down.call(call), calls.next()));
    };
  }

  private static List<Mutant> deleting() {
    return List.of(
        new Mutant(
            "snapshot-delete-twice-fails",
            "A second DeleteSnapshot answers NOT_FOUND.",
            "rule: a snapshot that is gone is deleted",
            world -> {
              var gone = new Memory<SnapshotId, Boolean>();
              return new Bent(world)
                  .at(
                      DeleteSnapshot.class,
                      (call, down) -> {
                        if (gone.has(call.snapshot())) throw Bent.refusal(Code.NOT_FOUND, call);
                        var done = down.call(call);
                        gone.put(call.snapshot(), true);
                        return done;
                      });
            }),
        new Mutant(
            "snapshot-delete-does-nothing",
            "DeleteSnapshot answers OK and deletes nothing.",
            "drivers that swallow their backend's error",
            Bent.on(
                DeleteSnapshot.class,
                (call, down) -> call.snapshot().text().isEmpty() ? down.call(call) : Done.DONE)),
        new Mutant(
            "snapshot-dies-with-volume",
            "DeleteVolume deletes the volume's snapshots too.",
            "snapshots that lie in the volume's folder",
            Bent.on(
                DeleteVolume.class,
                (call, down) -> {
                  if (!call.volume().text().isEmpty())
                    for (var snapshot : of(call.volume(), down))
                      down.call(new DeleteSnapshot(snapshot.id(), Secrets.NONE));
                  return down.call(call);
                })));
  }

  private static List<Snapshot> of(VolumeId source, Down down) {
    var all = new ListSnapshots(0, "", source, new SnapshotId(""), Secrets.NONE);
    return down.call(all).snapshots();
  }

  private static Mutant list(
      String id, String what, String source, Bent.Way<ListSnapshots, Answer> way) {
    return new Mutant("snapshot-list-" + id, what, source, Bent.on(ListSnapshots.class, way));
  }

  private static List<Mutant> listing() {
    return List.of(
        list(
            "one-by-source",
            "ListSnapshots of a volume answers one snapshot although there are several.",
            "csi-driver-host-path",
            (call, down) -> {
              var page = down.call(call);
              return call.source().equals(ANY_SOURCE)
                  ? page
                  : new Answer(page.snapshots().stream().limit(1).toList(), "");
            }),
        list(
            "source-ignored",
            "ListSnapshots of a volume answers the snapshots of all volumes.",
            "drivers without that filter",
            (call, down) ->
                down.call(
                    new ListSnapshots(
                        call.maxEntries(),
                        call.startingToken(),
                        ANY_SOURCE,
                        call.snapshot(),
                        call.secrets()))),
        list(
            "unknown-fails",
            "ListSnapshots of an unknown snapshot answers NOT_FOUND.",
            "rule: an empty list",
            (call, down) -> {
              var page = down.call(call);
              if (!call.snapshot().text().isEmpty() && page.snapshots().isEmpty())
                throw Bent.refusal(Code.NOT_FOUND, call);
              return page;
            }),
        list(
            "max-ignored",
            "ListSnapshots answers everything whatever the page size.",
            "drivers with one call to their backend",
            (call, down) ->
                down.call(
                    new ListSnapshots(
                        Math.min(0, call.maxEntries()),
                        call.startingToken(),
                        call.source(),
                        call.snapshot(),
                        call.secrets()))),
        new Mutant(
            "snapshot-list-bad-token-code",
            "ListSnapshots refuses a bad token with INVALID_ARGUMENT.",
            "rule: ABORTED",
            Bent.recoding(ListSnapshots.class, Code.ABORTED, Code.INVALID_ARGUMENT)),
        list(
            "time-moves",
            "ListSnapshots answers another time of creation than CreateSnapshot.",
            "times of the file, which change when it is read",
            (call, down) -> {
              var page = down.call(call);
              return new Answer(
                  page.snapshots().stream()
                      .map(one -> Alter.created(one, one.created().plusSeconds(7)))
                      .toList(),
                  page.nextToken());
            }),
        new Mutant(
            "snapshot-get-code",
            "GetSnapshot of an unknown snapshot answers INTERNAL.",
            "rule: NOT_FOUND",
            Bent.recoding(GetSnapshot.class, Code.NOT_FOUND, Code.INTERNAL)));
  }

  private static List<Mutant> restoring() {
    return List.of(
        new Mutant(
            "snapshot-restore-smaller-ok",
            "CreateVolume accepts a size below the snapshot's.",
            "drivers that copy files until the disk is full",
            Bent.forgiving(CreateVolume.class, Code.OUT_OF_RANGE, SnapshotMutants::smaller)),
        new Mutant(
            "snapshot-restore-code",
            "CreateVolume refuses a size below the snapshot's with INVALID_ARGUMENT.",
            "rule: OUT_OF_RANGE",
            Bent.on(
                CreateVolume.class,
                (call, down) ->
                    call.source() instanceof ContentSource.Snapshot
                        ? Bent.forgiven(
                            call,
                            down,
                            Code.OUT_OF_RANGE,
                            (_, _) -> {
                              throw Bent.refusal(Code.INVALID_ARGUMENT, call);
                            })
                        : down.call(call))),
        new Mutant(
            "snapshot-restore-present",
            "CreateVolume from a snapshot takes the source's present state, not that of the cut.",
            "snapshots that are links to the volume",
            SnapshotMutants::present),
        new Mutant(
            "snapshot-restore-not-grown",
            "A volume restored into a larger size keeps the snapshot's size.",
            "drivers that wait for NodeExpandVolume, which never comes",
            SnapshotMutants::notGrown),
        new Mutant(
            "snapshot-restore-empty",
            "A restored volume is empty when it is first mounted.",
            "drivers that format what they restored",
            world -> Restored.spoiling(world, Restored::emptied)),
        new Mutant(
            "snapshot-restore-stale-byte",
            "A restored volume has one byte of its files wrong.",
            "copies that are not synced",
            world -> Restored.spoiling(world, Restored::changed)));
  }

  private static Csi notGrown(World world) {
    var sizes = new Memory<SnapshotId, Bytes>();
    return new Bent(world)
        .at(
            CreateSnapshot.class,
            (call, down) -> {
              var cut = down.call(call);
              sizes.put(cut.id(), cut.size());
              return cut;
            })
        .at(
            CreateVolume.class,
            (call, down) -> {
              if (!(call.source() instanceof ContentSource.Snapshot(var snapshot)))
                return down.call(call);
              var wanted = call.capacity().required();
              var size = sizes.get(snapshot).filter(wanted::isAbove);
              if (size.isEmpty()) return down.call(call);
              var kept = new CapacityRange(size.get(), size.get());
              return Alter.capacity(down.call(Alter.capacity(call, kept)), wanted);
            });
  }

  private static Volume smaller(CreateVolume call, Down down) {
    if (call.source() instanceof ContentSource.Empty) throw Bent.refusal(Code.OUT_OF_RANGE, call);
    var fitting = Alter.capacity(call, CapacityRange.ANY);
    var least = call.capacity().required().max(new Bytes(1));
    return Alter.capacity(down.call(fitting), least);
  }

  private static Csi present(World world) {
    var sources = new Memory<SnapshotId, VolumeId>();
    return new Bent(world)
        .at(
            CreateSnapshot.class,
            (call, down) -> {
              var cut = down.call(call);
              sources.put(cut.id(), call.source());
              return cut;
            })
        .at(
            CreateVolume.class,
            (call, down) -> {
              if (!(call.source() instanceof ContentSource.Snapshot(var snapshot)))
                return down.call(call);
              var source = sources.get(snapshot);
              if (source.isEmpty()) return down.call(call);
              var clone = Alter.source(call, new ContentSource.Volume(source.get()));
              return Alter.source(down.call(clone), call.source());
            });
  }
}
