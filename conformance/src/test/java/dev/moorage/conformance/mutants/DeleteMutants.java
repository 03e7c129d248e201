package dev.moorage.conformance.mutants;

import dev.moorage.csi.CreateVolume;
import dev.moorage.csi.Csi;
import dev.moorage.csi.CsiException.Code;
import dev.moorage.csi.DeleteVolume;
import dev.moorage.csi.Done;
import dev.moorage.csi.VolumeId;
import java.util.List;

/// Drivers that delete volumes wrongly.
final class DeleteMutants {
  private DeleteMutants() {}

  static List<Mutant> all() {
    return List.of(
        new Mutant(
            "delete-twice-fails",
            "A second DeleteVolume answers NOT_FOUND.",
            "rule: a volume that is gone is deleted",
            DeleteMutants::twice),
        new Mutant(
            "delete-unknown-fails",
            "DeleteVolume of an id that never was answers INVALID_ARGUMENT.",
            "drivers that parse ids first",
            DeleteMutants::unknown),
        new Mutant(
            "delete-in-use-ok",
            "DeleteVolume deletes a volume that is in use.",
            "directory drivers, which delete under the mount",
            world -> {
              var uses = new Uses();
              return uses.watching(new Bent(world))
                  .at(
                      DeleteVolume.class,
                      (call, down) -> {
                        uses.undo(call.volume(), down);
                        return down.call(call);
                      });
            }),
        new Mutant(
            "delete-in-use-code",
            "DeleteVolume of a volume in use answers INTERNAL.",
            "csi-driver-host-path",
            Bent.recoding(DeleteVolume.class, Code.FAILED_PRECONDITION, Code.INTERNAL)),
        new Mutant(
            "delete-does-nothing",
            "DeleteVolume answers OK and deletes nothing.",
            "drivers that swallow their backend's error",
            Bent.on(
                DeleteVolume.class,
                (call, down) -> call.volume().text().isEmpty() ? down.call(call) : Done.DONE)),
        new Mutant(
            "delete-no-id-ok",
            "DeleteVolume without an id answers OK.",
            "rule: the id is required",
            Bent.on(
                DeleteVolume.class,
                (call, down) -> call.volume().text().isEmpty() ? Done.DONE : down.call(call))),
        new Mutant(
            "delete-follows-path",
            "DeleteVolume takes an id for a path, so that a/../b deletes b.",
            "directory drivers without a check of ids",
            Bent.asking(
                DeleteVolume.class,
                call -> new DeleteVolume(lastPart(call.volume()), call.secrets()))));
  }

  private static VolumeId lastPart(VolumeId volume) {
    int climbs = volume.text().lastIndexOf("../");
    return climbs < 0 ? volume : new VolumeId(volume.text().substring(climbs + 3));
  }

  private static Csi twice(World world) {
    var gone = new Memory<VolumeId, Boolean>();
    return new Bent(world)
        .at(
            DeleteVolume.class,
            (call, down) -> {
              if (gone.has(call.volume())) throw Bent.refusal(Code.NOT_FOUND, call);
              var done = down.call(call);
              gone.put(call.volume(), true);
              return done;
            });
  }

  private static Csi unknown(World world) {
    var known = new Memory<VolumeId, Boolean>();
    return new Bent(world)
        .at(
            CreateVolume.class,
            (call, down) -> {
              var made = down.call(call);
              known.put(made.id(), true);
              return made;
            })
        .at(
            DeleteVolume.class,
            (call, down) -> {
              if (!known.has(call.volume())) throw Bent.refusal(Code.INVALID_ARGUMENT, call);
              return down.call(call);
            });
  }
}
