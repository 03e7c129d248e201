package dev.moorage.driver;

import dev.moorage.csi.CapacityRange;
import dev.moorage.csi.ContentSource;
import dev.moorage.csi.CreateVolume;
import dev.moorage.csi.Topology;
import dev.moorage.csi.VolumeCapability;
import dev.moorage.driver.VolumeRecord.Asked;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/// A checked CreateVolume request.
///
/// @param requisite places of which one must fit; empty for any
record Wish(String name, CapacityRange capacity, Asked asked, List<Topology> requisite) {

  Wish {
    requisite = List.copyOf(requisite);
  }

  /// The filesystem it is for, or [Use#BLOCK].
  String fsType() {
    return asked.uses().getFirst().fsType();
  }

  /// Checks a request in the field's order.
  ///
  /// @throws dev.moorage.csi.CsiException INVALID_ARGUMENT, or OUT_OF_RANGE for a range that
  ///   contradicts itself
  static Wish checked(CreateVolume call, Offer offer) {
    Limits.required("name", call.name());
    if (call.capabilities().isEmpty()) throw Refusals.invalid("volume_capabilities are missing");
    Limits.name("name", call.name());
    Limits.map("parameters", call.parameters());
    Limits.map("mutable_parameters", call.mutableParameters());
    var uses = uses(call.capabilities(), offer.support());
    checkSource(call.source(), offer);
    var asked =
        new Asked(
            uses,
            parameters(call.parameters(), offer.parameters()),
            mutable(call.mutableParameters(), offer.mutable()),
            call.source());
    checkRange(call.capacity());
    return new Wish(call.name(), call.capacity(), asked, call.accessibility().requisite());
  }

  static void checkRange(CapacityRange range) {
    if (!range.limit().isZero() && range.required().isAbove(range.limit()))
      throw Refusals.outOfRange(
          "required_bytes " + range.required() + " exceeds limit_bytes " + range.limit());
  }

  private static void checkSource(ContentSource source, Offer offer) {
    switch (source) {
      case ContentSource.Empty() -> {}
      case ContentSource.Snapshot(var snapshot) -> {
        if (!offer.snapshots()) throw Refusals.invalid("a snapshot as source is not supported");
        Limits.required("the source's snapshot_id", snapshot.text());
        Limits.text("the source's snapshot_id", snapshot.text(), Limits.STRING_BYTES);
      }
      case ContentSource.Volume(var volume) -> {
        if (!offer.clones()) throw Refusals.invalid("a volume as source is not supported");
        Limits.required("the source's volume_id", volume.text());
        Limits.text("the source's volume_id", volume.text(), Limits.STRING_BYTES);
      }
    }
  }

  static List<Use> uses(List<VolumeCapability> capabilities, Support support) {
    var uses = new ArrayList<Use>();
    for (var capability : capabilities) {
      checkComplete(capability);
      var refusal = support.refusal(capability);
      if (!refusal.isEmpty()) throw Refusals.invalid(refusal);
      var use = support.use(capability);
      if (!uses.isEmpty() && !uses.getFirst().fsType().equals(use.fsType()))
        throw Refusals.invalid(
            "one volume cannot be both " + uses.getFirst().fsType() + " and " + use.fsType());
      if (!uses.contains(use)) uses.add(use);
    }
    uses.sort(Comparator.comparing(Use::toString));
    return uses;
  }

  /// A capability whose required parts are there and within their limits.
  static void checkComplete(VolumeCapability capability) {
    if (capability.missing()) throw Refusals.invalid("volume_capability is missing");
    switch (capability.access()) {
      case VolumeCapability.Access.Missing() ->
          throw Refusals.invalid("the capability's access_type is missing");
      case VolumeCapability.Access.Mount mount ->
          Limits.text("fs_type", mount.fsType(), Limits.STRING_BYTES);
      case VolumeCapability.Access.Block() -> {}
    }
    if (capability.mode().number() == 0)
      throw Refusals.invalid("the capability's access_mode is missing");
  }

  /// The parameters that are the driver's. What an orchestrator adds about the claim is not part of
  /// the volume.
  static SortedMap<String, String> parameters(Map<String, String> given, List<Parameter> allowed) {
    var taken = new TreeMap<String, String>();
    for (var entry : new TreeMap<>(given).entrySet()) {
      if (entry.getKey().startsWith("csi.storage.k8s.io/")) continue;
      check("parameter", entry.getKey(), entry.getValue(), allowed);
      taken.put(entry.getKey(), entry.getValue());
    }
    return taken;
  }

  /// The parameters that can be changed, each one known and right.
  static SortedMap<String, String> mutable(Map<String, String> given, List<Parameter> allowed) {
    if (!given.isEmpty() && allowed.isEmpty())
      throw Refusals.invalid("mutable_parameters are not supported");
    var taken = new TreeMap<>(given);
    taken.forEach((name, value) -> check("mutable parameter", name, value, allowed));
    return taken;
  }

  private static void check(String what, String name, String value, List<Parameter> allowed) {
    var parameter =
        allowed.stream()
            .filter(known -> known.name().equals(name))
            .findFirst()
            .orElseThrow(() ->
                Refusals.invalid(
                    "unknown " + what + " '" + name + "'; allowed: " + names(allowed)));
    if (!parameter.fits().test(value))
      throw Refusals.invalid(
          what + " '" + name + "' does not take '" + value + "'; it takes " + parameter.rule());
  }

  private static String names(List<Parameter> allowed) {
    return allowed.isEmpty()
        ? "none"
        : String.join(", ", allowed.stream().map(Parameter::name).toList());
  }
}
