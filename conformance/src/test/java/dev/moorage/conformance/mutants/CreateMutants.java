package dev.moorage.conformance.mutants;

import dev.moorage.base.Bytes;
import dev.moorage.csi.AccessMode;
import dev.moorage.csi.CapacityRange;
import dev.moorage.csi.ContentSource;
import dev.moorage.csi.CreateVolume;
import dev.moorage.csi.Csi;
import dev.moorage.csi.CsiException;
import dev.moorage.csi.CsiException.Code;
import dev.moorage.csi.Volume;
import dev.moorage.csi.VolumeCapability;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import java.util.stream.Stream;

/// Drivers that make volumes wrongly.
final class CreateMutants {
  private static final ContentSource EMPTY = new ContentSource.Empty();
  private static final List<VolumeCapability> PLAIN =
      List.of(VolumeCapability.mount("", AccessMode.SINGLE_NODE_WRITER));

  private CreateMutants() {}

  static List<Mutant> all() {
    return Stream.of(sizes(), repeats(), sources(), places(), refusals())
        .flatMap(List::stream)
        .toList();
  }

  private static Mutant create(
      String id, String what, String source, Bent.Way<CreateVolume, Volume> way) {
    return new Mutant("create-" + id, what, source, Bent.on(CreateVolume.class, way));
  }

  private static List<Mutant> sizes() {
    return List.of(
        create(
            "size-halved",
            "CreateVolume makes half of what is required.",
            "sizes taken in other units than bytes",
            (call, down) -> down.call(Alter.capacity(call, halved(call.capacity())))),
        create(
            "limit-ignored",
            "CreateVolume rounds up to whole GiB, beyond the limit too.",
            "drivers that round after the check of the limit",
            (call, down) -> down.call(Alter.capacity(call, rounded(call.capacity())))),
        create(
            "size-untold",
            "CreateVolume answers a size below the required one.",
            "csi-driver-nfs answers 0",
            (call, down) -> Alter.capacity(down.call(call), halved(call.capacity()).required())),
        new Mutant(
            "create-limit-code",
            "CreateVolume refuses an impossible size with INVALID_ARGUMENT.",
            "TopoLVM, aws-ebs-csi-driver",
            Bent.recoding(CreateVolume.class, Code.OUT_OF_RANGE, Code.INVALID_ARGUMENT)),
        create(
            "size-overflows",
            "CreateVolume counts in small numbers, so that a huge size becomes a small volume.",
            "sizes kept in 32 bits of MiB",
            (call, down) -> down.call(Alter.capacity(call, wrapped(call.capacity())))));
  }

  private static CapacityRange halved(CapacityRange range) {
    return new CapacityRange(new Bytes(range.required().count() / 2), range.limit());
  }

  private static CapacityRange rounded(CapacityRange range) {
    if (range.limit().isZero()) return range;
    var gibi = Bytes.gibi(1);
    return CapacityRange.atLeast(range.required().max(new Bytes(1)).roundUpTo(gibi));
  }

  private static CapacityRange wrapped(CapacityRange range) {
    long bits = (1L << 51) - 1;
    return range.required().count() <= bits
        ? range
        : new CapacityRange(Bytes.mebi(512), range.limit());
  }

  private static List<Mutant> repeats() {
    return List.of(
        repeat(
            "other-size-ok",
            "A second CreateVolume of the same name with another size is accepted.",
            "csi-driver-nfs",
            (call, first) -> Alter.capacity(call, first.capacity())),
        repeat(
            "other-parameters-ok",
            "A second CreateVolume of the same name with other parameters is accepted.",
            "most drivers",
            (call, first) -> Alter.parameters(call, first.parameters())),
        repeat(
            "other-capabilities-ok",
            "A second CreateVolume of the same name with other capabilities is accepted.",
            "most drivers",
            (call, first) -> Alter.capabilities(call, first.capabilities())),
        repeat(
            "other-source-ok",
            "A second CreateVolume of the same name from another source is accepted.",
            "most drivers",
            (call, first) -> Alter.source(call, first.source())),
        new Mutant(
            "create-other-code",
            "A second CreateVolume of the same name with another size is refused with INTERNAL.",
            "drivers that pass their backend's error on",
            Bent.recoding(CreateVolume.class, Code.ALREADY_EXISTS, Code.INTERNAL)),
        new Mutant(
            "create-new-each-time",
            "CreateVolume makes another volume at each call of the same name.",
            "random ids without a look-up by name",
            counted(
                (call, number, down) -> down.call(Alter.name(call, number + "-" + call.name())))),
        new Mutant(
            "create-context-differs",
            "CreateVolume answers another context at each call of the same name.",
            "contexts with a request id or a time",
            counted(
                (call, number, down) -> Alter.context(down.call(call), "request", "r" + number))),
        create(
            "case-blind",
            "CreateVolume takes names that differ in case for one.",
            "TopoLVM",
            (call, down) -> down.call(Alter.name(call, call.name().toLowerCase(Locale.ROOT)))));
  }

