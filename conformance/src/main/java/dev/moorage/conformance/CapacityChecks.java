package dev.moorage.conformance;

import static dev.moorage.csi.ControllerGetCapabilities.Capability.CREATE_DELETE_VOLUME;
import static dev.moorage.csi.ControllerGetCapabilities.Capability.GET_CAPACITY;
import static dev.moorage.csi.CsiException.Code.INVALID_ARGUMENT;
import static dev.moorage.csi.CsiException.Code.OUT_OF_RANGE;
import static dev.moorage.csi.CsiException.Code.RESOURCE_EXHAUSTED;
import static dev.moorage.csi.GetPluginCapabilities.Capability.VOLUME_ACCESSIBILITY_CONSTRAINTS;

import dev.moorage.base.Bytes;
import dev.moorage.conformance.Answer.Given;
import dev.moorage.csi.GetCapacity;
import dev.moorage.csi.Topology;
import java.util.List;
import java.util.Map;

/// How much could still be made.
final class CapacityChecks {
  private CapacityChecks() {}

  static List<Check> all() {
    return new Topic(
            "controller.capacity", "CSI specification, GetCapacity", Need.central(GET_CAPACITY))
        .add(
            "works",
            "The capacity can be asked for without saying of what.",
            b -> b.ok(new GetCapacity(List.of(), Map.of(), Topology.NONE)))
        .add(
            "of-class",
            "The capacity can be asked for with a class's parameters and a capability.",
            b -> b.ok(asked(b)))
        .add(
            "here",
            "The capacity can be asked for at a place.",
            b -> b.ok(at(b, PlaceChecks.here(b))),
            Need.general(VOLUME_ACCESSIBILITY_CONSTRAINTS),
            new Need.Node())
        .add(
            "nowhere",
            "Where nobody is there is no capacity.",
            b -> {
              var answer = b.okOr(at(b, PlaceChecks.nowhere(b)), INVALID_ARGUMENT);
              if (answer instanceof Given<GetCapacity.Answer>(var its))
                b.must(its.available().isZero(), "0 available", its);
            },
            Need.general(VOLUME_ACCESSIBILITY_CONSTRAINTS),
            new Need.Node())
        .add(
            "possible",
            "What is told is an amount that a storage can have.",
            b -> b.must(available(b).isBelow(CreateChecks.NOBODY_HAS_IT), "less", available(b)))
        .add(
            "of-impossible",
            "For volumes that the driver refuses to make there is no capacity.",
            b -> {
              var use = ValidateChecks.refusedUse(b);
              var wanted = b.options().wanted();
              var call = new GetCapacity(List.of(use), wanted.parameters(), Topology.NONE);
              if (b.okOr(call, INVALID_ARGUMENT) instanceof Given<GetCapacity.Answer>(var its))
                b.must(its.available().isZero(), "0 available for " + use, its);
            },
            Need.central(CREATE_DELETE_VOLUME))
        .add(
            "maximum-fits",
            "A volume as large as the maximum can be made, also when there are others.",
            b -> {
              maximumFits(b, "first").delete();
              b.disk("other");
              maximumFits(b, "second");
            },
            Need.central(CREATE_DELETE_VOLUME))
        .add(
            "maximum-holds",
            "A volume larger than the maximum is refused.",
            b -> {
              var maximum = b.ok(asked(b)).maximum();
              if (maximum.isZero()) throw new NotAsked("the driver tells no maximum");
              tooLarge(b, oneGiBMore(maximum));
            },
            Need.central(CREATE_DELETE_VOLUME))
        .add(
            "available-holds",
            "A volume larger than what is available is refused.",
            b -> tooLarge(b, oneGiBMore(available(b))),
            Need.central(CREATE_DELETE_VOLUME))
        .add(
            "minimum-fits",
            "A volume of the smallest size that is told can be made.",
            b -> {
              var minimum = b.ok(asked(b)).minimum();
              if (minimum.isZero()) throw new NotAsked("the driver tells no minimum");
              b.ok(b.volume("a").sized(Bytes.ZERO, minimum).call());
            },
            Need.central(CREATE_DELETE_VOLUME))
        .list();
  }

  private static Disk maximumFits(Bench b, String label) {
    var maximum = b.ok(asked(b)).maximum();
    if (maximum.isZero()) throw new NotAsked("the driver tells no maximum");
    if (maximum.isAbove(b.options().limits().largest()))
      throw new NotAsked("it would take a volume of " + maximum);
    return b.disk(b.volume(label).sized(maximum, Bytes.ZERO));
  }

  private static void tooLarge(Bench b, Bytes size) {
    if (size.isAbove(b.options().limits().largest()))
      throw new NotAsked("it would take a volume of " + size);
    b.refused(b.volume("a").sized(size, Bytes.ZERO).call(), OUT_OF_RANGE, RESOURCE_EXHAUSTED);
  }

  private static GetCapacity asked(Bench b) {
    return at(b, Topology.NONE);
  }

  private static GetCapacity at(Bench b, Topology place) {
    var wanted = b.options().wanted();
    return new GetCapacity(List.of(b.volume("a").capability()), wanted.parameters(), place);
  }

  private static Bytes oneGiBMore(Bytes size) {
    return size.isBelow(CreateChecks.NOBODY_HAS_IT) ? size.plus(Bytes.gibi(1)) : size;
  }

  static Bytes available(Bench b) {
    return b.ok(asked(b)).available();
  }
}
