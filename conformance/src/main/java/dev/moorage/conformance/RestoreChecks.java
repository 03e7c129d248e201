package dev.moorage.conformance;

import static dev.moorage.csi.ControllerGetCapabilities.Capability.CREATE_DELETE_SNAPSHOT;
import static dev.moorage.csi.ControllerGetCapabilities.Capability.CREATE_DELETE_VOLUME;
import static dev.moorage.csi.CsiException.Code.FAILED_PRECONDITION;
import static dev.moorage.csi.CsiException.Code.INVALID_ARGUMENT;
import static dev.moorage.csi.CsiException.Code.NOT_FOUND;

import dev.moorage.csi.ContentSource;
import dev.moorage.csi.SnapshotId;
import java.util.List;

/// Volumes made from snapshots.
final class RestoreChecks {
  private RestoreChecks() {}

  static List<Check> all() {
    return new Topic(
            "restore",
            "CSI specification, CreateVolume, volume_content_source",
            Need.central(CREATE_DELETE_SNAPSHOT),
            Need.central(CREATE_DELETE_VOLUME))
        .add(
            "unknown",
            "An unknown snapshot is refused with NOT_FOUND.",
            b -> b.refused(b.volume("a").from(new SnapshotId(b.name("none"))).call(), NOT_FOUND))
        .add(
            "no-id",
            "A snapshot without an id is refused.",
            b ->
                b.refused(
                    b.volume("a").from(new SnapshotId("")).call(), INVALID_ARGUMENT, NOT_FOUND))
        .add(
            "deleted",
            "A deleted snapshot is refused with NOT_FOUND.",
            b -> {
              var snapshot = SnapshotChecks.ready(b, b.disk("source"), "s");
              b.ok(SnapshotChecks.delete(b, snapshot.id().text()));
              b.refused(b.volume("a").from(snapshot.id()).call(), NOT_FOUND);
            })
        .add(
            "path-as-id",
            "An id that is a path is no snapshot.",
            b -> {
              var sentinel = b.paths().sentinel("s");
              for (var id :
                  List.of(sentinel, "../".repeat(12) + sentinel.substring(1) + "/keep.txt"))
                b.refused(
                    b.volume("a").from(new SnapshotId(id)).call(), NOT_FOUND, INVALID_ARGUMENT);
            })
        .add(
            "source-told",
            "A restored volume says what it was made from.",
            b -> {
              var snapshot = SnapshotChecks.ready(b, b.disk("source"), "s");
              var restored = b.disk(b.volume("a").from(snapshot.id())).volume();
              b.same(new ContentSource.Snapshot(snapshot.id()), restored.source(), "the source");
            })
        .add(
            "smaller",
            "A restored volume smaller than its snapshot is refused with OUT_OF_RANGE.",
            b -> {
              var snapshot = SnapshotChecks.ready(b, b.disk("source"), "s");
              Copies.smaller(b, new ContentSource.Snapshot(snapshot.id()));
            })
        .both(
            "content",
            "A restored volume holds what the source held when the snapshot was cut, and nothing"
                + " later.",
            (b, form) -> {
              var source = b.disk("source", form).up();
              source.write("then");
              var snapshot = SnapshotChecks.ready(b, source, "s");
              source.write("later");
              Copies.holds(b, form, new ContentSource.Snapshot(snapshot.id()), "then");
              source.mustHold("later", "the source");
            },
            new Need.Node())
        .both(
            "apart",
            "What is written to a restored volume is neither in the source nor in the snapshot.",
            (b, form) -> {
              var source = Copies.written(b, form, "then");
              var from = new ContentSource.Snapshot(SnapshotChecks.ready(b, source, "s").id());
              Copies.holds(b, form, from, "then").write("mine");
              source.up().mustHold("then", "the source");
              b.disk(b.volume("second", form).from(from)).up().mustHold("then", "a second one");
            },
            new Need.Node())
        .both(
            "larger",
            "A restored volume larger than its snapshot is refused with OUT_OF_RANGE, or shows the"
                + " larger size.",
            (b, form) -> {
              var source = Copies.written(b, form, "then");
              var from = new ContentSource.Snapshot(SnapshotChecks.ready(b, source, "s").id());
              Copies.larger(b, form, from, "then");
            },
            new Need.Node())
        .both(
            "without-its-snapshot",
            "A restored volume lives on without its snapshot, or the deletion is refused with"
                + " FAILED_PRECONDITION.",
            (b, form) -> {
              var source = Copies.written(b, form, "then");
              var snapshot = SnapshotChecks.ready(b, source, "s");
              var restored =
                  Copies.holds(b, form, new ContentSource.Snapshot(snapshot.id()), "then");
              b.okOr(SnapshotChecks.delete(b, snapshot.id().text()), FAILED_PRECONDITION);
              b.okOr(source.deleteCall(), FAILED_PRECONDITION);
              restored.down().up().mustHold("then", "the restored volume");
            },
            new Need.Node())
        .both(
            "of-a-restored",
            "A snapshot of a restored volume can be restored.",
            (b, form) -> {
              var source = Copies.written(b, form, "then");
              var first = SnapshotChecks.ready(b, source, "s");
              var restored = Copies.holds(b, form, new ContentSource.Snapshot(first.id()), "then");
              restored.write("second");
              var second = SnapshotChecks.ready(b, restored.down(), "t");
              b.disk(b.volume("third", form).from(second.id())).up().mustHold("second", "it");
            },
            new Need.Node())
        .list();
  }
}
