package dev.moorage.conformance.mutants;

import dev.moorage.base.Bytes;
import dev.moorage.csi.CapacityRange;
import dev.moorage.csi.ControllerExpandVolume;
import dev.moorage.csi.ControllerExpandVolume.Answer;
import dev.moorage.csi.ControllerModifyVolume;
import dev.moorage.csi.Csi;
import dev.moorage.csi.CsiException;
import dev.moorage.csi.CsiException.Code;
import dev.moorage.csi.Done;
import dev.moorage.csi.NodeExpandVolume;
import dev.moorage.csi.VolumeId;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// Drivers that grow or change volumes wrongly.
final class ExpandMutants {
  private ExpandMutants() {}

  static List<Mutant> all() {
    return Stream.of(controller(), node(), modify()).flatMap(List::stream).toList();
  }

  private static Mutant expand(
      String id, String what, String source, Bent.Way<ControllerExpandVolume, Answer> way) {
    return new Mutant("expand-" + id, what, source, Bent.on(ControllerExpandVolume.class, way));
  }

  private static List<Mutant> controller() {
    return List.of(
        expand(
            "shrinks",
            "ControllerExpandVolume to less than the size answers the smaller size.",
            "csi-driver-nfs answers the requested size only",
            (call, down) -> {
              var grown = down.call(call);
              var asked = call.capacity().required();
              return asked.isZero() || !asked.isBelow(grown.capacity())
                  ? grown
                  : new Answer(asked, grown.nodeExpansionRequired());
            }),
        expand(
            "too-little",
            "ControllerExpandVolume makes and answers one MiB less than is required.",
            "drivers that round down",
            (call, down) -> down.call(asked(call, less(call.capacity())))),
        expand(
            "answers-too-little",
            "ControllerExpandVolume grows, and answers a size below the required one.",
            "drivers that answer the size of before",
            (call, down) ->
                new Answer(
                    less(call.capacity()).required(), down.call(call).nodeExpansionRequired())),
        expand(
            "does-nothing",
            "ControllerExpandVolume answers the wanted size and does nothing.",
            "csi-driver-nfs",
            (call, down) ->
                call.volume().text().isEmpty() || call.capacity().equals(CapacityRange.ANY)
                    ? down.call(call)
                    : new Answer(call.capacity().required(), false)),
        new Mutant(
            "expand-limit-ignored",
            "ControllerExpandVolume grows beyond the limit.",
            "drivers that round after the check of the limit",
            Bent.on(
                ControllerExpandVolume.class,
                (call, down) ->
                    Bent.forgiven(
                        call,
                        down,
                        Code.OUT_OF_RANGE,
                        (_, _) ->
                            down.call(
                                asked(call, CapacityRange.atLeast(call.capacity().required())))))),
        new Mutant(
            "expand-limit-code",
            "ControllerExpandVolume refuses an impossible size with INVALID_ARGUMENT.",
            "rule: OUT_OF_RANGE",
            Bent.recoding(ControllerExpandVolume.class, Code.OUT_OF_RANGE, Code.INVALID_ARGUMENT)),
        new Mutant(
            "expand-unknown-code",
            "ControllerExpandVolume of an unknown volume answers INTERNAL.",
            "drivers that pass their backend's error on",
            Bent.recoding(ControllerExpandVolume.class, Code.NOT_FOUND, Code.INTERNAL)),
        new Mutant(
            "expand-twice-fails",
            "A second equal ControllerExpandVolume fails.",
            "backends that refuse to grow to the same size",
            ExpandMutants::twice),
        expand(
            "node-forgotten",
            "ControllerExpandVolume says that the node need not follow although it must.",
            "drivers for block volumes first",
            (call, down) -> new Answer(down.call(call).capacity(), false)));
  }

  private static ControllerExpandVolume asked(ControllerExpandVolume call, CapacityRange range) {
    return new ControllerExpandVolume(call.volume(), range, call.secrets(), call.capability());
  }

  private static CapacityRange less(CapacityRange range) {
    return new CapacityRange(range.required().minusAtMost(Bytes.mebi(1)), range.limit());
  }

  private static Csi twice(World world) {
    var grown = new Memory<VolumeId, Bytes>();
    return new Bent(world)
        .at(
            ControllerExpandVolume.class,
            (call, down) -> {
              if (grown.get(call.volume()).filter(call.capacity().required()::equals).isPresent())
                throw Bent.refusal(Code.INTERNAL, call);
              var answer = down.call(call);
              grown.put(call.volume(), call.capacity().required());
              return answer;
            });
  }

  private static List<Mutant> node() {
    return List.of(
        new Mutant(
            "expand-node-anywhere-ok",
            "NodeExpandVolume answers OK for a path where no volume is mounted.",
            "drivers that only look the device up",
            Bent.forgiving(
                NodeExpandVolume.class,
                Code.NOT_FOUND,
                (call, _) -> new NodeExpandVolume.Answer(call.capacity().required()))),
        new Mutant(
            "expand-node-does-nothing",
            "NodeExpandVolume answers OK and does not grow the filesystem.",
            "csi-driver-host-path",
            Bent.on(
                NodeExpandVolume.class,
                (call, down) ->
                    call.volume().text().isEmpty() || call.volumePath().isEmpty()
                        ? down.call(call)
                        : new NodeExpandVolume.Answer(call.capacity().required()))),
        new Mutant(
            "expand-node-unknown-code",
            "NodeExpandVolume of an unknown volume answers INTERNAL.",
            "rule: NOT_FOUND",
            Bent.recoding(NodeExpandVolume.class, Code.NOT_FOUND, Code.INTERNAL)));
  }

  private static Mutant modify(
      String id, String what, String source, Bent.Way<ControllerModifyVolume, Done> way) {
    return new Mutant("modify-" + id, what, source, Bent.on(ControllerModifyVolume.class, way));
  }

  private static List<Mutant> modify() {
    return List.of(
        new Mutant(
            "modify-any-key-ok",
            "ControllerModifyVolume accepts keys that it does not know.",
            "csi-driver-host-path",
            Bent.forgiving(
                ControllerModifyVolume.class,
                Code.INVALID_ARGUMENT,
                (call, down) -> call.volume().text().isEmpty() ? down.call(call) : Done.DONE)),
        modify(
            "half",
            "ControllerModifyVolume sets the good keys before it refuses a bad one.",
            "drivers that set key by key",
            ExpandMutants::half),
        new Mutant(
            "modify-unknown-volume-ok",
            "ControllerModifyVolume of an unknown volume answers OK.",
            "drivers that only validate names",
            Bent.forgiving(ControllerModifyVolume.class, Code.NOT_FOUND, (_, _) -> Done.DONE)),
        modify(
            "does-nothing",
            "ControllerModifyVolume answers OK and changes nothing.",
            "csi-driver-host-path",
            (call, down) -> {
              if (call.volume().text().isEmpty() || call.mutableParameters().isEmpty())
                return down.call(call);
              down.call(new ControllerModifyVolume(call.volume(), call.secrets(), Map.of()));
              return Done.DONE;
            }));
  }

  private static Done half(ControllerModifyVolume call, Down down) {
    try {
      return down.call(call);
    } catch (CsiException refused) {
      for (var entry : call.mutableParameters().entrySet())
        tryOne(call, Map.of(entry.getKey(), entry.getValue()), down);
      throw refused;
    }
  }

  private static void tryOne(ControllerModifyVolume call, Map<String, String> one, Down down) {
    try {
      down.call(new ControllerModifyVolume(call.volume(), call.secrets(), one));
    } catch (CsiException _) {
      // the bad one; the caller hears of it by the refusal of all
    }
  }
}