  /// Takes a repeated call for what it first was in one respect.
  private static Mutant repeat(
      String id, String what, String source, BinaryOperator<CreateVolume> like) {
    return new Mutant(
        "create-" + id,
        what,
        source,
        world -> {
          var firsts = new Memory<String, CreateVolume>();
          return new Bent(world)
              .at(
                  CreateVolume.class,
                  (call, down) -> {
                    var first = firsts.get(call.name());
                    if (first.isPresent()) return down.call(like.apply(call, first.get()));
                    var made = down.call(call);
                    firsts.put(call.name(), call);
                    return made;
                  });
        });
  }

  private interface Counted {
    Volume answer(CreateVolume call, int number, Down down);
  }

  private static Function<World, Csi> counted(Counted way) {
    return world -> {
      var calls = new Counter();
      return new Bent(world)
          .at(CreateVolume.class, (call, down) -> way.answer(call, calls.next(), down));
    };
  }

  private static List<Mutant> sources() {
    return List.of(
        create(
            "source-ignored",
            "CreateVolume makes an empty volume and says that it came from the source.",
            "drivers of before CSI 1.0",
            (call, down) -> Alter.source(down.call(Alter.source(call, EMPTY)), call.source())),
        create(
            "source-untold",
            "CreateVolume does not answer the source that the volume was made from.",
            "drivers that set it on a copy",
            (call, down) -> Alter.source(down.call(call), EMPTY)),
        new Mutant(
            "create-missing-source-ok",
            "CreateVolume makes an empty volume where the source does not exist.",
            "drivers that ignore a failed look-up",
            Bent.forgiving(
                CreateVolume.class,
                Code.NOT_FOUND,
                (call, down) -> Alter.source(down.call(Alter.source(call, EMPTY)), call.source()))),
        new Mutant(
            "create-missing-source-code",
            "CreateVolume refuses a source that does not exist with INTERNAL.",
            "drivers that pass their backend's error on",
            Bent.recoding(CreateVolume.class, Code.NOT_FOUND, Code.INTERNAL)));
  }

  private static List<Mutant> places() {
    return List.of(
        create(
            "topology-untold",
            "CreateVolume does not answer from where the volume is reachable.",
            "local drivers without topology",
            (call, down) -> Alter.accessible(down.call(call), List.of())),
        create(
            "topology-ignored",
            "CreateVolume makes the volume wherever it likes.",
            "drivers that look at the preferred places only",
            (call, down) -> down.call(Alter.anywhere(call))),
        new Mutant(
            "create-full-code",
            "CreateVolume answers ABORTED where there is no space.",
            "aws-ebs-csi-driver",
            Bent.recoding(CreateVolume.class, Code.RESOURCE_EXHAUSTED, Code.ABORTED)));
  }

  private static List<Mutant> refusals() {
    return List.of(
        create(
            "no-name-ok",
            "CreateVolume makes up a name where none is given.",
            "rule: the name is required",
            (call, down) -> down.call(call.name().isEmpty() ? Alter.name(call, "unnamed") : call)),
        create(
            "no-capabilities-ok",
            "CreateVolume takes a plain mount for granted where no capability is given.",
            "rule: at least one capability",
            (call, down) ->
                down.call(call.capabilities().isEmpty() ? Alter.capabilities(call, PLAIN) : call)),
        new Mutant(
            "create-any-parameter-ok",
            "CreateVolume ignores parameters that it does not know.",
            "most drivers",
            Bent.forgiving(
                CreateVolume.class,
                Code.INVALID_ARGUMENT,
                (call, down) -> down.call(Alter.parameters(call, Map.of())))),
        new Mutant(
            "create-any-mode-ok",
            "CreateVolume accepts access modes and filesystems that it cannot do.",
            "drivers that check at the first mount only",
            Bent.forgiving(
                CreateVolume.class,
                Code.INVALID_ARGUMENT,
                (call, down) ->
                    down.call(
                        call.capabilities().isEmpty() ? call : Alter.capabilities(call, PLAIN)))),
        create(
            "refused-but-made",
            "CreateVolume refuses a size and has made a volume all the same.",
            "checks after the work",
            CreateMutants::refusedButMade));
  }

  private static Volume refusedButMade(CreateVolume call, Down down) {
    try {
      return down.call(call);
    } catch (CsiException refused) {
      if (refused.code() == Code.OUT_OF_RANGE)
        down.call(Alter.capacity(call, CapacityRange.atLeast(Bytes.mebi(512))));
      throw refused;
    }
  }
}
