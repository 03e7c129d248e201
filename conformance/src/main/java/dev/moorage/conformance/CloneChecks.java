package dev.moorage.conformance;

import static dev.moorage.csi.ControllerGetCapabilities.Capability.CLONE_VOLUME;
import static dev.moorage.csi.ControllerGetCapabilities.Capability.CREATE_DELETE_VOLUME;
import static dev.moorage.csi.CsiException.Code.FAILED_PRECONDITION;
import static dev.moorage.csi.CsiException.Code.INVALID_ARGUMENT;
import static dev.moorage.csi.CsiException.Code.NOT_FOUND;

import dev.moorage.csi.ContentSource;
import dev.moorage.csi.VolumeId;
import java.util.List;

/// Volumes made from volumes.
final class CloneChecks {
  private CloneChecks() {}

  static List<Check> all() {
    return new Topic(
            "clone",
            "CSI specification, CreateVolume, volume_content_source",
            Need.central(CLONE_VOLUME),
            Need.central(CREATE_DELETE_VOLUME))
        .add(
            "unknown",
            "An unknown volume is refused with NOT_FOUND; so is a deleted one.",
            b -> {
              b.refused(b.volume("a").from(new VolumeId(b.name("none"))).call(), NOT_FOUND);
              var disk = b.disk("source");
              disk.delete();
              b.refused(b.volume("a").from(disk.id()).call(), NOT_FOUND);
            })
        .add(
            "no-id",
            "A source without an id is refused.",
            b ->
                b.refused(b.volume("a").from(new VolumeId("")).call(), INVALID_ARGUMENT, NOT_FOUND))
        .add(
            "source-told",
            "A clone says what it was made from.",
            b -> {
              var source = b.disk("source");
              var clone = b.disk(b.volume("a").from(source.id())).volume();
              b.same(new ContentSource.Volume(source.id()), clone.source(), "the source");
              b.must(!clone.id().equals(source.id()), "an id of its own", clone.id());
            })
        .add(
            "smaller",
            "A clone smaller than its source is refused with OUT_OF_RANGE.",
            b -> Copies.smaller(b, new ContentSource.Volume(b.disk("source").id())))
        .both(
            "content",
            "A clone holds what its source holds, and both can be used on one node.",
            (b, form) -> {
              var source = Copies.written(b, form, "mine").up();
              Copies.holds(b, form, new ContentSource.Volume(source.id()), "mine");
              source.mustHold("mine", "the source");
            },
            new Need.Node())
        .both(
            "apart",
            "What is written to one is not in the other.",
            (b, form) -> {
              var source = Copies.written(b, form, "mine");
              var clone = Copies.holds(b, form, new ContentSource.Volume(source.id()), "mine");
              clone.write("the clone's");
              source.up().mustHold("mine", "the source");
              source.write("the source's");
              clone.mustHold("the clone's", "the clone");
            },
            new Need.Node())
        .both(
            "larger",
            "A clone larger than its source is refused with OUT_OF_RANGE, or shows the larger size.",
            (b, form) -> {
              var source = Copies.written(b, form, "mine");
              Copies.larger(b, form, new ContentSource.Volume(source.id()), "mine");
            },
            new Need.Node())
        .both(
            "without-its-source",
            "A clone lives on without its source, or the deletion is refused with"
                + " FAILED_PRECONDITION.",
            (b, form) -> {
              var source = Copies.written(b, form, "mine");
              var clone = Copies.holds(b, form, new ContentSource.Volume(source.id()), "mine");
              b.okOr(source.deleteCall(), FAILED_PRECONDITION);
              clone.down().up().mustHold("mine", "the clone");
            },
            new Need.Node())
        .both(
            "of-a-clone",
            "A clone can be cloned.",
            (b, form) -> {
              var source = Copies.written(b, form, "mine");
              var clone = Copies.holds(b, form, new ContentSource.Volume(source.id()), "mine");
              clone.down();
              b.disk(b.volume("second", form).from(clone.id())).up().mustHold("mine", "it");
            },
            new Need.Node())
        .list();
  }
}
