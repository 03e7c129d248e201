package dev.moorage.conformance;

import static dev.moorage.csi.ControllerGetCapabilities.Capability.CREATE_DELETE_VOLUME;
import static dev.moorage.csi.ControllerGetCapabilities.Capability.GET_CAPACITY;
import static dev.moorage.csi.ControllerGetCapabilities.Capability.PUBLISH_UNPUBLISH_VOLUME;
import static dev.moorage.csi.CsiException.Code.FAILED_PRECONDITION;
import static dev.moorage.csi.CsiException.Code.INVALID_ARGUMENT;

import dev.moorage.base.Bytes;
import dev.moorage.csi.DeleteVolume;
import dev.moorage.csi.VolumeId;
import java.util.List;

/// Deleting a volume.
final class DeleteChecks {
  private static final String UP = "../".repeat(12);
  private static final Bytes SLACK = Bytes.mebi(4);
  private static final int ROUNDS = 3;

  private DeleteChecks() {}

  static List<Check> all() {
    return new Topic(
            "controller.delete",
            "CSI specification, DeleteVolume",
            Need.central(CREATE_DELETE_VOLUME))
        .add(
            "no-id",
            "A request without an id is refused with INVALID_ARGUMENT.",
            b -> b.refused(delete(b, ""), INVALID_ARGUMENT))
        .add(
            "unknown",
            "A volume that is not there counts as deleted.",
            b -> b.ok(delete(b, b.name("never-made"))))
        .add(
            "works",
            "A volume can be deleted, and deleted again.",
            b -> {
              var disk = b.disk("a");
              disk.delete();
              disk.delete();
            })
        .add(
            "hostile-ids",
            "An id that no volume has is not there, however it looks.",
            b -> {
              for (var id : List.of("-rf", "..", ".", "/", "*", "a\nb", "%s", "$(reboot)"))
                b.okOr(delete(b, id), INVALID_ARGUMENT);
            })
        .add(
            "path-as-id",
            "An id that is a path deletes nothing at that path.",
            b -> {
              var sentinel = b.paths().sentinel("s");
              var upwards = UP + sentinel.substring(1);
              for (var id : List.of(sentinel, upwards, sentinel + "/keep.txt"))
                b.okOr(delete(b, id), INVALID_ARGUMENT);
              b.must(
                  b.paths().sentinelIsThere(sentinel), "a foreign folder untouched", "it is gone");
            })
        .add(
            "path-to-other",
            "An id that is a path to a volume is not that volume.",
            b -> {
              var disk = b.disk("a");
              for (var id : List.of("x/../" + disk.id().text(), "../" + disk.id().text()))
                b.okOr(delete(b, id), INVALID_ARGUMENT);
              b.ok(ValidateChecks.question(b, disk));
            })
        .add(
            "others-stay",
            "Only the volume that was meant is deleted.",
            b -> {
              var one = b.disk("a");
              var other = b.disk("a2");
              one.delete();
              b.same(other.volume(), b.ok(other.wish().call()), "the other volume");
              if (b.facts().node().isPresent()) other.up();
            })
        .add(
            "attached",
            "An attached volume is not deleted but refused with FAILED_PRECONDITION, and whole.",
            b -> {
              var disk = b.disk("a").attach();
              b.refused(disk.deleteCall(), FAILED_PRECONDITION);
              b.same(disk.volume(), b.ok(disk.wish().call()), "the same volume");
            },
            Need.central(PUBLISH_UNPUBLISH_VOLUME),
            new Need.Node())
        .both(
            "published",
            "A volume in use is not deleted but refused with FAILED_PRECONDITION, and whole.",
            (b, form) -> {
              var disk = b.disk("a", form).up();
              disk.write("mine");
              b.refused(disk.deleteCall(), FAILED_PRECONDITION);
              disk.mustHold("mine", "what was written");
            },
            new Need.Node())
        .by("CSI specification, GetCapacity and DeleteVolume")
        .add(
            "frees",
            "A deleted volume's space is there again.",
            b -> {
              var before = CapacityChecks.available(b);
              for (int i = 0; i < ROUNDS; i++) {
                var disk = b.disk("a" + i);
                CapacityChecks.available(b);
                if (b.facts().node().isPresent()) disk.up().down();
                disk.delete();
              }
              var after = CapacityChecks.available(b);
              b.must(
                  !before.minusAtMost(after).isAbove(SLACK),
                  "no less space than before: " + before,
                  after);
            },
            Need.central(GET_CAPACITY))
        .list();
  }

  static DeleteVolume delete(Bench b, String id) {
    return new DeleteVolume(new VolumeId(id), b.secrets("DeleteVolumeSecret"));
  }
}
